import { create } from 'qrcode';
import { expect, test } from 'vitest';
import { findCodes } from '../../../src-renderer/features/partners/find-codes.ts';

/** What the decoder is given and what comes back, without a browser: ISO/IEC 18004 drawn by another library than the one that reads. */

const CODE = `CHIROGRAPH-CARD:1:${'A1'.repeat(32)}:${'B2'.repeat(32)}`;

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

function drawn(text: string, scale = 3): Picture {
  const { modules } = create([{ data: new TextEncoder().encode(text), mode: 'byte' }], { errorCorrectionLevel: 'L' });
  const side = (modules.size + 8) * scale;
  const isDark = (x: number, y: number) => {
    const [row, column] = [Math.floor(y / scale) - 4, Math.floor(x / scale) - 4];
    const isInside = Math.min(row, column) >= 0 && Math.max(row, column) < modules.size;
    return isInside && modules.get(row, column) !== 0;
  };
  return painted(side, side, (x, y) => (isDark(x, y) ? 0 : 255));
}

function painted(width: number, height: number, grey: (x: number, y: number) => number): Picture {
  const data = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let at = 0; at < width * height; at += 1) {
    data.fill(grey(at % width, Math.floor(at / width)), 4 * at, 4 * at + 3);
  }
  return { width, height, data };
}

function side(left: Picture, right: Picture): Picture {
  const at = ({ data, width, height }: Picture, x: number, y: number) =>
    y < height ? (data[4 * (y * width + x)] ?? 255) : 255;
  return painted(left.width + right.width, Math.max(left.height, right.height), (x, y) =>
    x < left.width ? at(left, x, y) : at(right, x - left.width, y),
  );
}

test.each([2, 3, 8])('[K21] a code is read at %i pixels a module', (scale) => {
  expect(findCodes(drawn(CODE, scale), 'picture')).toEqual([CODE]);
});

test('a code with a whole card in it is read, signs outside ASCII too', () => {
  const card = `{"agency":{"name":"Süd-Åst Офис"},"filler":"${'0123456789abcdef'.repeat(60)}"}`;
  expect(findCodes(drawn(card), 'picture')).toEqual([card]);
});

test('two different codes are two codes, whichever stands first', () => {
  const [one, other] = [drawn(CODE), drawn('https://example.org/')];
  expect(findCodes(side(one, other), 'picture').toSorted()).toEqual([CODE, 'https://example.org/']);
  expect(findCodes(side(drawn('https://example.org/'), drawn(CODE)), 'picture')).toHaveLength(2);
});

test('one code that is shown twice is one code', () => {
  expect(findCodes(side(drawn(CODE), drawn(CODE)), 'picture')).toEqual([CODE]);
});

test.each<[string, Picture]>([
  ['nothing', painted(300, 200, () => 255)],
  ['noise', painted(300, 200, (x, y) => (x * 7919 + y * 104_729 + ((x * y) % 251) * 31) % 256)],
  ['stripes', painted(300, 200, (x) => (x % 4 < 2 ? 0 : 255))],
  ['one row', painted(4096, 1, (x) => (x % 2) * 255)],
  ['one pixel', painted(1, 1, () => 0)],
])('%s is no code', (_, picture) => {
  expect(findCodes(picture, 'picture')).toEqual([]);
});

test('a code of which a third is covered is no code', () => {
  const picture = drawn(CODE);
  picture.data.fill(0, 0, Math.floor(picture.data.length / 3));
  expect(findCodes(picture, 'picture')).toEqual([]);
});
