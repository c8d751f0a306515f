import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalText } from '../../../src-shared/crypto/canonical.ts';
import { portableHash, toBytes } from '../../../src-shared/crypto/hash.ts';
import { PartialDate } from '../../../src-shared/domain/partial-date.ts';
import { recordLine, saltsOf, textOfLine } from '../../../src-shared/records/line-text.ts';
import { lineReader } from '../../../src-shared/records/plain-record.ts';
import { withhold } from '../../../src-shared/records/redact.ts';
import { sealRecord } from '../../../src-shared/records/seal-record.ts';
import type { ClaimDraft, RecordDraft } from '../../../src-shared/records/seal-record.ts';
import { oneOfEach, refusalOf, seededBytes } from '../../support/bundle-samples.ts';

/** Lines of a bundle (docs/formats/bundle.md B31) against the canonical form, which is the definition. */

const value = fc.oneof(
  { weight: 4, arbitrary: fc.string({ maxLength: 12 }) },
  fc.string({ maxLength: 12, unit: 'binary' }),
  fc.constantFrom('"', '\\', '"salt":""', '\u0000', '\u007f', '\u0085', '\u2028', 'Выдуманная', '欧阳伟', '', 7, true),
  fc.constantFrom({ salt: '' }, { salt: 'AAAAAAAAAAAAAAAAAAAAAA' }, { salt: 'AAAAAAAAAAAAAAAAAAAAAB' }, { salt: 7 }),
);
const claim: fc.Arbitrary<ClaimDraft> = fc
  .record({ property: fc.constantFrom('name', 'alias', 'salt', 'a'), value, isDated: fc.boolean() })
  .map(({ property, value: said, isDated }) => ({
    property,
    value: said,
    ...(isDated && { validFrom: PartialDate.parse('1984-03~') }),
  }));
const draft: fc.Arbitrary<RecordDraft> = fc
  .record({
    of: fc.constantFrom(oneOfEach.entity, oneOfEach.link, oneOfEach.case, ...Object.values(oneOfEach)),
    claims: fc.array(claim, { maxLength: 4 }),
    commitment: fc.constantFrom('claims' as const, 'record' as const),
  })
  .map(({ of, claims, commitment }) =>
    of.kind === 'attachment' || of.kind === 'permission' ? { ...of, claims } : { ...of, claims, commitment },
  );

function sealedOf(of: RecordDraft, isRedacted: boolean) {
  const sealed = sealRecord(of, { randomBytes: seededBytes('lines') });
  const isCut = isRedacted && sealed.record.commitment === 'claims';
  return {
    id: sealed.id,
    record: isCut ? withhold(sealed.record, ({ property }) => property === 'name') : sealed.record,
  };
}

test('[B31] a line and its salts give the canonical text back', () => {
  fc.assert(
    fc.property(draft, fc.boolean(), (of, isRedacted) => {
      const { record } = sealedOf(of, isRedacted);
      const { text, salts } = recordLine(record);
      expect(textOfLine(text, salts)).toBe(canonicalText(record));
      expect(saltsOf(text) * 22).toBe(salts.length);
      expect(text).not.toContain('\n');
    }),
    { numRuns: 500 },
  );
});

test('[B31, R1–R12] lines in a row are read as the records that they were, from bytes and from a text of one character a byte', () => {
  fc.assert(
    fc.property(fc.array(draft, { minLength: 1, maxLength: 5 }), fc.boolean(), (drafts, isRedacted) => {
      const sealed = drafts.map((of) => sealedOf(of, isRedacted));
      const written = sealed.map(({ record }) => recordLine(record));
      const bytes = toBytes(written.map(({ text }) => `${text}\n`).join(''));
      for (const text of [undefined, Buffer.from(bytes).toString('latin1')]) {
        const lines = { bytes, text, salts: written.map(({ salts }) => salts).join(''), saltAt: 0 };
        const read = lineReader(portableHash);
        let start = 0;
        for (const { id, record } of sealed) {
          const end = bytes.indexOf(0x0a, start);
          const found = read(lines, start, end);
          expect(found).toEqual({ id, record });
          expect(JSON.stringify(found.record)).toBe(canonicalText(record));
          start = end + 1;
        }
        expect(lines.saltAt).toBe(lines.salts.length);
      }
    }),
    { numRuns: 300 },
  );
});

test('[B31, R1–R12] a line that was changed anywhere is read alike, or refused alike, in both ways', () => {
  const ODD = ['"', '\\', ',', '}', '{', ' ', 'a', '0', '\u0000', 'é', '\\u0061', '"salt":""', ',"kind":"', '"v":1}'];
  fc.assert(
    fc.property(draft, fc.nat(), fc.constantFrom(...ODD), fc.nat({ max: 3 }), (of, at, odd, cut) => {
      const { text, salts } = recordLine(sealedOf(of, false).record);
      const place = at % (text.length + 1);
      const bytes = toBytes(`${text.slice(0, place)}${odd}${text.slice(place + cut)}`);
      const read = (latin: string | undefined) => () =>
        lineReader(portableHash)({ bytes, text: latin, salts, saltAt: 0 }, 0, bytes.length);
      const [slow, fast] = [read(undefined), read(Buffer.from(bytes).toString('latin1'))];
      expect(refusalOf(fast)).toBe(refusalOf(slow));
      if (refusalOf(slow) === 'none') expect(fast()).toEqual(slow());
    }),
    { numRuns: 3000 },
  );
});
