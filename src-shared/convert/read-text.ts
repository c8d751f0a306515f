import { failure } from '../errors.ts';
import { refuseBeyond } from './limits.ts';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** A file as text, in pieces, so that half a gigabyte never becomes one string and a caller can stop between two. */
export type FileText = {
  readonly encoding: Encoding;
  /** True for windows-1252, which any bytes are (I2). */
  readonly isGuess: boolean;
  readonly pieces: () => Generator<Piece>;
};

type Piece = { readonly text: string; readonly bytesRead: number };

const PIECE = 256 * 1024;
/** windows-1252 0x80–0x9F as the WHATWG Encoding Standard has it; the five unassigned bytes stay control characters. */
const UPPER = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';

/** Decides the encoding (I2), checks all of the text once, and hands it out in pieces. Throws import.too-large or import.unreadable. */
export function readText(bytes: Uint8Array): FileText {
  refuseBeyond('file', bytes.length, 0);
  const { encoding, start } = markOf(bytes);
  const isGuess = encoding === 'utf-8' && !isUtf8(bytes, start);
  const found = isGuess ? 'windows-1252' : encoding;
  refuseNul(() => piecesOf(bytes, start, found));
  return { encoding: found, isGuess, pieces: () => piecesOf(bytes, start, found) };
}

function markOf(bytes: Uint8Array): { readonly encoding: Encoding; readonly start: number } {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return { encoding: 'utf-16le', start: 2 };
  if (first === 0xfe && second === 0xff) return { encoding: 'utf-16be', start: 2 };
  const hasMark = first === 0xef && second === 0xbb && third === 0xbf;
  return { encoding: 'utf-8', start: hasMark ? 3 : 0 };
}

function isUtf8(bytes: Uint8Array, start: number): boolean {
  try {
    let read = start;
    for (const piece of piecesOf(bytes, start, 'utf-8')) read = piece.bytesRead;
    return read === bytes.length;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** I3 */
function refuseNul(pieces: () => Generator<Piece>): void {
  let line = 1;
  for (const { text } of pieces()) {
    const at = text.indexOf('\0');
    if (at >= 0) throw failure('import.unreadable', { rule: 'I3', line: line + countLines(text.slice(0, at)) });
    line += countLines(text);
  }
}

function* piecesOf(bytes: Uint8Array, start: number, encoding: Encoding): Generator<Piece> {
  const decode = decoders[encoding];
  for (let from = start; from < bytes.length;) {
    const to = endOfPiece(bytes, from, encoding);
    yield { text: decode(bytes.subarray(from, to)), bytesRead: to };
    from = to;
  }
}

/** Never cuts a character: UTF-8 continuation bytes and low surrogates stay with what they belong to. */
function endOfPiece(bytes: Uint8Array, from: number, encoding: Encoding): number {
  let to = Math.min(from + PIECE, bytes.length);
  if (to === bytes.length) return to;
  if (encoding === 'utf-8') while (to > from + PIECE - 4 && ((bytes[to] ?? 0) & 0xc0) === 0x80) to -= 1;
  if (encoding.startsWith('utf-16')) {
    const high = encoding === 'utf-16le' ? (bytes[to - 1] ?? 0) : (bytes[to - 2] ?? 0);
    if (high >= 0xd8 && high <= 0xdb) to -= 2;
  }
  return to;
}

const decoders: { readonly [E in Encoding]: (bytes: Uint8Array) => string } = {
  'utf-8': (bytes) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes),
  'utf-16le': (bytes) => decodeUtf16(bytes, 0),
  'utf-16be': (bytes) => decodeUtf16(bytes, 1),
  'windows-1252': (bytes) =>
    fromUnits(bytes.length, (at) => {
      const byte = bytes[at] ?? 0;
      return byte >= 0x80 && byte <= 0x9f ? UPPER.charCodeAt(byte - 0x80) : byte;
    }),
};

function decodeUtf16(bytes: Uint8Array, lowByte: 0 | 1): string {
  const text = fromUnits(Math.floor(bytes.length / 2), (at) => {
    const low = bytes[at * 2 + lowByte] ?? 0;
    const high = bytes[at * 2 + 1 - lowByte] ?? 0;
    return high * 256 + low;
  });
  if (bytes.length % 2 === 1 || !text.isWellFormed()) throw failure('import.unreadable', { rule: 'I2', line: 0 });
  return text;
}

function fromUnits(length: number, unitAt: (at: number) => number): string {
  const parts: string[] = [];
  for (let from = 0; from < length; from += 8192) {
    const units = new Uint16Array(Math.min(8192, length - from));
    for (let at = 0; at < units.length; at += 1) units[at] = unitAt(from + at);
    parts.push(String.fromCharCode(...units));
  }
  return parts.join('');
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
