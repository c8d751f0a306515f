import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  beginEvidenceIn,
  evidenceFolder,
  evidencePath,
  keepPlaced,
  placeEvidence,
} from '../../src-main/vault/evidence-folder.ts';
import type { EvidencePlace } from '../../src-main/vault/evidence-folder.ts';
import type { FileIdentity } from '../../src-main/vault/evidence-format.ts';
import { FileHash } from '../../src-shared/domain/ids.ts';
import { seededBytes } from './store-builders.ts';
import { temporaryFolder } from './store-vaults.ts';

/** Evidence files of an invented vault, with fixed keys and salts. */

export function evidencePlace(name = 'Northmark'): EvidencePlace {
  const bytes = seededBytes(`evidence of ${name}`);
  const dir = temporaryFolder();
  mkdirSync(evidenceFolder(dir));
  return { dir, vault: Buffer.from(bytes(16)).toString('hex'), masterKey: bytes(32) };
}

export function identityOf(bytes: Uint8Array): FileIdentity {
  return { sha256: FileHash.parse(createHash('sha256').update(bytes).digest('hex')), size: bytes.length };
}

/** Stores a file as `attachment.finish` does, in pieces of `step` bytes. */
export async function storeEvidence(place: EvidencePlace, bytes: Uint8Array, step = 100_000): Promise<FileIdentity> {
  const writer = beginEvidenceIn(place, bytes.length, seededBytes('salt'));
  for (let at = 0; at < bytes.length; at += step) writer.write(bytes.subarray(at, at + step));
  const file = await writer.finish();
  placeEvidence(place, writer.path, file.sha256);
  keepPlaced(place, file.sha256);
  return file;
}

export function storedBytes(place: EvidencePlace, { sha256 }: FileIdentity): Buffer {
  return readFileSync(evidencePath(place, sha256));
}

/** Bytes that are not all alike: so that a chunk in the wrong place shows. */
export function inventedBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i += 1) bytes[i] = (i * 31 + (i >> 8) * 17 + (i >> 16)) & 255;
  return bytes;
}

export function pathIn(place: EvidencePlace, name: string): string {
  return join(evidenceFolder(place.dir), name);
}
