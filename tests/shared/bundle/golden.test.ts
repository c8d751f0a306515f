import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseCard, wordsBetween } from '../../../src-shared/bundle/card.ts';
import { encodeBundle } from '../../../src-shared/bundle/encode-bundle.ts';
import { openBundle } from '../../../src-shared/bundle/open-bundle.ts';
import { unseal } from '../../../src-shared/bundle/seal.ts';
import { fromHex, sha256, toBytes, toHex } from '../../../src-shared/crypto/hash.ts';
import { FileHash } from '../../../src-shared/domain/ids.ts';
import { withhold } from '../../../src-shared/records/redact.ts';
import {
  atSouthmark,
  dataDraft,
  northmark,
  oneOfEach,
  refusalOfPromise,
  sealed,
  southmark,
  wholeBatch,
} from '../../support/bundle-samples.ts';
import { fromBase64Lines, goldenPath, readGolden, toBase64Lines, writeGolden } from '../../support/golden.ts';

const batch = wholeBatch(
  northmark,
  Object.values(oneOfEach)
    .filter(({ kind }) => kind !== 'attachment')
    .map((draft) => sealed(draft)),
);
const part = {
  ...batch,
  records: batch.records
    .filter(({ leaf }) => leaf !== 2 && leaf !== 3)
    .map((one) => ({
      ...one,
      record: one.record.commitment === 'claims' ? withhold(one.record, () => true) : one.record,
    })),
};

describe('cards and bundles made from fixed keys are what they always were', () => {
  test.each([northmark, southmark])('the card of $card.card.agency.name', async ({ card }) => {
    const facts = { expect: 'success', form: 'card', agency: card.agencyId, hash: card.hash };
    const text = writeGolden(facts, new TextDecoder().decode(card.bytes));
    const name = card.card.agency.name.split(' ')[0]?.toLowerCase();
    await expect(text).toMatchFileSnapshot(goldenPath(`bundle/card-${name}.txt`));
  });

  test('the twelve words between two agencies', () => {
    expect(wordsBetween(northmark.card, southmark.card)).toMatchInlineSnapshot(
      `"receive capital glove fog museum switch notable horn pioneer merit unique peasant"`,
    );
  });

  test.each([
    ['whole', batch],
    ['part', part],
  ])('a bundle of a %s batch, not compressed', async (name, group) => {
    const { inner, manifestHash } = encodeBundle(dataDraft, [group], { sign: northmark.sign });
    const records = String(group.records.length);
    const text = writeGolden(
      { expect: 'success', form: 'inner', manifest: manifestHash, records },
      toBase64Lines(inner),
    );
    await expect(text).toMatchFileSnapshot(goldenPath(`bundle/inner-2-${name}.txt`));
  });

  test.each([
    ['whole', batch],
    ['part', part],
  ])('a bundle of a %s batch in parts, none of which is compressed', async (name, group) => {
    const tools = { sign: northmark.sign, compress: (bytes: Uint8Array) => bytes };
    const { inner, manifestHash } = encodeBundle(dataDraft, [group], tools);
    const records = String(group.records.length);
    const facts = { expect: 'success', form: 'inner', manifest: manifestHash, records };
    const text = writeGolden(facts, toBase64Lines(inner));
    await expect(text).toMatchFileSnapshot(goldenPath(`bundle/inner-2-parts-${name}.txt`));
  });
});

/** A mebibyte of sevens as zstd once packed it. */
const packedSevens = fromHex(
  '28b52ffda0000010005400001007070100fbff39c00202001007020010070200100702001007020010070200100703001007',
);

function packedAsThen(bytes: Uint8Array): Uint8Array {
  return bytes.length < 2 ** 20 ? bytes : packedSevens;
}

/** A file of several pieces, one of a few bytes and one of none, each named by a record of the batch. */
const files = [new Uint8Array(2 ** 20 + 5).fill(7), toBytes('an invented photograph'), new Uint8Array()].map(
  (bytes) => ({
    sha256: FileHash.parse(toHex(sha256(bytes))),
    size: bytes.length,
    pieces: () =>
      Array.from({ length: Math.ceil(bytes.length / 2 ** 20) }, (_, i) =>
        bytes.subarray(i * 2 ** 20, (i + 1) * 2 ** 20),
      ),
  }),
);

test('[B35–B39] a bundle with evidence files is what it always was', async () => {
  const named = files.map(({ sha256: hash, size }) =>
    sealed({ ...oneOfEach.attachment, file: { sha256: hash, size, type: 'image/png' } }),
  );
  const tools = { sign: northmark.sign, compress: packedAsThen };
  const { inner, manifest, manifestHash } = encodeBundle(dataDraft, [wholeBatch(northmark, named)], tools, [], files);
  expect([manifest.v, 'files' in manifest && manifest.files.count]).toEqual([3, 3]);
  const facts = { expect: 'success', form: 'inner', manifest: manifestHash, records: '3' };
  await expect(writeGolden(facts, toBase64Lines(inner))).toMatchFileSnapshot(goldenPath('bundle/inner-3-files.txt'));
});

describe('golden cards and bundles are read as their header says', () => {
  test.each(readdirSync(goldenPath('bundle')))('%s', async (name) => {
    const { facts, content } = readGolden(`bundle/${name}`);
    const reading = read(facts.get('form') ?? '', content);
    if (facts.get('expect') === 'success') expect(await reading).toEqual(Object.fromEntries(facts));
    else expect(await refusalOfPromise(reading)).toBe(facts.get('expect'));
  });
});

/** The facts of a golden file, found by reading its content as Southmark would. */
async function read(form: string, content: string): Promise<Record<string, string>> {
  if (form === 'card') {
    const { agencyId, hash } = parseCard(toBytes(content.replace(/\n$/, '')));
    return { expect: 'success', form, agency: agencyId, hash };
  }
  const bytes = fromBase64Lines(content);
  const inner = form === 'sealed' ? await unseal([southmark.identity], bytes) : bytes;
  const { manifestHash, records } = openBundle(inner, atSouthmark);
  return { expect: 'success', form, manifest: manifestHash, records: String(records.length) };
}
