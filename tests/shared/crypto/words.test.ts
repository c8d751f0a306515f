import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64url, toBase64url } from '../../../src-shared/crypto/base64url.ts';
import { toBytes } from '../../../src-shared/crypto/hash.ts';
import { normaliseWords, wordsOf } from '../../../src-shared/crypto/words.ts';
import { wordlist } from '@scure/bip39/wordlists/english.js';

test('[K10] the words are the first 132 bits of the SHA-256', () => {
  // SHA-256("abc") = ba7816bf 8f01cfea 414140de 5dae2223 b0…
  const bits =
    '10111010011110000001011010111111100011110000000111001111111010100100000101000001010000001101111001011101101011100010001000100011';
  const first = Array.from({ length: 11 }, (_, i) => wordlist[Number.parseInt(bits.slice(11 * i, 11 * i + 11), 2)]);
  const words = wordsOf(toBytes('abc')).split(' ');
  expect(words).toHaveLength(12);
  expect(words.slice(0, 11)).toEqual(first);
});

test('[K10] words are compared without case, commas, hyphens and odd spaces', () => {
  expect(normaliseWords('  Abandon,ABILITY -\u00a0 able\n')).toBe('abandon ability able');
  expect(normaliseWords(wordsOf(toBytes('x')).toUpperCase())).toBe(wordsOf(toBytes('x')));
});

test('[R7] base64url gives back the bytes, as Node writes it, and has one spelling', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const text = toBase64url(bytes);
      expect(text).toBe(Buffer.from(bytes).toString('base64url'));
      expect(fromBase64url(text)).toEqual(bytes);
    }),
  );
  for (const text of ['A', 'AB', 'AAB', 'AA==', 'A+', 'A/', 'A A', 'AAAAA'])
    expect(fromBase64url(text)).toBeUndefined();
});
