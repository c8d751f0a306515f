import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withhold } from '../../../src-shared/records/redact.ts';
import { valuesByProperty } from '../../../src-main/store/display-rule.ts';
import { membersOf, projectSubject } from '../../../src-main/store/projection.ts';
import type { IdentifiedRecord } from '../../../src-main/store/types.ts';
import {
  agencyId,
  caseOf,
  chart,
  entity,
  link,
  NORTHMARK,
  person,
  SOUTHVALE,
  subjectId,
} from '../../support/store-builders.ts';

const ADA = subjectId('Ada');
const project = (...records: readonly IdentifiedRecord[]): ReturnType<typeof projectSubject> =>
  projectSubject(ADA, records);
const named = (name: string, author = NORTHMARK, reference = 'Interview 1'): IdentifiedRecord =>
  person('Ada', [['name', name]], { author, source: { reference } });
const born = (date: string, author = NORTHMARK): IdentifiedRecord => person('Ada', [['dateOfBirth', date]], { author });
const known = (alias: string): IdentifiedRecord => person('Ada', [['alias', alias]], { author: SOUTHVALE });
const called = (information: string, author = NORTHMARK): IdentifiedRecord =>
  link('l', 'called', ['Ada', 'Bo'], {
    author,
    source: { grade: { scheme: 'europol-4x4', source: 'B', information } },
  });

test('[V41] the value that most sources state is shown, whoever states it', () => {
  const records = [named('Ada A'), named('Ada B', SOUTHVALE, 'Report 1'), named('Ada B', SOUTHVALE, 'Report 2')];
  expect(project(...records).entity?.label).toBe('Ada B');
  expect(
    valuesByProperty(records)
      .get('name')
      ?.map(({ value, sources }) => [value, sources]),
  ).toEqual([
    ['Ada B', 2],
    ['Ada A', 1],
  ]);
});

test('[V41] the same source twice counts once', () => {
  const again = person(
    'Ada',
    [
      ['name', 'Ada B'],
      ['alias', 'Sparrow'],
    ],
    { author: SOUTHVALE, source: { reference: 'Report 1' } },
  );
  const records = [
    named('Ada A'),
    named('Ada A', NORTHMARK, 'Interview 2'),
    named('Ada B', SOUTHVALE, 'Report 1'),
    again,
  ];
  expect(project(...records).entity?.label).toBe('Ada A');
});

test('[V41] between equals the record with the lowest id decides', () => {
  const [one, other] = [named('Ada A'), named('Ada B', SOUTHVALE)];
  const lowest = one.id < other.id ? 'Ada A' : 'Ada B';
  expect(project(one, other).entity?.label).toBe(lowest);
  expect(project(other, one).entity?.label).toBe(lowest);
});

test('[V41] a value that has ended stands behind one that has not', () => {
  const ended = person('Ada', [{ property: 'name', value: 'Ada Before', validTo: '2020' as never }]);
  const twice = person('Ada', [{ property: 'name', value: 'Ada Before', validTo: '2020' as never }], {
    author: SOUTHVALE,
  });
  expect(project(ended, twice, named('Ada Now', agencyId('Third Agency'))).entity?.label).toBe('Ada Now');
});

test('[V42] a conflict is a property that can have one value and has two; a former value is none', () => {
  expect(project(born('1990'), born('1990', SOUTHVALE)).entity?.conflicts).toBe(0);
  expect(project(born('1990'), born('1991', SOUTHVALE)).entity?.conflicts).toBe(1);
  expect(project(known('One'), known('Two')).entity?.conflicts).toBe(0);
  const former = person('Ada', [{ property: 'dateOfBirth', value: '1991', validTo: '2020' as never }], {
    author: SOUTHVALE,
  });
  expect(project(born('1990'), former).entity?.conflicts).toBe(0);
  expect(project(named('Ada'), entity('Ada', 'organisation', [['name', 'Ada']])).entity?.conflicts).toBeGreaterThan(0);
});

test('[V43] [V44] the strictest marking, the earliest review, all grades verbatim', () => {
  const one = person('Ada', [['name', 'Ada']], {
    handling: { tlp: 'TLP:GREEN', reviewOn: '2030-01-01' },
    source: { grade: { scheme: 'uk-3x5x2', source: '1', information: 'A' } },
  });
  const other = person('Ada', [['name', 'Ada']], {
    author: SOUTHVALE,
    handling: { tlp: 'TLP:RED', reviewOn: '2027-01-01' },
    source: { grade: { scheme: 'europol-4x4', source: 'B', information: '2' } },
  });
  expect(project(one, other).entity).toMatchObject({
    tlp: 'TLP:RED',
    reviewOn: '2027-01-01',
    grades: ['europol-4x4:B2', 'uk-3x5x2:1A'],
    authors: [NORTHMARK, SOUTHVALE].toSorted(),
  });
});

