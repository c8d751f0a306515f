import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  beginEvidenceIn,
  dropPlaced,
  evidenceFolder,
  evidencePath,
  placeEvidence,
  proveEvidence,
  readEvidence,
  reencryptEvidence,
  shredEvidence,
  storedState,
  tidyEvidence,
} from '../../../src-main/vault/evidence-folder.ts';
import { CHUNK_LENGTH, HEADER_LENGTH, layoutOf } from '../../../src-main/vault/evidence-format.ts';
import { TAG_LENGTH } from '../../../src-main/vault/stream-cipher.ts';
import {
  evidencePlace,
  identityOf,
  inventedBytes,
  pathIn,
  storedBytes,
  storeEvidence,
} from '../../support/evidence.ts';
import { goldenPath, toBase64Lines, writeGolden } from '../../support/golden.ts';
import { seededBytes } from '../../support/store-builders.ts';

const noStep = async () => undefined;
const [HALF, ONE, MORE] = [1000, CHUNK_LENGTH, 3 * CHUNK_LENGTH + 7];

test('[V112] a file stored with fixed keys is what it always was', async () => {
  const place = evidencePlace();
  const file = await storeEvidence(place, new TextEncoder().encode('An invented lease of an invented flat.\n'));
  const facts = {
    expect: 'success',
    vault: place.vault,
    master: Buffer.from(place.masterKey).toString('hex'),
    ...file,
  };
  const golden = writeGolden(
    { ...facts, size: String(file.size), name: evidencePath(place, file.sha256).slice(-64) },
    toBase64Lines(storedBytes(place, file)),
  );
  await expect(golden).toMatchFileSnapshot(goldenPath('evidence/lease.txt'));
});

test.each([0, 1, HALF, ONE - 1, ONE, ONE + 1, 2 * ONE, MORE, 1_000_003])(
  '[V112] %i bytes come back, and prove themselves',
  async (length) => {
    const place = evidencePlace();
    const bytes = inventedBytes(length);
    const file = await storeEvidence(place, bytes);
    expect(file).toEqual(identityOf(bytes));
    expect(storedState(place, file)).toBe('present');
    await proveEvidence(place, file, noStep);
    const reader = readEvidence(place, file);
    expect(Buffer.compare(reader.read(0, length + 10), bytes)).toBe(0);
    expect(reader.read(length, 10)).toHaveLength(0);
    reader.close();
  },
);

test('[V112] how a file was cut while it came changes nothing, and any part of it can be read', async () => {
  const bytes = inventedBytes(150_000);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 160_000 }),
      fc.nat(150_000),
      fc.nat(150_000),
      async (step, from, length) => {
        const [one, other] = [evidencePlace(), evidencePlace()];
        const file = await storeEvidence(one, bytes, step);
        expect(await storeEvidence(other, bytes)).toEqual(file);
        expect(storedBytes(one, file).equals(storedBytes(other, file))).toBe(true);
        const reader = readEvidence(one, file);
        expect(Buffer.compare(reader.read(from, length), bytes.slice(from, from + length))).toBe(0);
        reader.close();
      },
    ),
    { numRuns: 20 },
  );
});

test('[V114] files of about one size have one length, at most 12 % longer than they are', () => {
  expect(layoutOf(1_000_000).stored).toBe(layoutOf(1_000_100).stored);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2_147_483_648 }), (size) => {
      const { stored, chunks, lastLength } = layoutOf(size);
      const tags = chunks * TAG_LENGTH;
      expect(stored).toBe(HEADER_LENGTH + (chunks - 1) * CHUNK_LENGTH + lastLength + tags);
      expect(stored - HEADER_LENGTH - tags).toBeGreaterThanOrEqual(size);
      expect(stored - HEADER_LENGTH - tags).toBeLessThanOrEqual(size * 1.12);
      expect(lastLength <= CHUNK_LENGTH && (lastLength > 0 || size === 0)).toBe(true);
    }),
  );
});

