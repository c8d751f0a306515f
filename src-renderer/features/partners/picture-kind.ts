/** What a file says that it is, read from its first bytes before anything decodes it. */

/** A photograph of a telephone has some 4 MB and 12 megapixels. */
export const MOST_BYTES = 20_000_000;
export const MOST_PIXELS = 50_000_000;

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

export type PictureRefusal = 'too-long' | 'drawing' | 'other-format' | 'too-large';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Its size, or why it is not given to a decoder. */
export function checkPicture(bytes: Uint8Array): PictureSize | PictureRefusal {
  if (bytes.length > MOST_BYTES) return 'too-long';
  const size = sizeOfPng(bytes) ?? sizeOfJpeg(bytes) ?? sizeOfWebp(bytes);
  if (size === undefined) return isDrawing(bytes) ? 'drawing' : 'other-format';
  if (size.width === 0 || size.height === 0) return 'other-format';
  return size.width * size.height > MOST_PIXELS ? 'too-large' : size;
}

/** PNG (W3C, third edition) §5.2, §11.2.1: the signature, then IHDR. */
function sizeOfPng(bytes: Uint8Array): PictureSize | undefined {
  const isPng = bytes.length >= 24 && PNG.every((byte, at) => bytes[at] === byte) && text(bytes, 12, 4) === 'IHDR';
  if (!isPng) return undefined;
  const view = viewOf(bytes);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** ITU-T T.81 annex B: segments up to the first start of a frame (SOF0–SOF15 without DHT, JPG and DAC). */
function sizeOfJpeg(bytes: Uint8Array): PictureSize | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
  const view = viewOf(bytes);
  for (let at = 2; at + 9 <= bytes.length;) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) at += 1;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    else at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** RFC 9649 §2.4–2.7: lossy, lossless, extended. */
function sizeOfWebp(bytes: Uint8Array): PictureSize | undefined {
  if (bytes.length < 30 || text(bytes, 0, 4) !== 'RIFF' || text(bytes, 8, 4) !== 'WEBP') return undefined;
  const view = viewOf(bytes);
  const chunk = text(bytes, 12, 4);
  if (chunk === 'VP8 ') return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (chunk === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  if (chunk !== 'VP8X') return undefined;
  return { width: 1 + (view.getUint32(24, true) & 0xffffff), height: 1 + (view.getUint32(26, true) >>> 8) };
}

/** SVG and its like: text that would have to be drawn, by rules that its author wrote. */
function isDrawing(bytes: Uint8Array): boolean {
  return /^\s*(<\?xml|<svg|<!DOCTYPE)/i.test(new TextDecoder().decode(bytes.subarray(0, 256)));
}

function text(bytes: Uint8Array, from: number, length: number): string {
  return String.fromCodePoint(...bytes.subarray(from, from + length));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
