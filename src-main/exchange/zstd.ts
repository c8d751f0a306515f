import { promisify } from 'node:util';
import { constants, zstdCompressSync, zstdDecompress, zstdDecompressSync } from 'node:zlib';

const decompressInThread = promisify(zstdDecompress);

/** What one call gives back at once: parts of a bundle are compressed to less. */
const PIECE = 2 ** 18;

/** Level 1: with the salts apart it is smaller than level 3 was with them, at a third of its cost (docs/decisions/0016, 0033). */
export function compress(bytes: Uint8Array): Uint8Array {
  return zstdCompressSync(bytes, { chunkSize: PIECE, params: { [constants.ZSTD_c_compressionLevel]: 1 } });
}

/** Stops, by throwing, at more than `size` bytes: a bomb costs no memory (docs/formats/bundle.md, B13). */
export function decompress(bytes: Uint8Array, size: number): Uint8Array {
  return zstdDecompressSync(bytes, { ...piecesFor(size), maxOutputLength: Math.max(1, size) });
}

/** The same beside whatever else this process does. */
export async function decompressBeside(bytes: Uint8Array, size: number): Promise<Uint8Array> {
  return decompressInThread(bytes, { ...piecesFor(size), maxOutputLength: Math.max(1, size) });
}

/** In one piece up to some megabytes. */
function piecesFor(size: number): { readonly chunkSize: number } {
  return { chunkSize: Math.min(Math.max(size + 1, 64), 2 ** 23) };
}
