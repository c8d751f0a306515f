import { expect, test } from 'vitest';
import { caseRecords, identities, liveRecords, retractionsOf } from '../../../src-main/store/history.ts';
import { externalIds } from '../../../src-main/store/external-ids.ts';
import { neighbourCounts, neighbours } from '../../../src-main/store/neighbours.ts';
import {
  caseChart,
  caseList,
  caseMembers,
  caseRow,
  casesOf,
  entityRows,
  linkRows,
  statusCounts,
  subjectKind,
} from '../../../src-main/store/queries.ts';
import { caseFingerprint } from '../../../src-main/store/fingerprint.ts';
import { withhold } from '../../../src-shared/records/redact.ts';
import {
  caseOf,
  chart,
  entity,
  identity,
  link,
  NORTHMARK,
  person,
  put,
  retract,
  SOUTHVALE,
  storeWith,
  subjectId,
} from '../../support/store-builders.ts';

const records = [
  person('Ada'),
  person(
    'Bo',
    [
      ['name', 'Bo'],
      ['subjectCategory', 'victim'],
    ],
    { author: SOUTHVALE },
  ),
  entity('phone', 'phone', [
    ['number', '+44 7700 900123'],
    ['externalId', 'P1'],
  ]),
  person('Outside'),
  link('Ada-Bo', 'associate-of', ['Ada', 'Bo']),
  link('Ada-phone', 'uses', ['Ada', 'phone']),
  link('Ada-Outside', 'called', ['Outside', 'Ada']),
  link('Ada-Gone', 'called', ['Ada', 'Gone']),
  caseOf('Operation Example', ['Ada', 'Bo', 'phone', 'Ada-Bo', 'Ada-phone', 'Ada-Gone', 'Gone']),
  chart('Northmark drawing', 'Operation Example', { Ada: [1, 2], Bo: [3, 4] }),
  chart('Southvale drawing', 'Operation Example', { Ada: [9, 9], phone: [5, 6] }, { author: SOUTHVALE }),
  identity('same', 'Ada', 'Bo'),
  identity('not-same', 'Ada', 'Outside'),
];
const CASE = subjectId('Operation Example');

test('the status counts what can be drawn, and apart from it what cannot', () => {
  expect(statusCounts(storeWith(...records))).toMatchObject({
    entities: 4,
    links: 3,
    undrawnLinks: 1,
    records: 13,
    cases: 1,
  });
});

test('a case’s chart has its members, drawable links, degrees in the whole store and our positions before others’', () => {
  const found = caseChart(storeWith(...records), CASE, { ours: NORTHMARK });
  expect(found?.case).toMatchObject({ title: 'Operation Example', entities: 3, links: 2, authors: [NORTHMARK] });
  expect(new Map(found?.entities.map(({ label, degree }) => [label, degree]))).toEqual(
    new Map([
      ['Ada', 3],
      ['Bo', 1],
      ['+44 7700 900123', 1],
    ]),
  );
  expect(found?.links.map(({ type }) => type).toSorted()).toEqual(['associate-of', 'uses']);
  expect(new Map(found?.positions.map(({ subject, x }) => [subject, x]))).toEqual(
    new Map([
      [subjectId('Ada'), 1],
      [subjectId('Bo'), 3],
      [subjectId('phone'), 5],
    ]),
  );
  const theirs = caseChart(storeWith(...records), CASE, { ours: SOUTHVALE });
  expect(theirs?.positions.find(({ subject }) => subject === subjectId('Ada'))?.x).toBe(9);
});

test('what is not there is not found', () => {
  const store = storeWith(...records);
  expect(caseChart(store, subjectId('No case'), { ours: NORTHMARK })).toBeUndefined();
  expect(caseRow(store, subjectId('Ada'))).toBeUndefined();
  expect(entityRows(store, [subjectId('Nobody'), CASE])).toEqual([]);
  expect(linkRows(store, [subjectId('Ada')])).toEqual([]);
  expect(neighbours(store, subjectId('Nobody'), { limit: 9 })).toEqual([]);
  expect(subjectKind(store, subjectId('Nobody'))).toBeUndefined();
});

test('subjects know what they are and where they belong', () => {
  const store = storeWith(...records);
  expect(
    [CASE, subjectId('Ada'), subjectId('Ada-Bo'), subjectId('Northmark drawing')].map((id) => subjectKind(store, id)),
  ).toEqual(['case', 'entity', 'link', 'chart']);
  expect(casesOf(store, subjectId('Ada'))).toEqual([{ id: CASE, title: 'Operation Example' }]);
  expect(caseMembers(store, CASE)).toHaveLength(7);
});

