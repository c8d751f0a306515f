import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { RandomBytes } from '../../src-shared/crypto/hash.ts';
import type { FileHash } from '../../src-shared/domain/ids.ts';
import { newFile, syncFolder } from '../store/atomic-file.ts';
import { onDisk } from '../store/sqlite-errors.ts';
import { HEADER_LENGTH, layoutOf, storedName } from './evidence-format.ts';
import type { FileIdentity } from './evidence-format.ts';
import { beginEvidence } from './evidence-writer.ts';
import type { EvidenceWriter } from './evidence-writer.ts';
import { openEvidence, verifyEvidence } from './evidence-reader.ts';
import type { EvidenceReader } from './evidence-reader.ts';
import { vaultKey, withKey } from './keys.ts';

/** Whose files: a vault's folder, its id and its master key. An `OpenVault` is one. */
export type EvidencePlace = { readonly dir: string; readonly vault: string; readonly masterKey: Uint8Array };

/** What can be said of a stored file without reading it. */
export type StoredState = 'present' | 'missing' | 'wrong-length';

const UNFINISHED = '.part';
const COMMITTING = '.new';

/** docs/formats/vault.md §1: where a vault keeps its evidence files. */
export function evidenceFolder(dir: string): string {
  return join(dir, 'attachments');
}

/** Where the file lies, or would. */
export function evidencePath(place: EvidencePlace, sha256: FileHash): string {
  return join(
    evidenceFolder(place.dir),
    withAttachmentKey(place, (key) => storedName(key, sha256)),
  );
}

/** V116: begins a file whose hash is not known yet, under a name that means nothing. */
export function beginEvidenceIn(place: EvidencePlace, size: number, randomBytes: RandomBytes): EvidenceWriter {
  const folder = evidenceFolder(place.dir);
  onDisk('writing', () => mkdirSync(folder, { recursive: true, mode: 0o700 }));
  const path = join(folder, `${Buffer.from(randomBytes(16)).toString('hex')}${UNFINISHED}`);
  return withAttachmentKey(place, (key) => beginEvidence(path, size, key, randomBytes));
}

/** V116: gives a complete file its name, as one that no row speaks of yet. `keepPlaced` follows the transaction, `dropPlaced` its failure. */
export function placeEvidence(place: EvidencePlace, unfinished: string, sha256: FileHash): void {
  const path = evidencePath(place, sha256);
  onDisk('writing', () => {
    renameSync(unfinished, newFile(path));
    syncFolder(evidenceFolder(place.dir));
  });
}

/** V116: the transaction is through. */
export function keepPlaced(place: EvidencePlace, sha256: FileHash): void {
  const path = evidencePath(place, sha256);
  onDisk('writing', () => {
    renameSync(newFile(path), path);
    syncFolder(evidenceFolder(place.dir));
  });
}

/** V116: the transaction failed. */
export function dropPlaced(place: EvidencePlace, sha256: FileHash): void {
  onDisk('writing', () => rmSync(newFile(evidencePath(place, sha256)), { force: true }));
}

/** V121: looks, and reads nothing. */
export function storedState(place: EvidencePlace, file: FileIdentity): StoredState {
  const found = onDisk('reading', () => statSync(evidencePath(place, file.sha256), { throwIfNoEntry: false }));
  if (found === undefined) return 'missing';
  return found.size === layoutOf(file.size).stored ? 'present' : 'wrong-length';
}

/** A reader of a file that is held. Throws `attachment.missing`, `attachment.damaged`. */
export function readEvidence(place: EvidencePlace, file: FileIdentity): EvidenceReader {
  const path = evidencePath(place, file.sha256);
  return withAttachmentKey(place, (key) => openEvidence(path, file, key));
}

/** V117. Throws `attachment.missing`, `attachment.damaged`, and what `step` throws. */
export async function proveEvidence(
  place: EvidencePlace,
  file: FileIdentity,
  step: (done: number, total: number) => Promise<void>,
): Promise<void> {
  const key = attachmentKeyOf(place);
  try {
    await verifyEvidence(evidencePath(place, file.sha256), file, key, step);
  } finally {
    key.fill(0);
  }
}

/** V122: without its salt nobody can make its key again, whatever the disk keeps of the rest. Does nothing where no file is. */
export function shredEvidence(place: EvidencePlace, sha256: FileHash): void {
  const path = evidencePath(place, sha256);
  for (const each of [path, newFile(path)]) onDisk('writing', () => shred(each));
}

/** V118: what a crash left behind. `held` answers the files that rows speak of. A complete file under its final name is never touched. */
export function tidyEvidence(place: EvidencePlace, held: () => readonly FileHash[]): void {
  const folder = evidenceFolder(place.dir);
  if (!existsSync(folder)) return;
  const left = onDisk('reading', () => readdirSync(folder)).filter((name) => !/^[0-9a-f]{64}$/.test(name));
  if (left.length === 0) return;
  const names = withAttachmentKey(place, (key) => new Set(held().map((sha256) => storedName(key, sha256))));
  onDisk('writing', () => {
    for (const name of left) {
      const path = join(folder, name);
      const final = name.slice(0, -COMMITTING.length);
      if (name.endsWith(UNFINISHED)) rmSync(path, { force: true });
      else if (name.endsWith(COMMITTING) && names.has(final)) renameSync(path, join(folder, final));
      else if (name.endsWith(COMMITTING) && /^[0-9a-f]{64}$/.test(final)) rmSync(path, { force: true });
    }
    syncFolder(folder);
  });
}

/**
 * For another vault or another master key: the same file under the keys of `to`. The file in `from` stays as it is. Throws `attachment.missing`,
 * `attachment.damaged`, and what the disk throws; nothing is left in `to` then.
 */
export async function reencryptEvidence(
  from: EvidencePlace,
  to: EvidencePlace,
  file: FileIdentity,
  { randomBytes, step }: { readonly randomBytes: RandomBytes; readonly step: () => Promise<void> },
): Promise<void> {
  const reader = readEvidence(from, file);
  try {
    const writer = beginEvidenceIn(to, file.size, randomBytes);
    try {
      for (let at = 0; at < file.size; at += COPIED_A_STEP) {
        writer.write(reader.read(at, COPIED_A_STEP));
        await step();
      }
      await writer.finish();
      placeEvidence(to, writer.path, file.sha256);
      keepPlaced(to, file.sha256);
    } catch (error) {
      writer.discard();
      throw error;
    }
  } finally {
    reader.close();
  }
}

const COPIED_A_STEP = 4_194_304;

function withAttachmentKey<T>(place: EvidencePlace, work: (key: Uint8Array) => T): T {
  return withKey(attachmentKeyOf(place), work);
}

function attachmentKeyOf({ masterKey, vault }: EvidencePlace): Uint8Array {
  return vaultKey(masterKey, vault, 'chirograph/vault-attachment/v1');
}

function shred(path: string): void {
  if (!existsSync(path)) return;
  const descriptor = openSync(path, 'r+');
  try {
    writeSync(descriptor, new Uint8Array(HEADER_LENGTH), 0, HEADER_LENGTH, 0);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  rmSync(path, { force: true });
}
