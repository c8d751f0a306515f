import { promisify } from 'node:util';
import { constants, zstdCompressSync, zstdDecompress, zstdDecompressSync } from 'node:zlib';

const decompressInThread = promisify(zstdDecompress);

/** Level 3: six times the rate of gzip-6 on records, at the same size (docs/decisions/0016). */
export function compress(bytes: Uint8Array): Uint8Array {
  return zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 3 } });
}

/** Stops, by throwing, at more than `size` bytes: a bomb costs no memory (docs/formats/bundle.md, B13). */
export function decompress(bytes: Uint8Array, size: number): Uint8Array {
  return zstdDecompressSync(bytes, { maxOutputLength: Math.max(1, size) });
}

/** The same beside whatever else this process does. */
export async function decompressBeside(bytes: Uint8Array, size: number): Promise<Uint8Array> {
  return decompressInThread(bytes, { maxOutputLength: Math.max(1, size) });
}