test('[V44] the confidence of a link is that of its best grade', () => {
  expect(project(called('4')).link?.confidence).toBe('tentative');
  expect(project(called('4'), called('1', SOUTHVALE)).link?.confidence).toBe('confirmed');
});

test.each([
  ['a victim', [['subjectCategory', 'victim']], true],
  ['an informant', [['subjectCategory', 'informant']], true],
  ['a minor', [['isMinor', true]], true],
  ['somebody trafficked', [['traffickingStatus', 'PotentialVictim']], true],
  ['somebody of a category that we do not know', [['subjectCategory', 'something-new']], true],
  ['a suspect', [['subjectCategory', 'suspect']], false],
  ['somebody who was not trafficked', [['traffickingStatus', 'NotAVictimOfTrafficking']], false],
] as const)('[V45] %s', (_, claims, isProtected) => {
  expect(project(person('Ada', claims)).entity?.isProtected).toBe(isProtected);
});

test('[V45] one source is enough to protect, and its category is shown', () => {
  const records = [
    person('Ada', [['subjectCategory', 'suspect']]),
    person('Ada', [['subjectCategory', 'suspect']], { source: { reference: 'Report 1' } }),
    person('Ada', [['subjectCategory', 'victim']], { author: SOUTHVALE }),
  ];
  expect(project(...records).entity).toMatchObject({ isProtected: true, subjectCategory: 'victim' });
});

test('without a disclosed name the label is a pseudonym, and withheld claims are counted', () => {
  const full = person('Ada', [
    ['name', 'Ada Ample'],
    ['subjectCategory', 'victim'],
  ]);
  const half = { id: full.id, record: withhold(full.record, (claim) => claim.property === 'name') };
  expect(project(half).entity).toMatchObject({ withheld: 1, isProtected: true });
  expect(project(half).entity?.label).toMatch(/^Victim [0-9A-F]{4}$/);
});

test('[V46] first and last date come from events and validity', () => {
  const event = entity('Ada', 'event', [
    ['startOn', '2026-02'],
    ['endOn', '2026-03-04'],
    { property: 'name', value: 'x', validFrom: '2025' as never },
  ]);
  expect(project(event).entity).toMatchObject({ firstOn: '2025', lastOn: '2026-03-04' });
});

test('[V47] two positions for one subject in one chart: the record with the lowest id', () => {
  const [one, other] = [chart('Ada', 'Case', { Bo: [1, 1] }), chart('Ada', 'Case', { Bo: [2, 2], Cy: [3, 3] })];
  const placed = new Map(project(one, other).positions.map(({ subject, x }) => [subject, x]));
  expect(placed.get(subjectId('Bo'))).toBe(one.id < other.id ? 1 : 2);
  expect(placed.get(subjectId('Cy'))).toBe(3);
  expect(project(other, one)).toEqual(project(one, other));
});

test('[R16] members that are no subject ids, and positions that are none, are passed over', () => {
  const { id, record } = caseOf('Ada', ['Bo']);
  const odd = { id, record: { ...record, claims: [...record.claims, { property: 'member', value: 'nobody' }] } };
  expect(odd.record.kind === 'case' && [...membersOf(odd.record)]).toEqual([subjectId('Bo')]);
  const drawn = chart('Ada', 'Case', {});
  const claims = [{ property: 'position', value: { subject: 'nobody', x: 1, y: 1 } }];
  expect(project({ id: drawn.id, record: { ...drawn.record, claims } }).positions).toEqual([]);
});

test('the order of the records changes nothing', () => {
  const records = [
    named('Ada A'),
    named('Ada B', SOUTHVALE),
    entity('Ada', 'organisation', [['name', 'Ada Ltd']]),
    link('Ada', 'called', ['Bo', 'Cy']),
    link('Ada', 'paid', ['Cy', 'Bo'], { author: SOUTHVALE }),
    caseOf('Ada', ['Bo', 'Cy']),
    chart('Ada', 'Case', { Bo: [1, 1] }),
    chart('Ada', 'Case', { Bo: [2, 2] }, { author: SOUTHVALE }),
  ];
  const expected = project(...records);
  fc.assert(
    fc.property(fc.shuffledSubarray(records, { minLength: records.length }), (shuffled) => {
      expect(project(...shuffled)).toEqual(expected);
    }),
  );
});
