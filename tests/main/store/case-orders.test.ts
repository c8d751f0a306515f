import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCaseOrders } from '../../../src-main/store/case-orders.ts';
import type { MemberOrder, Without } from '../../../src-main/store/members.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { overlaps } from '../../../src-shared/domain/period.ts';
import type { Period } from '../../../src-shared/domain/period.ts';
import type { Claims } from '../../support/store-builders.ts';
import {
  caseOf,
  chart,
  entity,
  link,
  NORTHMARK,
  person,
  put,
  SOUTHVALE,
  storeWith,
  subjectId,
} from '../../support/store-builders.ts';

const CASE = subjectId('Operation Example');
const labelsOf = (rows: readonly { readonly label: string }[]): string[] => rows.map(({ label }) => label);
const bytewise = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

/** All of an order, and each piece of it asked for alone and in any sequence. */
function wholeOf(store: Store, order: MemberOrder) {
  return createCaseOrders(store).page(CASE, order, 0, 1000);
}

test('any piece of a case is that piece of the whole, by label and by kind, up and down, walked or sorted', () => {
  const kinds = ['person', 'phone', 'vehicle'] as const;
  const Item = fc.record({
    label: fc.constantFrom('A', 'a', 'ä', 'Z', '字', 'A b'),
    kind: fc.constantFrom(...kinds),
    isIn: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(Item, { maxLength: 40 }),
      fc.array(fc.record({ at: fc.nat(45), limit: fc.integer({ min: 1, max: 7 }) }), { minLength: 1, maxLength: 6 }),
      fc.constantFrom('label' as const, 'kind' as const),
      fc.boolean(),
      (items, pieces, sort, isDescending) => {
        const named = items.map((item, i) => ({ ...item, name: `${i}` }));
        const property = { person: 'name', phone: 'number', vehicle: 'registration' } as const;
        const store = storeWith(
          ...named.map(({ name, label, kind }) => entity(name, kind, [[property[kind], label]])),
          caseOf(
            'Operation Example',
            named.filter(({ isIn }) => isIn).map(({ name }) => name),
          ),
        );
        const order = { sort, isDescending };
        const whole = wholeOf(store, order);
        const keys = whole.rows.map((row) => (sort === 'kind' ? row.type : row.label));
        expect(keys).toEqual(keys.toSorted((one, other) => (isDescending ? -1 : 1) * bytewise(one, other)));
        const expected = named.filter(({ isIn }) => isIn).map(({ name }) => subjectId(name));
        expect(whole.rows.map(({ id }) => id).toSorted()).toEqual(expected.toSorted());
        const orders = createCaseOrders(store);
        for (const { at, limit } of pieces) {
          const piece = orders.page(CASE, order, at, limit);
          expect(labelsOf(piece.rows)).toEqual(labelsOf(whole.rows.slice(at, at + limit)));
          expect(piece.total).toBe(expected.length);
        }
      },
    ),
    { numRuns: 30 },
  );
});

test('by a date, what has none comes last whichever way', () => {
  const store = storeWith(
    entity('1', 'event', [
      ['name', 'Later'],
      ['startOn', '2025-02'],
    ]),
    entity('2', 'event', [
      ['name', 'Earlier'],
      ['startOn', '2024'],
    ]),
    entity('3', 'event', [['name', 'Undated']]),
    caseOf('Operation Example', ['1', '2', '3']),
  );
  const ids = (order: MemberOrder) => wholeOf(store, order).rows.map(({ id }) => id);
  expect(ids({ sort: 'firstOn' })).toEqual(['2', '1', '3'].map(subjectId));
  expect(ids({ sort: 'lastOn', isDescending: true })).toEqual(['1', '2', '3'].map(subjectId));
});

