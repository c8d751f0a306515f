import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PartialDate } from '../../../src-shared/domain/partial-date.ts';
import { findEntities as search } from '../../../src-main/store/search.ts';
import type { Search } from '../../../src-main/store/search.ts';
import type { Store } from '../../../src-main/store/store.ts';
import type { SearchHit } from '../../../src-main/store/types.ts';
import {
  agencyId,
  caseOf,
  entity,
  NORTHMARK,
  person,
  put,
  retract,
  SOUTHVALE,
  storeWith,
  subjectId,
} from '../../support/store-builders.ts';

function findEntities(store: Store, asked: Search): readonly SearchHit[] {
  return search(store, asked).hits;
}

const day = (text: string): PartialDate => PartialDate.parse(text);

function labels(store: Store, text: string, more: Partial<Search> = {}): string[] {
  return findEntities(store, { text, limit: 20, ...more }).map(({ label }) => label);
}

const store = storeWith(
  person('1', [
    ['name', 'Marta Kowalska'],
    ['alias', 'Wróbel'],
    ['note', 'seen with Anton at the harbour'],
  ]),
  person('2', [['name', 'Anton Berg']]),
  person('3', [
    ['name', 'Jan Berg'],
    ['alias', 'Anton'],
  ]),
  person('4', [['name', 'محمد الأحمد']]),
  person('5', [['name', '王小明']]),
  person('6', [['name', 'Γιώργος Παπαδόπουλος']]),
  person('7', [['name', 'Наталья Ёлкина']]),
  entity('8', 'phone', [['number', '+44 7700 900123']]),
  entity('9', 'vehicle', [['plate', 'B-XY 4711']]),
  entity('10', 'organisation', [['name', 'Anton & Söhne GmbH']]),
  caseOf('Operation Example', ['2', '8']),
);

test('a name is found by the beginning of any of its words, whatever the case and the accents', () => {
  expect(labels(store, 'kowal')).toEqual(['Marta Kowalska']);
  expect(labels(store, 'MARTA k')).toEqual(['Marta Kowalska']);
  expect(labels(store, 'wrobel')).toEqual(['Marta Kowalska']);
  expect(labels(store, 'sohne')).toEqual(['Anton & Söhne GmbH']);
});

test('names come before aliases, aliases before free text', () => {
  expect(labels(store, 'anton')).toEqual(['Anton Berg', 'Anton & Söhne GmbH', 'Jan Berg', 'Marta Kowalska']);
});

test.each([
  ['Arabic', 'الأحمد', 'محمد الأحمد'],
  ['Arabic in Latin letters', 'mhmd', 'محمد الأحمد'],
  ['Chinese, from the middle', '小明', '王小明'],
  ['Greek without accents', 'γιωργος', 'Γιώργος Παπαδόπουλος'],
  ['Cyrillic with another letter for one', 'елкина', 'Наталья Ёлкина'],
  ['Cyrillic in Latin letters', 'natal', 'Наталья Ёлкина'],
])('%s is found', (_, text, label) => {
  expect(labels(store, text)).toEqual([label]);
});

test.each(['+447700900123', '07700 900123', '7700900', '(0044) 7700-900-123'])('a phone is found as %s', (text) => {
  expect(findEntities(store, { text, limit: 5 }).map(({ id }) => id)).toEqual([subjectId('8')]);
});

test('a plate is found however it is spaced', () => {
  for (const text of ['BXY4711', 'b xy 4711', 'b-xy'])
    expect(findEntities(store, { text, limit: 5 })[0]?.id).toBe(subjectId('9'));
});

test('a hit says what matched', () => {
  expect(findEntities(store, { text: 'wrobel', limit: 1 })[0]).toMatchObject({
    id: subjectId('1'),
    type: 'person',
    label: 'Marta Kowalska',
    matched: { property: 'alias', value: 'Wróbel' },
  });
  expect(findEntities(store, { text: 'harbour', limit: 1 })[0]?.matched.property).toBe('note');
});

test('what was typed may be spread over several values', () => {
  expect(labels(store, 'marta harbour')).toEqual(['Marta Kowalska']);
  expect(labels(store, 'marta berg')).toEqual([]);
});

test('a search can be limited to types, to a case and in number', () => {
  expect(labels(store, 'anton', { types: ['organisation'] })).toEqual(['Anton & Söhne GmbH']);
  expect(labels(store, 'anton', { types: [] })).toEqual([]);
  expect(labels(store, 'anton', { case: subjectId('Operation Example') })).toEqual(['Anton Berg']);
  expect(labels(store, 'anton', { case: subjectId('No such case') })).toEqual([]);
  expect(labels(store, 'anton', { limit: 2 })).toHaveLength(2);
});

