import { hashFor } from '../../src-shared/crypto/hash.ts';
import { failure } from '../../src-shared/errors.ts';

/** docs/formats/vault.md V13: 32 bytes and a check of 3 bytes as 56 symbols of Crockford's base 32, which has no I, L, O and U. */

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const KEY_LENGTH = 32;
const CHECK_LENGTH = 3;
const SYMBOLS = 56;
const BITS = 5n;

/** The key as it is printed: fourteen groups of four. The text is the key; whoever shows it must not keep it. */
export function printRecoveryKey(key: Uint8Array): string {
  let number = 0n;
  for (const byte of [...key, ...checkOf(key)]) number = (number << 8n) | BigInt(byte);
  const symbols = Array.from({ length: SYMBOLS }, (_, i) => {
    const shift = BITS * BigInt(SYMBOLS - 1 - i);
    return ALPHABET[Number((number >> shift) & 31n)] ?? '';
  });
  return (symbols.join('').match(/.{4}/g) ?? []).join('-');
}

/** The key of a printed text; throws `vault.recovery-key-typo` for anything that was never printed. */
export function readRecoveryKey(text: string): Uint8Array {
  const symbols = text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  const digits = Array.from(symbols, (symbol) => ALPHABET.indexOf(symbol));
  if (digits.length !== SYMBOLS || digits.includes(-1)) throw failure('vault.recovery-key-typo', {});
  const number = digits.reduce((sum, digit) => (sum << BITS) | BigInt(digit), 0n);
  const length = KEY_LENGTH + CHECK_LENGTH;
  const bytes = Uint8Array.from({ length }, (_, i) => Number((number >> (8n * BigInt(length - 1 - i))) & 255n));
  const key = bytes.slice(0, KEY_LENGTH);
  const check = checkOf(key);
  if (!bytes.slice(KEY_LENGTH).every((byte, i) => byte === check[i])) throw failure('vault.recovery-key-typo', {});
  return key;
}

function checkOf(key: Uint8Array): Uint8Array {
  return hashFor('chirograph/recovery/v1')(key).slice(0, CHECK_LENGTH);
}
