import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Electron's Node is built on BoringSSL, which lacks much of what OpenSSL has. With this as a setup file, `node:crypto` refuses what is not
 * there, so that code that would fail in Electron fails in the suite.
 */
const CIPHERS = /^aes-(128|192|256)-(gcm|ctr|cbc|ecb|ofb)$/i;
const HASHES = /^(sha1|sha224|sha256|sha384|sha512|sha512-256|md5|ripemd160)$/i;

function onlyNamed<A extends readonly unknown[], R>(
  call: (...args: A) => R,
  allowed: RegExp,
  at = 0,
): (...args: A) => R {
  return (...args) => {
    const name = String(args[at]);
    if (!allowed.test(name)) throw new Error(`not in BoringSSL: ${name}`);
    return call(...args);
  };
}

function missing(name: string): () => never {
  return () => {
    throw new Error(`not in BoringSSL: ${name}`);
  };
}

Object.assign(crypto, {
  createCipheriv: onlyNamed(crypto.createCipheriv, CIPHERS),
  createDecipheriv: onlyNamed(crypto.createDecipheriv, CIPHERS),
  createHash: onlyNamed(crypto.createHash, HASHES),
  createHmac: onlyNamed(crypto.createHmac, HASHES),
  hash: onlyNamed(crypto.hash, HASHES),
  hkdf: onlyNamed(crypto.hkdf, HASHES),
  hkdfSync: onlyNamed(crypto.hkdfSync, HASHES),
  argon2: missing('argon2'),
  argon2Sync: missing('argon2Sync'),
  diffieHellman: missing('diffieHellman'),
  encapsulate: missing('encapsulate'),
  decapsulate: missing('decapsulate'),
  generateKeyPair: missing('generateKeyPair'),
  generateKeyPairSync: missing('generateKeyPairSync'),
});
syncBuiltinESMExports();