test('[V88] a hit says which property matched, in whose words, and what of it was typed', () => {
  const graded = storeWith(
    person(
      'Marta',
      [
        ['name', 'Marta Kowalska'],
        ['alias', 'Wróbel'],
      ],
      { source: { grade: { scheme: 'europol-4x4', source: 'B', information: '2' } } },
    ),
    person('Marta', [['alias', 'Wróbel']], { author: SOUTHVALE }),
    person('Marta', [['alias', 'Sparrow']], { author: SOUTHVALE }),
  );
  expect(findEntities(graded, { text: 'wrob', limit: 1 })[0]).toMatchObject({
    label: 'Marta Kowalska',
    labelRanges: [],
    matched: { by: 'alias', property: 'alias', label: 'Also known as', value: 'Wróbel', ranges: [[0, 4]] },
  });
  const sources = findEntities(graded, { text: 'wrob', limit: 1 })[0]?.sources ?? [];
  expect(new Map(sources.map(({ author, grade }) => [author, grade?.source]))).toEqual(
    new Map([
      [NORTHMARK, 'B'],
      [SOUTHVALE, undefined],
    ]),
  );
  expect(findEntities(graded, { text: 'sparrow', limit: 1 })[0]?.sources).toEqual([{ author: SOUTHVALE }]);
  expect(findEntities(graded, { text: 'kowalska ma', limit: 1 })[0]).toMatchObject({
    labelRanges: [
      [0, 2],
      [6, 14],
    ],
    matched: { by: 'name' },
  });
});

test('[V88] of a long text only what is around the match is shown', () => {
  const long = `${'lorem ipsum '.repeat(40)}Wróbel was here ${'dolor '.repeat(40)}`;
  const [hit] = findEntities(storeWith(person('1', [['note', long]])), { text: 'wrobel', limit: 1 });
  const { value = '', ranges = [] } = hit?.matched ?? {};
  expect(value.length).toBeLessThan(170);
  expect(ranges.map(([from, to]) => value.slice(from, to))).toEqual(['Wróbel']);
});

test('[V86] a search can be limited to who says it, how it is graded and marked, and when it was', () => {
  const limited = storeWith(
    person('1', [['name', 'Anna One']], {
      source: { grade: { scheme: 'europol-4x4', source: 'B', information: '2' } },
    }),
    person('2', [{ property: 'name', value: 'Anna Two', validFrom: day('2019'), validTo: day('2020-03') }], {
      author: SOUTHVALE,
    }),
    person(
      '3',
      [
        ['name', 'Anna Three'],
        ['subjectCategory', 'victim'],
      ],
      { handling: { tlp: 'TLP:RED' } },
    ),
  );
  const found = (more: Partial<Search>): string[] => labels(limited, 'anna', more).toSorted();
  expect(found({ agencies: [SOUTHVALE] })).toEqual(['Anna Two']);
  expect(found({ agencies: [SOUTHVALE, NORTHMARK] })).toHaveLength(3);
  expect(found({ agencies: [agencyId('Nobody')] })).toEqual([]);
  expect(found({ agencies: [] })).toEqual([]);
  expect(found({ grades: ['europol-4x4:B2'] })).toEqual(['Anna One']);
  expect(found({ grades: ['europol-4x4:B'] })).toEqual([]);
  expect(found({ tlp: ['TLP:RED'] })).toEqual(['Anna Three']);
  expect(found({ categories: ['victim'] })).toEqual(['Anna Three']);
  expect(found({ isProtected: false })).toEqual(['Anna One', 'Anna Two']);
  expect(found({ agencies: [NORTHMARK], isProtected: false })).toEqual(['Anna One']);
});

test.each([
  [{ from: '2018' }, true],
  [{ from: '2020' }, true],
  [{ from: '2020-03-31' }, true],
  [{ from: '2020-04' }, false],
  [{ to: '2018-12' }, false],
  [{ to: '2019' }, true],
  [{ to: '2019-01-01' }, true],
  [{ from: '2019-06', to: '2019-07' }, true],
])('[V86] a period from 2019 to 2020-03 and %j touch: %s', (period, isFound) => {
  const dated = storeWith(
    person('1', [{ property: 'name', value: 'Anna', validFrom: day('2019'), validTo: day('2020-03') }]),
    person('2', [['name', 'Anna without dates']]),
  );
  expect(labels(dated, 'anna', period)).toEqual(isFound ? ['Anna'] : []);
});

test('there is more than the limit, or there is not', () => {
  expect(search(store, { text: 'anton', limit: 4 })).toMatchObject({ more: false, isComplete: true });
  expect(search(store, { text: 'anton', limit: 3 })).toMatchObject({ more: true, isComplete: true });
});

test.each([
  '',
  '   ',
  '"',
  '*',
  'a"b',
  'names:',
  'NEAR(',
  'x AND',
  'OR',
  '(',
  '-',
  '^',
  '{names} : a',
  'a*'.repeat(10_000),
])('query syntax is only text: %j', (text) => {
  expect(Array.isArray(findEntities(store, { text: text.slice(0, 512), limit: 5 }))).toBe(true);
});

test('any text is a search', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      expect(findEntities(store, { text, limit: 3 }).length).toBeLessThanOrEqual(3);
    }),
  );
});

test('what was retracted or renamed is not found any more', () => {
  const ada = person('Ada', [['name', 'Ada Ample']]);
  const fresh = storeWith(ada);
  expect(labels(fresh, 'ample')).toEqual(['Ada Ample']);
  put(fresh, [person('Ada', [['name', 'Ada Stone']], { supersedes: [ada.id] })]);
  expect(labels(fresh, 'ample')).toEqual([]);
  expect(labels(fresh, 'stone')).toEqual(['Ada Stone']);
  put(fresh, [retract([person('Ada', [['name', 'Ada Stone']], { supersedes: [ada.id] })], 'erase')]);
  expect(labels(fresh, 'stone')).toEqual([]);
});