test('[V110] neither the name nor the bytes on the disk tell what the file is', async () => {
  const bytes = new TextEncoder().encode('a canary in an evidence file '.repeat(10_000));
  const [one, other] = [evidencePlace('Northmark'), evidencePlace('Southmark')];
  const file = await storeEvidence(one, bytes);
  await storeEvidence(other, bytes);
  const [name = ''] = readdirSync(evidenceFolder(one.dir));
  expect(readdirSync(evidenceFolder(one.dir))).toHaveLength(1);
  expect(name).toMatch(/^[0-9a-f]{64}$/);
  expect(name).not.toBe(file.sha256);
  expect(readdirSync(evidenceFolder(other.dir))).not.toContain(name);
  expect(storedBytes(one, file).includes('canary')).toBe(false);
  expect(storedBytes(one, file).includes(Buffer.from(file.sha256, 'hex'))).toBe(false);
});

test.runIf(process.platform !== 'win32')('[V1] nobody else on the machine can read them', async () => {
  const place = evidencePlace();
  const file = await storeEvidence(place, inventedBytes(10));
  expect(statSync(evidencePath(place, file.sha256)).mode & 0o077).toBe(0);
});

test('[V116] more or fewer bytes than were announced are refused, and discarding leaves nothing', async () => {
  const place = evidencePlace();
  const writer = beginEvidenceIn(place, 10, seededBytes('salt'));
  expect(() => writer.write(inventedBytes(11))).toThrow('attachment.wrong-size');
  writer.write(inventedBytes(9));
  await expect(writer.finish()).rejects.toMatchObject({ details: { expected: 10, found: 9 } });
  writer.discard();
  expect(readdirSync(evidenceFolder(place.dir))).toEqual([]);
});

test('[V116, V118] a crash before the transaction leaves a file that the next open removes, one after it a file that it keeps', async () => {
  const place = evidencePlace();
  const bytes = inventedBytes(HALF);
  const unfinished = beginEvidenceIn(place, 10, seededBytes('unfinished'));
  unfinished.write(inventedBytes(5));
  const placed = async () => {
    const writer = beginEvidenceIn(place, bytes.length, seededBytes('salt'));
    writer.write(bytes);
    const file = await writer.finish();
    placeEvidence(place, writer.path, file.sha256);
    return file;
  };
  const file = await placed();
  tidyEvidence(place, () => []);
  expect(readdirSync(evidenceFolder(place.dir))).toEqual([]);
  await placed();
  tidyEvidence(place, () => [file.sha256]);
  expect(storedState(place, file)).toBe('present');
  await proveEvidence(place, file, noStep);
});

test('[V118] a complete file that no row speaks of is never removed: the row may be what was lost', async () => {
  const place = evidencePlace();
  const file = await storeEvidence(place, inventedBytes(HALF));
  writeFileSync(pathIn(place, 'notes.txt'), 'of somebody');
  tidyEvidence(place, () => []);
  expect(storedState(place, file)).toBe('present');
  expect(existsSync(pathIn(place, 'notes.txt'))).toBe(true);
});

test('[V116] a transaction that fails takes its file with it', async () => {
  const place = evidencePlace();
  const writer = beginEvidenceIn(place, 0, seededBytes('salt'));
  const file = await writer.finish();
  placeEvidence(place, writer.path, file.sha256);
  dropPlaced(place, file.sha256);
  expect(readdirSync(evidenceFolder(place.dir))).toEqual([]);
});

test('[V122] a shredded file is gone, and so is one that was about to be kept', async () => {
  const place = evidencePlace();
  const file = await storeEvidence(place, inventedBytes(MORE));
  shredEvidence(place, file.sha256);
  shredEvidence(place, file.sha256);
  expect(storedState(place, file)).toBe('missing');
  expect(readdirSync(evidenceFolder(place.dir))).toEqual([]);
});

test('a file is written again for another vault, and only proves itself there with its keys', async () => {
  const [from, to] = [evidencePlace('Northmark'), evidencePlace('Southmark')];
  for (const length of [0, MORE]) {
    const file = await storeEvidence(from, inventedBytes(length));
    await reencryptEvidence(from, to, file, { randomBytes: seededBytes('again'), step: noStep });
    await proveEvidence(to, file, noStep);
    expect(storedBytes(to, file).equals(storedBytes(from, file))).toBe(false);
    await expect(proveEvidence({ ...to, masterKey: from.masterKey }, file, noStep)).rejects.toThrow(
      'attachment.missing',
    );
  }
});
