import { renameSync, rmSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evidencePath, proveEvidence, readEvidence } from '../../../src-main/vault/evidence-folder.ts';
import type { EvidencePlace } from '../../../src-main/vault/evidence-folder.ts';
import { CHUNK_LENGTH, HEADER_LENGTH } from '../../../src-main/vault/evidence-format.ts';
import type { FileIdentity } from '../../../src-main/vault/evidence-format.ts';
import { TAG_LENGTH } from '../../../src-main/vault/stream-cipher.ts';
import { openEvidence } from '../../../src-main/vault/evidence-reader.ts';
import { evidencePlace, inventedBytes, storedBytes, storeEvidence } from '../../support/evidence.ts';

const SIZE = 3 * CHUNK_LENGTH + 7;
const STORED_CHUNK = CHUNK_LENGTH + TAG_LENGTH;

/** What reading the whole file says after its stored bytes were made others. */
async function afterChange(change: (bytes: Buffer) => Uint8Array, size = SIZE): Promise<string> {
  const place = evidencePlace();
  const file = await storeEvidence(place, inventedBytes(size));
  writeFileSync(evidencePath(place, file.sha256), change(storedBytes(place, file)));
  return proof(place, file);
}

async function proof(place: EvidencePlace, file: FileIdentity): Promise<string> {
  const proved = proveEvidence(place, file, async () => undefined);
  return proved.then(
    () => 'whole',
    (error: { code: string; details: { rule?: string } }) => [error.code, error.details.rule ?? ''].join(' ').trim(),
  );
}

const chunk = (bytes: Buffer, number: number) =>
  bytes.subarray(HEADER_LENGTH + number * STORED_CHUNK, HEADER_LENGTH + (number + 1) * STORED_CHUNK);

test.each<[string, string, (bytes: Buffer) => Uint8Array]>([
  ['nothing was done to it', 'whole', (bytes) => bytes],
  ['its last byte is cut', 'attachment.damaged V114', (bytes) => bytes.subarray(0, -1)],
  ['its last chunk is cut', 'attachment.damaged V114', (bytes) => bytes.subarray(0, HEADER_LENGTH + 3 * STORED_CHUNK)],
  ['a byte is appended', 'attachment.damaged V114', (bytes) => Buffer.concat([bytes, Buffer.alloc(1)])],
  ['a chunk is appended', 'attachment.damaged V114', (bytes) => Buffer.concat([bytes, chunk(bytes, 0)])],
  ['it is empty', 'attachment.damaged V114', () => Buffer.alloc(0)],
  [
    'its magic is another',
    'attachment.damaged V112',
    (bytes) => Buffer.concat([Buffer.from('CHIROEF2'), bytes.subarray(8)]),
  ],
  [
    'its salt is another',
    'attachment.damaged V113',
    (bytes) => Buffer.concat([bytes.subarray(0, 8), Buffer.alloc(32, 1), bytes.subarray(40)]),
  ],
  [
    'two chunks are swapped',
    'attachment.damaged V115',
    (bytes) =>
      Buffer.concat([
        bytes.subarray(0, HEADER_LENGTH),
        chunk(bytes, 1),
        chunk(bytes, 0),
        bytes.subarray(HEADER_LENGTH + 2 * STORED_CHUNK),
      ]),
  ],
  [
    'a chunk stands in for another',
    'attachment.damaged V115',
    (bytes) =>
      Buffer.concat([bytes.subarray(0, HEADER_LENGTH), chunk(bytes, 1), bytes.subarray(HEADER_LENGTH + STORED_CHUNK)]),
  ],
  ['it is all zero bytes', 'attachment.damaged V112', (bytes) => Buffer.alloc(bytes.length)],
])('[V112–V115] when %s, reading says %s', async (_what, verdict, change) => {
  expect(await afterChange(change)).toBe(verdict);
});

test('[V113, V115] one flipped bit anywhere, what hides the size and an empty file included, is never read over', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(0, 1, 70_000, 131_500), fc.nat(), fc.nat(7), async (size, at, bit) => {
      const verdict = await afterChange((bytes) => {
        const changed = Buffer.from(bytes);
        changed[at % bytes.length] = (changed[at % bytes.length] ?? 0) ^ (1 << bit);
        return changed;
      }, size);
      expect(verdict).toMatch(/^attachment\.damaged V11[235]$/);
    }),
    { numRuns: 100 },
  );
});

test('[V113] the stored copy of one file in the place of another is refused at its first byte', async () => {
  const place = evidencePlace();
  const [one, other] = [
    await storeEvidence(place, inventedBytes(500)),
    await storeEvidence(place, new Uint8Array(500)),
  ];
  renameSync(evidencePath(place, other.sha256), evidencePath(place, one.sha256));
  expect(() => readEvidence(place, one)).toThrow('attachment.damaged');
  expect(await proof(place, one)).toBe('attachment.damaged V113');
  expect(await proof(place, other)).toBe('attachment.missing');
});

test('[V111] neither another master key nor another vault opens it', async () => {
  const place = evidencePlace();
  const file = await storeEvidence(place, inventedBytes(500));
  const path = evidencePath(place, file.sha256);
  expect(() => openEvidence(path, file, new Uint8Array(32))).toThrow('attachment.damaged');
  expect(await proof({ ...place, masterKey: new Uint8Array(32) }, file)).toBe('attachment.missing');
  expect(await proof({ ...place, vault: '0'.repeat(32) }, file)).toBe('attachment.missing');
});

test('[V113] a file whose row says another size or hash is refused', async () => {
  const place = evidencePlace();
  const file = await storeEvidence(place, inventedBytes(1000));
  const path = evidencePath(place, file.sha256);
  const read = (claimed: FileIdentity): string => {
    renameSync(path, evidencePath(place, claimed.sha256));
    try {
      readEvidence(place, claimed).close();
      return 'whole';
    } catch (error) {
      return String(error);
    } finally {
      renameSync(evidencePath(place, claimed.sha256), path);
    }
  };
  expect(read(file)).toBe('whole');
  expect(read({ ...file, size: 999 })).toContain('attachment.damaged');
  expect(
    read({ ...file, sha256: file.sha256.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) as never }),
  ).toContain('attachment.damaged');
});

test('a file that is gone is missing, not damaged', async () => {
  const place = evidencePlace();
  const file = await storeEvidence(place, inventedBytes(10));
  rmSync(evidencePath(place, file.sha256));
  expect(await proof(place, file)).toBe('attachment.missing');
});
