import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ChirographError } from '../../../src-shared/errors.ts';
import { loadArgon2id, loadNative, loadWasm } from '../../../src-main/vault/argon2.ts';
import { LEAST_KDF } from '../../../src-main/vault/kdf.ts';
import { slotBoxKey, vaultKey } from '../../../src-main/vault/keys.ts';
import { slotKeyOfPassphrase } from '../../../src-main/vault/passphrase.ts';
import { printRecoveryKey, readRecoveryKey } from '../../../src-main/vault/recovery-key.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

test('native code and WebAssembly derive the same bytes, those of Argon2id version 0x13', async () => {
  const native = await loadNative();
  const wasm = await loadWasm();
  expect(native).toBeDefined();
  const kdf = { m: 65_536, t: 3, p: 4, salt: new Uint8Array(16).fill(2) };
  const derived = await wasm(encode('correct horse'), kdf);
  expect(Buffer.from((await native?.(encode('correct horse'), kdf)) ?? []).toString('hex')).toBe(
    Buffer.from(derived).toString('hex'),
  );
  expect(derived).toHaveLength(32);
});

test('the reference implementation’s vector comes out', async () => {
  // phc-winner-argon2 test.c: version 0x13, t=2, m=65536, p=1, password "password", salt "somesalt"
  const kdf = { m: 65_536, t: 2, p: 1, salt: encode('somesalt') };
  const expected = '09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7';
  const argon2id = await loadArgon2id();
  expect(Buffer.from(await argon2id(encode('password'), kdf)).toString('hex')).toBe(expected);
});

test('[V9] parameters out of range derive nothing', async () => {
  const salt = new Uint8Array(16);
  for (const kdf of [
    { ...LEAST_KDF, m: 1024 },
    { ...LEAST_KDF, t: 1 },
    { ...LEAST_KDF, m: 2 ** 31 },
    { ...LEAST_KDF, t: Number.NaN },
  ]) {
    await expect(slotKeyOfPassphrase('correct horse', { ...kdf, salt })).rejects.toMatchObject({
      code: 'vault.kdf-out-of-range',
    });
  }
});

test('[V11] every vault, slot and purpose has its own key', () => {
  const secret = new Uint8Array(32).fill(3);
  const [vault, other, slot] = ['00'.repeat(16), '01'.repeat(16), '02'.repeat(16)] as const;
  const keys = [
    slotBoxKey(secret, vault, slot, 'chirograph/slot-store/v1'),
    slotBoxKey(secret, vault, slot, 'chirograph/slot-signing/v1'),
    slotBoxKey(secret, vault, other, 'chirograph/slot-store/v1'),
    slotBoxKey(secret, other, slot, 'chirograph/slot-store/v1'),
    vaultKey(secret, vault, 'chirograph/vault-store/v1'),
    vaultKey(secret, other, 'chirograph/vault-store/v1'),
    vaultKey(secret, vault, 'chirograph/vault-header/v1'),
    vaultKey(secret, vault, 'chirograph/vault-head/v1'),
  ];
  expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(keys.length);
});

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });

test('[V13] a printed recovery key reads back, however it is typed', () => {
  fc.assert(
    fc.property(key, (bytes) => {
      const printed = printRecoveryKey(bytes);
      expect(printed).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){13}[0-9A-HJKMNP-TV-Z]{4}$/);
      const typed = printed.toLowerCase().replaceAll('-', '  ').replaceAll('0', 'o').replaceAll('1', 'i');
      expect(readRecoveryKey(printed)).toEqual(bytes);
      expect(readRecoveryKey(` ${typed}\n`)).toEqual(bytes);
    }),
  );
});

test('[V13] one wrong or two exchanged symbols are a typing mistake', () => {
  fc.assert(
    fc.property(
      key,
      fc.nat({ max: 55 }),
      fc.constantFrom(...Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ')),
      (bytes, at, symbol) => {
        const printed = printRecoveryKey(bytes).replaceAll('-', '');
        const wrong = printed.slice(0, at) + symbol + printed.slice(at + 1);
        fc.pre(wrong !== printed);
        expect(() => readRecoveryKey(wrong)).toThrow(expect.objectContaining({ code: 'vault.recovery-key-typo' }));
      },
    ),
  );
});

test('[V13] any text is a key or a typing mistake', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), (text) => {
      expect(() => readRecoveryKey(text)).toThrow(ChirographError);
    }),
  );
});
