import { expect, test } from 'vitest';
import { caseDrawing, LINKS_AMONG, MEMBERS_AMONG, MOST_DRAWN } from '../../../src-main/store/drawing.ts';
import { IS_ATTESTED, RELEASED_OF } from '../../../src-main/store/batches.ts';
import { queryPlan } from '../../../src-main/store/connection.ts';
import { expand, EXPANSION, expansionCounts, EXPANSION_COUNTS } from '../../../src-main/store/expand.ts';
import { CHARTS_OF, saidOf, SAID_OF } from '../../../src-main/store/history.ts';
import { CHANGES_ORDER, ORDER_STATE } from '../../../src-main/store/case-orders.ts';
import { NEXT_TYPE, SCANS, SUBJECTS_OF, WALK_KIND } from '../../../src-main/store/members.ts';
import type { Store } from '../../../src-main/store/store.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import { compareText } from '../../../src-shared/crypto/hash.ts';
import {
  caseOf,
  chart,
  emptyStore,
  entity,
  link,
  NORTHMARK,
  person,
  storeWith,
  subjectId,
} from '../../support/store-builders.ts';

const CASE = subjectId('Operation Example');
const names = (count: number, prefix = 'Person'): string[] =>
  Array.from({ length: count }, (_, i) => `${prefix} ${String(i).padStart(4, '0')}`);

/** A case of some people, and of so many more that it is not drawn as a whole. */
function largeCase(more: readonly ReturnType<typeof person>[] = [], members: readonly string[] = []): Store {
  const people = names(MOST_DRAWN.entities + 1);
  return storeWith(
    ...people.map((name) => person(name)),
    ...more,
    caseOf('Operation Example', [...people, ...members]),
  );
}

const labelsOf = (rows: readonly { readonly label: string }[]): string[] => rows.map(({ label }) => label);

test('a case that fits is drawn as a whole, with the guests that are asked for and their links', () => {
  const store = storeWith(
    person('Ada'),
    person('Bea'),
    person('Guest'),
    link('in', 'knows', ['Ada', 'Bea']),
    link('out', 'knows', ['Bea', 'Guest']),
    link('not listed', 'knows', ['Bea', 'Ada']),
    caseOf('Operation Example', ['Ada', 'Bea', 'in']),
  );
  const plain = caseDrawing(store, CASE, { ours: NORTHMARK });
  expect(plain).toMatchObject({ isWhole: true, guests: [] });
  expect([plain?.entities.length, plain?.links.length]).toEqual([2, 1]);
  const visited = caseDrawing(store, CASE, { ours: NORTHMARK, also: [subjectId('Guest'), subjectId('Ada')] });
  expect(visited?.guests).toEqual([subjectId('Guest'), subjectId('out')]);
  expect(labelsOf(visited?.entities ?? []).toSorted()).toEqual(['Ada', 'Bea', 'Guest']);
  expect(visited?.links.map(({ id }) => id).toSorted()).toEqual([subjectId('in'), subjectId('out')].toSorted());
});

test('a case that is too large begins with the top of its table', () => {
  const drawing = caseDrawing(largeCase(), CASE, { ours: NORTHMARK });
  expect(drawing?.isWhole).toBe(false);
  expect(drawing?.case.entities).toBe(MOST_DRAWN.entities + 1);
  expect(labelsOf(drawing?.entities ?? []).toSorted()).toEqual(names(25));
});

test('a drawing that began with the top of the table keeps it when something comes to it', () => {
  const store = largeCase([person('Guest')]);
  const drawing = caseDrawing(store, CASE, { ours: NORTHMARK, also: [subjectId('Guest')] });
  expect(labelsOf(drawing?.entities ?? []).toSorted()).toEqual(['Guest', ...names(25)]);
});

test('a case that is too large begins with its saved drawing, and what is asked for comes to it', () => {
  const saved = chart('Drawing', 'Operation Example', { 'Person 0007': [1, 2], 'Person 0009': [3, 4] });
  const store = largeCase([saved, link('tie', 'knows', ['Person 0007', 'Guest']), person('Guest')]);
  const asked = { ours: NORTHMARK } as const;
  expect(labelsOf(caseDrawing(store, CASE, asked)?.entities ?? [])).toEqual(['Person 0007', 'Person 0009']);
  const more = caseDrawing(store, CASE, { ...asked, also: [subjectId('Guest')] });
  expect(labelsOf(more?.entities ?? [])).toEqual(['Person 0007', 'Person 0009', 'Guest']);
  expect(more?.positions).toHaveLength(2);
  expect(more?.guests).toEqual([subjectId('Guest'), subjectId('tie')]);
  const only = caseDrawing(store, CASE, { ...asked, only: [subjectId('Guest')] });
  expect(labelsOf(only?.entities ?? [])).toEqual(['Guest']);
  expect(only?.positions).toEqual([]);
});