test('neighbours come with their links and directions, by type and up to a limit', () => {
  const store = storeWith(...records);
  const found = neighbours(store, subjectId('Ada'), { limit: 9 });
  expect(found.map(({ other, direction }) => `${other.label} ${direction}`).toSorted()).toEqual([
    '+44 7700 900123 out',
    'Bo out',
    'Outside in',
  ]);
  expect(neighbours(store, subjectId('Ada'), { types: ['uses'], limit: 9 })).toHaveLength(1);
  expect(neighbours(store, subjectId('Ada'), { limit: 2 })).toHaveLength(2);
  expect(neighbourCounts(store, subjectId('Ada'))).toEqual([
    { type: 'associate-of', direction: 'out', count: 1 },
    { type: 'called', direction: 'in', count: 1 },
    { type: 'uses', direction: 'out', count: 1 },
  ]);
});

test('a link of an entity to itself is one link', () => {
  const store = storeWith(person('Ada'), link('self', 'related-to', ['Ada', 'Ada']));
  expect(entityRows(store, [subjectId('Ada')])[0]?.degree).toBe(1);
  expect(neighbours(store, subjectId('Ada'), { limit: 9 })).toHaveLength(1);
});

test('the records of a case are its own, its charts’, its members’ and the identities between members', () => {
  const store = storeWith(...records);
  const kinds = caseRecords(store, CASE).map(({ record }) => record.kind);
  expect(kinds.toSorted()).toEqual([
    'case',
    'chart',
    'chart',
    'entity',
    'entity',
    'entity',
    'link',
    'link',
    'link',
    'same',
  ]);
  const ids = caseRecords(store, CASE).map(({ id }) => id);
  expect(ids).toEqual(ids.toSorted());
  expect(liveRecords(store, [subjectId('Ada'), subjectId('Bo')])).toHaveLength(2);
});

test('identities are listed on both subjects', () => {
  const store = storeWith(...records);
  const others = new Map(identities(store, subjectId('Ada')).map(({ kind, other }) => [kind, other]));
  expect(others).toEqual(
    new Map([
      ['same', subjectId('Bo')],
      ['not-same', subjectId('Outside')],
    ]),
  );
  expect(identities(store, subjectId('Bo'))).toMatchObject([
    { kind: 'same', other: subjectId('Ada'), reason: 'the same phone' },
  ]);
});

test('ids of an imported file lead to their subjects', () => {
  expect([...externalIds(storeWith(...records), CASE)].flat()).toMatchObject([
    { externalId: 'P1', subject: subjectId('phone') },
  ]);
});

test('the retract records of held and of erased records are found, and only their authors’', () => {
  const [ada, bo] = [person('Ada'), person('Bo')];
  const [erased, corrected, foreign] = [
    retract([ada], 'erase'),
    retract([bo], 'correct'),
    retract([bo], 'correct', { author: SOUTHVALE }),
  ];
  const store = storeWith(ada, bo, erased, corrected, foreign);
  expect(retractionsOf(store, [ada.id, bo.id]).map(({ id }) => id)).toEqual([erased.id, corrected.id].toSorted());
});

test('[V48] two agencies’ fingerprints of a case agree although one holds less of its claims, and differ when a record is missing', () => {
  const full = storeWith(...records);
  const redacted = storeWith(
    ...records.map(({ id, record }) => ({
      id,
      record: withhold(record, (claim) => record.commitment === 'claims' && claim.property === 'name'),
    })),
  );
  expect(caseFingerprint(redacted, CASE)).toBe(caseFingerprint(full, CASE));
  put(full, [person('Ada', [['name', 'Ada A']], { source: { reference: 'Report 9' } })]);
  expect(caseFingerprint(full, CASE)).not.toBe(caseFingerprint(redacted, CASE));
});

test('the case that was changed last is listed first', () => {
  const store = storeWith(
    caseOf('Older', [], { created: '2026-01-01T00:00:00.000Z' }),
    caseOf('Newer', [], { created: '2026-02-01T00:00:00.000Z' }),
  );
  expect(caseList(store).map(({ title }) => title)).toEqual(['Newer', 'Older']);
});
