import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readText } from '../../../src-shared/convert/read-text.ts';

test.for([
  ['UTF-8', Buffer.from('Łucja'), 'utf-8', 'Łucja'],
  ['UTF-8 with a mark', Buffer.from('\uFEFFŁucja'), 'utf-8', 'Łucja'],
  ['UTF-16 LE with a mark', Buffer.from('\uFEFFŁ𝔸', 'utf16le'), 'utf-16le', 'Ł𝔸'],
  ['UTF-16 BE with a mark', Buffer.from('\uFEFFŁ𝔸', 'utf16le').swap16(), 'utf-16be', 'Ł𝔸'],
  ['windows-1252', Buffer.from([0x80, 0x20, 0xe9, 0x9f, 0x81]), 'windows-1252', '€ éŸ\u0081'],
  ['nothing', Buffer.alloc(0), 'utf-8', ''],
] as const)('[I2] %s is read', ([, bytes, encoding, text]) => {
  const read = readText(bytes);
  expect([read.encoding, read.isGuess, textOf(bytes)]).toEqual([encoding, encoding === 'windows-1252', text]);
});

test('[I2] broken UTF-16 is refused', () => {
  for (const bytes of [
    [0xff, 0xfe, 0x41],
    [0xff, 0xfe, 0x00, 0xd8],
    [0xfe, 0xff, 0xdc, 0x00],
  ]) {
    expect(() => textOf(Uint8Array.from(bytes))).toThrow('import.unreadable');
  }
});

test('[I3] a NUL character is refused with its line', () => {
  expect(() => readText(Buffer.from('a\nb\0c'))).toThrow(expect.objectContaining({ details: { rule: 'I3', line: 2 } }));
});

test('no character is cut where one piece ends and the next begins', () => {
  fc.assert(
    fc.property(fc.nat({ max: 8 }), fc.constantFrom('é', '€', '𝔸', '\uFEFF'), (padding, filler) => {
      const text = 'a'.repeat(padding + 1) + filler.repeat(200_000);
      expect(textOf(Buffer.from(text)) === text).toBe(true);
      expect(textOf(Buffer.from(`\uFEFF${text}`, 'utf16le')) === text).toBe(true);
    }),
    { numRuns: 12 },
  );
});

function textOf(bytes: Uint8Array): string {
  return [...readText(bytes).pieces()].map((piece) => piece.text).join('');
}