const hub = (): Store =>
  storeWith(
    person('Hub'),
    ...names(5).map((name) => person(name)),
    ...names(3, 'Phone').map((name) => entity(name, 'phone', [['number', name]])),
    ...names(5).map((name) => link(`to ${name}`, 'knows', ['Hub', name])),
    ...names(3, 'Phone').map((name) => link(`from ${name}`, 'uses', [name, 'Hub'])),
    link('again', 'uses', ['Hub', 'Phone 0000']),
  );
const HUB = subjectId('Hub');

test('an expansion says how much of which kind would come before it does', () => {
  expect(expansionCounts(hub(), HUB, [])).toEqual([
    { type: 'person', entities: 5 },
    { type: 'person', direction: 'out', entities: 5 },
    { type: 'phone', entities: 3 },
    { type: 'phone', direction: 'in', entities: 3 },
    { type: 'phone', direction: 'out', entities: 1 },
  ]);
  const there = [subjectId('Phone 0000'), ...names(5).map(subjectId)];
  expect(expansionCounts(hub(), HUB, there)).toEqual([
    { type: 'phone', entities: 2 },
    { type: 'phone', direction: 'in', entities: 2 },
  ]);
});

test('an expansion brings what is asked for and not there yet, and no more than the limit', () => {
  const store = hub();
  const reached = (more: object): SubjectId[] =>
    expand(store, HUB, { limit: 100, ...more })
      .map(({ other }) => other.id)
      .toSorted(compareText);
  const phones = names(3, 'Phone').map(subjectId).toSorted(compareText);
  expect(new Set(reached({ types: ['phone'] }))).toEqual(new Set(phones));
  expect(reached({ types: ['phone'], direction: 'in' })).toEqual(phones);
  expect(reached({ types: ['phone'], direction: 'out' })).toEqual([subjectId('Phone 0000')]);
  expect(reached({ limit: 2 })).toHaveLength(2);
  const first = reached({ limit: 4 });
  expect(reached({ exclude: first }).filter((id) => first.includes(id))).toEqual([]);
});

test('what is said of a case is told without its long lists', () => {
  const store = largeCase();
  const { records, total } = saidOf(store, CASE, 10);
  expect(total).toBe(1);
  expect(records[0]?.record.claims.some((claim) => 'property' in claim && claim.property === 'title')).toBe(true);
  const bare = storeWith(
    ...names(700).map((name) => person(name)),
    caseOf('Operation Example', []),
    listOf(names(700)),
  );
  expect(
    saidOf(bare, CASE, 10)
      .records.map(({ record }) => record.claims.length)
      .toSorted((one, other) => one - other),
  ).toEqual([0, 1]);
  expect(saidOf(bare, CASE, 1)).toMatchObject({ records: [{}], total: 2 });
});

/** A record that lists members and says nothing else. */
function listOf(members: readonly string[]) {
  const listed = caseOf('Operation Example', members, { seed: 'list' });
  const claims = listed.record.claims.filter((claim) => !('property' in claim) || claim.property !== 'title');
  return { ...listed, record: { ...listed.record, claims } };
}

test.each(
  Object.entries({
    CHARTS_OF,
    EXPANSION,
    EXPANSION_COUNTS,
    LINKS_AMONG,
    MEMBERS_AMONG,
    NEXT_TYPE,
    SAID_OF,
    IS_ATTESTED,
    RELEASED_OF,
    SUBJECTS_OF,
    WALK_KIND,
    ORDER_STATE,
    CHANGES_ORDER,
    ...Object.fromEntries(
      Object.entries(SCANS).flatMap(([sort, { up, down }]) => [
        [`SCANS ${sort} up`, up],
        [`SCANS ${sort} down`, down],
      ]),
    ),
  }),
)('%s scans no table', (_, sql) => {
  const tables = /^SCAN (subjects|records|entities|links|case_members|[oselrbxm])( |$)/;
  expect(
    queryPlan(emptyStore(), sql)
      .split('\n')
      .filter((step) => tables.test(step)),
  ).toEqual([]);
});

test('[V40] links of what is drawn and hops of an expansion are found by the index of either end', () => {
  for (const sql of [LINKS_AMONG, EXPANSION, EXPANSION_COUNTS]) {
    const plan = queryPlan(emptyStore(), sql);
    expect(plan).toMatch(/INDEX \w+ \(src=\?/);
    expect(plan).toMatch(/INDEX \w+ \(dst=\?/);
  }
});
