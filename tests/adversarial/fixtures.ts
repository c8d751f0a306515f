import { readFileSync, readdirSync } from 'node:fs';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { z } from 'zod';
import type { Door, HostileInput } from './input.ts';

/** The frozen files: what `make.ts` wrote, and what the table says of them. */

export const FIXTURES = new URL('fixtures/', import.meta.url);
/** Longer ones are kept packed: they are long because they say one thing again and again. */
const PACKED_ABOVE = 8192;

const DOORS = ['card', 'import', 'inner', 'record', 'sealed'] as const satisfies readonly Door[];
const Row = z.strictObject({
  file: z.string(),
  door: z.enum(DOORS),
  refusal: z.string().min(4),
  rows: z.array(z.number().int().min(10).max(43)),
});
export type Row = z.infer<typeof Row>;

export function nameOfFile(name: string, bytes: HostileInput['bytes']): string {
  return bytes.length > PACKED_ABOVE ? `${name}.zst` : `${name}.bin`;
}

export function bytesToFile(bytes: Uint8Array): Uint8Array {
  return bytes.length > PACKED_ABOVE ? zstdCompressSync(bytes) : bytes;
}

export function readFixture(file: string): Uint8Array {
  const bytes = new Uint8Array(readFileSync(new URL(file, FIXTURES)));
  return file.endsWith('.zst') ? new Uint8Array(zstdDecompressSync(bytes)) : bytes;
}

export function expected(): readonly Row[] {
  return z.array(Row).parse(JSON.parse(readFileSync(new URL('../expected.json', FIXTURES), 'utf8')));
}

export function files(): readonly string[] {
  return readdirSync(FIXTURES).toSorted();
}
