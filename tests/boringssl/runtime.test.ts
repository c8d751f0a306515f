import { spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import * as named from 'node:crypto';
import { execArgv, execPath } from 'node:process';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';

/** SECURITY.md §1.3: that the second run of the exchange suite runs without what Electron's crypto lacks. A shim that does nothing would prove nothing. */

const MISSING = ['sha3-256', 'shake256', 'blake2b512', 'blake2s256', 'sm3'];
const PROBE = `
  const crypto = process.getBuiltinModule('node:crypto');
  const tell = (name) => { try { crypto.createHash(name); return 'there'; } catch (error) { return error.message; } };
  const said = JSON.stringify([tell('sha256'), tell('sha3-256')]);
`;
const EXPECTED = ['there', 'not in BoringSSL: sha3-256'];

test.each(MISSING)('the hash %s is not there, by whatever door', (name) => {
  expect(() => crypto.createHash(name)).toThrow('not in BoringSSL');
  expect(() => named.createHash(name)).toThrow('not in BoringSSL');
  expect(() => named.hash(name, 'x')).toThrow('not in BoringSSL');
  expect(() => named.createHmac(name, 'x')).toThrow('not in BoringSSL');
  expect(() => named.hkdfSync(name, 'x', 'x', 'x', 32)).toThrow('not in BoringSSL');
  expect(crypto.getHashes()).not.toContain(name);
});

test.each(['chacha20-poly1305', 'aes-256-ccm', 'aes-256-ocb', 'aes-256-xts', 'aes256-wrap'])(
  'the cipher %s is not there',
  (name) => {
    expect(() => named.createCipheriv(name, Buffer.alloc(32), Buffer.alloc(12))).toThrow('not in BoringSSL');
    expect(() => named.createDecipheriv(name, Buffer.alloc(32), Buffer.alloc(12))).toThrow('not in BoringSSL');
    expect(crypto.getCiphers()).not.toContain(name);
  },
);

test('argon2, agreement on keys and new key pairs are not there', () => {
  const calls = ['argon2Sync', 'diffieHellman', 'generateKeyPairSync', 'encapsulate', 'decapsulate'];
  for (const call of calls) {
    const act: unknown = Reflect.get(named, call);
    expect(() => typeof act === 'function' && Reflect.apply(act, undefined, [])).toThrow(`not in BoringSSL: ${call}`);
  }
});

test('WebCrypto has no curve 25519, and what it has works', async () => {
  await expect(crypto.subtle.generateKey({ name: 'X25519' }, true, ['deriveBits'])).rejects.toThrow('not in BoringSSL');
  await expect(crypto.subtle.importKey('raw', new Uint8Array(32), 'Ed25519', true, [])).rejects.toThrow('not in');
  expect((await crypto.subtle.digest('SHA-256', new Uint8Array())).byteLength).toBe(32);
});

describe('nor is it', () => {
  test('in a thread', async () => {
    const script = `import { parentPort } from 'node:worker_threads'; ${PROBE} parentPort.postMessage(said);`;
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(script)}`));
    const said: unknown = await new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    expect(JSON.parse(String(said))).toEqual(EXPECTED);
  });

  test('in a process that is started as the vault process is', () => {
    const { stdout } = spawnSync(execPath, [...execArgv, '--eval', `${PROBE} process.stdout.write(said);`]);
    expect(JSON.parse(String(stdout))).toEqual(EXPECTED);
  });
});
