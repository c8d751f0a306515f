import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { MOST_BYTES, MOST_PIXELS, checkPicture } from '../../../src-renderer/features/partners/picture-kind.ts';

/** What stands in the first bytes of a picture decides whether anything decodes it. */

const ascii = (text: string) => [...new TextEncoder().encode(text)];
const u32 = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const u16 = (value: number) => [value >>> 8, value & 255];

function png(width: number, height: number): Uint8Array {
  return Uint8Array.of(
    137,
    ...ascii('PNG\r\n'),
    26,
    10,
    ...u32(13),
    ...ascii('IHDR'),
    ...u32(width),
    ...u32(height),
    8,
  );
}

/** A segment that is skipped, a fill byte, a Huffman table, then the frame. */
function jpeg(width: number, height: number, frame = 0xc2): Uint8Array {
  const skipped = [0xff, 0xe1, ...u16(6), 1, 2, 3, 4, 0xff, 0xff, 0xc4, ...u16(3), 9];
  return Uint8Array.of(0xff, 0xd8, ...skipped, 0xff, frame, ...u16(17), 8, ...u16(height), ...u16(width), 3);
}

function webp(chunk: string, body: readonly number[]): Uint8Array {
  return Uint8Array.of(...ascii('RIFF'), 0, 0, 0, 0, ...ascii(`WEBP${chunk}`), 0, 0, 0, 0, ...body, 0, 0, 0, 0);
}

const lossy = webp('VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0xe0, 0x01]);
const lossless = webp('VP8L', [0x2f, 0x7f, 0xc2, 0x77, 0x00, 0, 0, 0, 0, 0]);
const extended = webp('VP8X', [0, 0, 0, 0, 0x7f, 0x02, 0x00, 0xdf, 0x01, 0x00]);

test.each<[string, Uint8Array]>([
  ['PNG', png(640, 480)],
  ['JPEG', jpeg(640, 480)],
  ['JPEG, baseline', jpeg(640, 480, 0xc0)],
  ['WebP, lossy', lossy],
  ['WebP, lossless', lossless],
  ['WebP, extended', extended],
])('the size of a %s is read', (_, bytes) => {
  expect(checkPicture(bytes)).toEqual({ width: 640, height: 480 });
});

test('a picture of more pixels than can be held is refused by what it says, before it is decoded', () => {
  expect(checkPicture(png(2 ** 31 - 1, 2 ** 31 - 1))).toBe('too-large');
  expect(checkPicture(jpeg(65_535, 65_535))).toBe('too-large');
  expect(checkPicture(png(MOST_PIXELS + 1, 1))).toBe('too-large');
  expect(checkPicture(png(MOST_PIXELS, 1))).toEqual({ width: MOST_PIXELS, height: 1 });
});

test('a file that is too long is refused whatever it is', () => {
  expect(checkPicture(new Uint8Array(MOST_BYTES + 1))).toBe('too-long');
});

test.each(['<svg xmlns="http://www.w3.org/2000/svg"/>', '<?xml version="1.0"?><svg/>', '\n <!DOCTYPE svg><svg/>'])(
  'a drawing is said to be one: %s',
  (text) => {
    expect(checkPicture(new TextEncoder().encode(text))).toBe('drawing');
  },
);

test.each<[string, Uint8Array]>([
  ['nothing', new Uint8Array()],
  ['GIF', Uint8Array.of(...ascii('GIF89a'), 1, 0, 1, 0)],
  ['a PNG without a side', png(0, 10)],
  ['a JPEG that ends before its frame', jpeg(640, 480).subarray(0, 20)],
  ['a JPEG whose segments go nowhere', Uint8Array.of(0xff, 0xd8, 0xff, 0xe1, 0, 0, 1, 1, 1, 1, 1, 1, 1)],
  ['text', new TextEncoder().encode('CHIROGRAPH-CARD:1:')],
])('%s is no picture', (_, bytes) => {
  expect(checkPicture(bytes)).toBe('other-format');
});

test('any bytes get an answer', () => {
  const heads = [png(1, 1), jpeg(1, 1), lossy, extended].map((head) => [...head.subarray(0, 16)]);
  const any = fc.tuple(fc.constantFrom([], ...heads), fc.uint8Array({ maxLength: 200 }));
  fc.assert(
    fc.property(any, ([head, tail]) => {
      expect(['string', 'object']).toContain(typeof checkPicture(Uint8Array.of(...head, ...tail)));
    }),
  );
});
