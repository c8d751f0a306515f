import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Electron's Node is built on BoringSSL, which lacks much of what OpenSSL has. Preloaded (`--import`), this makes `node:crypto` and WebCrypto refuse
 * what is not there, in the process, its threads and the processes that it forks: code that would fail in Electron fails in the suite.
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

/** WebCrypto of Electron has no curve 25519 that its own tests would vouch for. */
const SUBTLE = /^(AES-(GCM|CTR|CBC|KW)|HMAC|HKDF|PBKDF2|SHA-(1|256|384|512)|ECDSA|ECDH|RSA.*)$/i;
const SUBTLE_CALLS = [
  'digest',
  'importKey',
  'generateKey',
  'deriveBits',
  'deriveKey',
  'encrypt',
  'decrypt',
  'sign',
  'verify',
];

function limitSubtle(): void {
  const { prototype } = crypto.webcrypto.subtle.constructor;
  for (const call of SUBTLE_CALLS) {
    const original: unknown = Reflect.get(prototype, call);
    if (typeof original !== 'function') throw new Error(`no subtle.${call}`);
    Reflect.set(prototype, call, function limited(this: unknown, ...args: readonly unknown[]): unknown {
      const algorithm = args[call === 'importKey' ? 2 : 0];
      const name = typeof algorithm === 'object' && algorithm !== null ? Reflect.get(algorithm, 'name') : algorithm;
      if (SUBTLE.test(String(name))) return Reflect.apply(original, this, args);
      return Promise.reject(new DOMException(`not in BoringSSL: ${String(name)}`, 'NotSupportedError'));
    });
  }
}

function missing(name: string): () => never {
  return () => {
    throw new Error(`not in BoringSSL: ${name}`);
  };
}

const { getCiphers, getHashes } = crypto;
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
  getCiphers: () => getCiphers().filter((name) => CIPHERS.test(name)),
  getHashes: () => getHashes().filter((name) => HASHES.test(name)),
});
limitSubtle();
syncBuiltinESMExports();