test('an order can hold some kinds only, and only what may have been there in a period', () => {
  const Day = fc.constantFrom(
    '2023',
    '2024',
    '2024-05',
    '2024-05-17',
    '2024-06~',
    '2025-01-01?',
    '2024/2026',
    '2024-05-17T10:00Z',
  );
  const Edge = fc.option(fc.constantFrom('2024', '2024-05', '2024-05-17', '2024-06', '2026'), { nil: undefined });
  fc.assert(
    fc.property(
      fc.array(fc.option(Day, { nil: undefined }), { maxLength: 12 }),
      Edge,
      Edge,
      fc.boolean(),
      (days, from, to, undated) => {
        const events = days.map((day, i) =>
          entity(`${i}`, 'event', [['name', `E ${i}`], ...(day === undefined ? [] : [['startOn', day] as const])]),
        );
        const all = days.map((_, i) => `${i}`);
        const store = storeWith(...events, person('Nobody'), caseOf('Operation Example', [...all, 'Nobody']));
        const period: Period = { undated, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
        const { rows, total } = wholeOf(store, { sort: 'label', types: ['event'], period });
        const every = wholeOf(store, { sort: 'label', types: ['event'] });
        expect(labelsOf(rows)).toEqual(labelsOf(every.rows.filter((row) => overlaps(period, row))));
        expect(total).toBe(rows.length);
      },
    ),
    { numRuns: 60 },
  );
});

const NOTHING: Without = { looks: [], categories: ['person:victim'], grades: [], authors: [], markings: [] };

const graded = (source: 'A' | 'B', seed: string, author = NORTHMARK) =>
  ({ source: { grade: { scheme: 'europol-4x4', source, information: '2' } }, seed, author }) as const;

test('what is switched off is not there: a look, a marking, the only author; one of two grades is enough to stay', () => {
  const other: Claims = [
    ['name', 'W'],
    ['subjectCategory', 'business-contact'],
  ];
  const store = storeWith(
    entity(
      'victim',
      'person',
      [
        ['name', 'V'],
        ['subjectCategory', 'victim'],
      ],
      graded('B', '1'),
    ),
    entity('other', 'person', other, graded('B', '2')),
    entity('other', 'person', other, graded('A', '3', SOUTHVALE)),
    person('P', [['name', 'P']], { handling: { tlp: 'TLP:RED' } }),
    entity('phone', 'phone', [['number', '+44 7700 900111']]),
    caseOf('Operation Example', ['victim', 'other', 'P', 'phone']),
  );
  const left = (without: Partial<Without>) =>
    labelsOf(wholeOf(store, { sort: 'label', without: { ...NOTHING, ...without } }).rows);
  const all = left({});
  expect(all).toHaveLength(4);
  expect(left({ looks: ['person:victim'] })).toEqual(all.filter((label) => label !== 'V'));
  expect(left({ looks: ['person'] })).toEqual(all.filter((label) => label !== 'W' && label !== 'P'));
  expect(left({ looks: ['phone', 'person:victim'] })).toEqual(['P', 'W']);
  expect(left({ grades: ['europol-4x4:B2'] })).toEqual(all.filter((label) => label !== 'V'));
  expect(left({ grades: ['', 'europol-4x4:B2'] })).toEqual(['W']);
  expect(left({ markings: ['TLP:RED'] })).toEqual(all.filter((label) => label !== 'P'));
  expect(left({ authors: [NORTHMARK] })).toEqual(['W']);
});

test('an order that is kept is made anew when members or names change, and not for a drawing', () => {
  const people = Array.from({ length: 30 }, (_, i) => `Person ${String(i).padStart(2, '0')}`);
  const store = storeWith(
    ...people.map((name) => person(name)),
    person('A first'),
    caseOf('Operation Example', people),
  );
  const orders = createCaseOrders(store);
  const first = () => labelsOf(orders.page(CASE, { sort: 'label', isDescending: true }, 29, 5).rows);
  expect(first()).toEqual(['Person 00']);
  put(store, [chart('Drawing', 'Operation Example', { 'Person 01': [1, 2] })]);
  put(store, [link('tie', 'knows', ['Person 01', 'Person 02'])]);
  expect(first()).toEqual(['Person 00']);
  put(store, [caseOf('Operation Example', ['A first'], { seed: 'more' })]);
  expect(first()).toEqual(['Person 00', 'A first']);
});
