import { wordlist } from '@scure/bip39/wordlists/english.js';
import { sha256 } from './hash.ts';

const WORDS = 12;
const BITS_A_WORD = 11;

/** K10: twelve words for 132 bits of the SHA-256 of these bytes; for two people to read to each other. */
export function wordsOf(bytes: Uint8Array): string {
  const bits = BigInt(`0x${[...sha256(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`);
  const words = Array.from({ length: WORDS }, (_, i) => {
    const number = (bits >> BigInt(256 - BITS_A_WORD * (i + 1))) & BigInt(2 ** BITS_A_WORD - 1);
    return wordlist[Number(number)] ?? '';
  });
  return words.join(' ');
}

/** K10: the form in which typed words are compared. */
export function normaliseWords(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '')
    .join(' ');
}
