import fc from 'fast-check';
import { expect, test } from 'vitest';
import { portableHash, toBytes } from '../../../src-shared/crypto/hash.ts';
import { parseRecord } from '../../../src-shared/records/parse-record.ts';
import { recordReader } from '../../../src-shared/records/plain-record.ts';
import { withhold } from '../../../src-shared/records/redact.ts';
import { recordBytes } from '../../../src-shared/records/parse-record.ts';
import { sealRecord } from '../../../src-shared/records/seal-record.ts';
import type { ClaimDraft, RecordDraft } from '../../../src-shared/records/seal-record.ts';
import { oneOfEach, refusalOf, seededBytes } from '../../support/bundle-samples.ts';

/** The template of the plainest records against the parser of all of them, which is the definition. */

const claim: fc.Arbitrary<ClaimDraft> = fc.record({
  property: fc.constantFrom('name', 'alias', 'note', 'member', 'a'),
  value: fc.oneof(
    { weight: 5, arbitrary: fc.string({ maxLength: 12 }) },
    fc.string({ maxLength: 12, unit: 'binary' }),
    fc.constantFrom('"', '\\', '\u0000', '\u001f', '\u007f', '\u2028', 'Выдуманная', '欧阳伟', '', 7, true),
  ),
});
const plain = [oneOfEach.entity, oneOfEach.link, oneOfEach.case];
const drafts: fc.Arbitrary<RecordDraft> = fc
  .record({
    draft: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...plain) }, fc.constantFrom(...Object.values(oneOfEach))),
    claims: fc.array(claim, { maxLength: 4 }),
    commitment: fc.constantFrom('claims' as const, 'record' as const),
    isBare: fc.boolean(),
  })
  .map(({ draft, claims, commitment, isBare }) => {
    if (draft.kind === 'attachment' || draft.kind === 'permission') return { ...draft, claims };
    const said = { ...draft, claims, commitment, ...(isBare && draft.kind !== 'retract' && { supersedes: [] }) };
    if (said.kind === 'case' && isBare) delete (said as { source?: unknown }).source;
    return said;
  });

const ODD = ['"', '\\', ',', '}', '{', '[', ']', ' ', '\n', 'a', '0', '\u0000', 'é', '\\u0061', ',"kind":"', '"v":1}'];

function refused(read: () => unknown): string {
  return refusalOf(read);
}

test('[R1–R12] what is read by the template is what the parser reads, byte for byte and hash for hash', () => {
  const read = recordReader(portableHash);
  fc.assert(
    fc.property(drafts, fc.boolean(), (draft, isRedacted) => {
      const { record } = sealRecord(draft, { randomBytes: seededBytes('plain') });
      const bytes = recordBytes(
        isRedacted && record.commitment === 'claims' ? withhold(record, ({ property }) => property === 'name') : record,
      );
      const expected = parseRecord(bytes);
      const found = read(bytes);
      expect(found).toEqual(expected);
      expect(recordBytes(found.record)).toEqual(bytes);
      expect(JSON.stringify(found.record)).toBe(JSON.stringify(expected.record));
    }),
    { numRuns: 300 },
  );
});

test('[R1–R12] a record that was changed anywhere is refused by the template exactly as by the parser, or read alike', () => {
  const read = recordReader(portableHash);
  fc.assert(
    fc.property(drafts, fc.nat(), fc.constantFrom(...ODD), fc.nat({ max: 3 }), (draft, at, odd, cut) => {
      const text = new TextDecoder().decode(sealRecord(draft, { randomBytes: seededBytes('plain') }).bytes);
      const place = at % (text.length + 1);
      const bytes = toBytes(text.slice(0, place) + odd + text.slice(place + cut));
      const expected = refused(() => parseRecord(bytes));
      expect(refused(() => read(bytes))).toBe(expected);
      if (expected === 'none') expect(read(bytes)).toEqual(parseRecord(bytes));
    }),
    { numRuns: 4000 },
  );
});

test('[R1] bytes that are no text, and a text behind a byte-order mark, are refused as the parser refuses them', () => {
  const read = recordReader(portableHash);
  const { bytes } = sealRecord(oneOfEach.entity, { randomBytes: seededBytes('plain') });
  for (const odd of [Uint8Array.of(0xff, ...bytes), Uint8Array.of(0xef, 0xbb, 0xbf, ...bytes), new Uint8Array()]) {
    expect(refused(() => read(odd))).toBe(refused(() => parseRecord(odd)));
    expect(refused(() => read(odd))).not.toBe('none');
  }
});
