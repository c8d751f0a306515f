import { expect, test } from 'vitest';
import {
  inReadingOrder,
  protectedTally,
  withheldByRule,
  withheldCount,
  withNames,
} from '../../../src-renderer/features/release/release-report.ts';
import { ReleasePreview, type ReleaseSubject } from '../../../src-shared/contract/views.ts';

const LEAVES = { action: 'release', rule: 'P0' } as const;
const handling = { tlp: 'TLP:AMBER', codes: [], purposes: [], legalBases: [] } as const;

interface Sketch {
  readonly label: string;
  readonly seenAs?: string;
  readonly kind?: ReleaseSubject['kind'];
  readonly isProtected?: boolean;
  readonly record?: string;
  readonly claims?: readonly (string | undefined)[];
}

/** A preview of subjects, each with one record; `record` and `claims` name the rules that keep it, or its values, home. */
function preview(...sketches: readonly Sketch[]): ReleasePreview {
  const subjects = sketches.map(
    ({ label, seenAs = label, kind = 'entity', isProtected = false, record, claims = [] }, at) => ({
      subject: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
      kind,
      type: 'person',
      label,
      recipientLabel: seenAs,
      isProtected,
      records: [
        {
          record: String(at).padStart(64, '0'),
          verdict: record === undefined ? LEAVES : { action: 'withhold', rule: record },
          alreadyHeldBy: [],
          claims: claims.map((rule, position) => ({
            property: 'name',
            label: 'Name',
            display: `${label} ${position}`,
            verdict: rule === undefined ? LEAVES : { action: 'withhold', rule },
          })),
          handling,
        },
      ],
    }),
  );
  const totals = { subjects: 0, records: 0, claims: 0, withheldRecords: 0, withheldClaims: 0, byRule: [] };
  return ReleasePreview.parse({ digest: '', subjects, totals, stops: [], strictestTlp: 'TLP:AMBER' });
}

test('everything that stays home is listed under the rule that keeps it, and nothing that leaves is', () => {
  const groups = withheldByRule(
    preview(
      { label: 'A', claims: ['P5', undefined, 'P7'] },
      { label: 'B', claims: ['P5'] },
      { label: 'C', claims: [undefined] },
    ),
  );
  expect(groups.map(({ rule, items }) => [rule, items.length])).toEqual([
    ['P5', 2],
    ['P7', 1],
  ]);
  expect(groups[0]?.items[0]).toMatchObject({ subject: 'A', claim: { display: 'A 0' } });
});

test('a record that stays home is listed once as a whole, whatever its values would do', () => {
  const groups = withheldByRule(preview({ label: 'A', record: 'P13', claims: ['P5', undefined] }));
  expect(groups).toMatchObject([{ rule: 'P13', items: [{ subject: 'A' }] }]);
  expect(groups[0]?.items[0]).not.toHaveProperty('claim');
});

test('a protected person counts as identified when an identifying value leaves, whatever the labels are', () => {
  const tally = protectedTally(
    preview(
      { label: 'Ana Field', seenAs: 'Victim 7C41', isProtected: true, claims: ['P5'] },
      { label: 'Victim 08A2', isProtected: true },
      { label: 'Ion Petrescu', isProtected: true, claims: [undefined] },
      { label: 'An informant', isProtected: true, record: 'P13', claims: [undefined] },
      { label: 'Marek Dorn', claims: [undefined] },
    ),
  );
  expect(tally).toEqual({ people: 4, identified: 1 });
});

test('members of a case are shown by the name that the partner will see', () => {
  const shown = preview(
    { label: 'Ana Field', seenAs: 'Victim 0000', isProtected: true },
    { label: 'Case', kind: 'case', claims: [undefined] },
  );
  const [person, folder] = shown.subjects;
  const record = folder?.records[0];
  if (person === undefined || folder === undefined || record === undefined) throw new Error('no subjects');
  const member = { property: 'member', label: 'member', display: person.subject, verdict: LEAVES };
  const named = withNames({ ...shown, subjects: [person, { ...folder, records: [{ ...record, claims: [member] }] }] });
  expect(named.subjects[1]?.records[0]?.claims).toEqual([{ ...member, label: 'Member', display: 'Victim 0000' }]);
});

test('the case comes first, protected people before others, links after people', () => {
  const { subjects } = preview(
    { label: 'uses', kind: 'link' },
    { label: 'Zoran' },
    { label: 'Case', kind: 'case' },
    { label: 'Victim 10', isProtected: true },
    { label: 'Victim 9', isProtected: true },
  );
  expect(inReadingOrder(subjects).map(({ label }) => label)).toEqual([
    'Case',
    'Victim 9',
    'Victim 10',
    'Zoran',
    'uses',
  ]);
});

test('the parts of one subject that stay home are counted', () => {
  const [subject] = preview({ label: 'A', claims: ['P5', undefined, 'P7'] }).subjects;
  expect(subject && withheldCount(subject)).toBe(2);
});
