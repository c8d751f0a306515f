import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { compareUtf8 } from '../../../src-shared/crypto/hash.ts';
import { keyPrefixes, searchQuery } from '../../../src-shared/matching/search-query.ts';
import { answeringKey, findEntities } from '../../../src-main/store/search.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { caseOf, entity, person, put, emptyStore, storeWith, subjectId } from '../../support/store-builders.ts';

/** V83–V85: the quick way through ranges of keys finds what comparing every entity finds, in the same order, and no order of arrival shows. */

const word = fc.constantFrom(
  'Anna',
  'Ann',
  'Berg',
  'Bergman',
  'Ёлкина',
  '小明',
  'O’Neil',
  'محمد',
  'Ødegård',
  'li',
  'a',
  '𝒲',
);
const name = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
const number = fc.integer({ min: 0, max: 99 }).map((n) => `+44 7700 9001${String(n).padStart(2, '0')}`);
const someone = fc.record({ name, alias: name, note: name, number });
const typed = fc.oneof(
  name,
  name.map((text) => text.slice(0, 4)),
  number,
  number.map((text) => text.slice(-4)),
  fc.constantFrom('07700 9001', 'ann b', 'berg a', 'xiao', 'elk'),
);

test('[V83] [V85] what is found and its order are those of the rules, whatever came first', () => {
  fc.assert(
    fc.property(fc.uniqueArray(someone, { minLength: 1, maxLength: 12 }), typed, fc.nat(6), (people, text, limit) => {
      const records = people.flatMap(({ name: called, alias, note, number: phone }, i) => [
        person(`p${i}`, [
          ['name', called],
          ['alias', alias],
          ['note', note],
        ]),
        entity(`n${i}`, 'phone', [['number', phone]]),
      ]);
      const store = storeWith(...records);
      const backwards = emptyStore();
      for (const record of records.toReversed()) put(backwards, [record]);
      const expected = reference(store, text);
      const asked = { text, limit: limit + 1 };
      const answer = findEntities(store, asked);
      expect(answer.hits.map(({ id }) => id)).toEqual(expected.slice(0, asked.limit));
      expect(answer.more).toBe(expected.length > asked.limit);
      expect(answer.isComplete).toBe(true);
      expect(findEntities(backwards, asked)).toEqual(answer);
      expect(findEntities(store, { ...asked, types: ['person', 'phone'] })).toEqual(answer);
      expect(findEntities(store, { ...asked, isProtected: false })).toEqual(answer);
    }),
    { numRuns: 25 },
  );
});

test('[V83] a label that begins with it, another word of a name, an alias, an identifier, its end, words anywhere', () => {
  const store = storeWith(
    person('text', [
      ['name', 'Cy'],
      ['note', 'the 4711 of Anna'],
    ]),
    entity('ending', 'vehicle', [['plate', 'B-XY 4711']]),
    entity('identifier', 'vehicle', [['plate', '4711-B']]),
    person('alias', [
      ['name', 'Bo'],
      ['alias', '4711 Anna'],
    ]),
    person('name', [['name', 'Bar 4711']]),
    person('label', [['name', '4711 Bar']]),
  );
  const { hits } = findEntities(store, { text: '4711', limit: 10 });
  expect(hits.map(({ matched }) => matched.by)).toEqual(['label', 'label', 'name', 'alias', 'ending', 'text']);
  expect(hits.map(({ label }) => label)).toEqual(['4711-B', '4711 Bar', 'Bar 4711', 'Bo', 'B-XY 4711', 'Cy']);
});

test('[V85] what was typed exactly comes before what only begins with it', () => {
  const store = storeWith(
    ...['Annabel Stone', 'Anna', 'Anna Ample', 'Annals'].map((each) => person(each, [['name', each]])),
  );
  const { hits } = findEntities(store, { text: 'anna', limit: 10 });
  expect(hits.map(({ label }) => label)).toEqual(['Anna', 'Anna Ample', 'Annabel Stone', 'Annals']);
});

test('[V83] words in any order and words of several values are found', () => {
  const store = storeWith(
    person('1', [
      ['name', 'Ida Maria Testova'],
      ['note', 'seen at the harbour'],
    ]),
  );
  for (const text of ['testova ida', 'maria testova ida', 'ida testova', 'testova harbour', 'maria t h'])
    expect([text, findEntities(store, { text, limit: 5 }).hits.length]).toEqual([text, 1]);
});

test('[V87] a filter that leaves out nearly everything says that not everything was tried', () => {
  const store = storeWith(
    ...Array.from({ length: 1300 }, (_, i) => person(`Anna ${i}`, [['name', `Anna ${i}`]])),
    person('last', [
      ['name', 'Anna Zzz'],
      ['subjectCategory', 'victim'],
    ]),
  );
  const asked = { text: 'anna', limit: 5 } as const;
  expect(findEntities(store, { ...asked, isProtected: true })).toMatchObject({
    hits: [{ label: 'Anna Zzz', matched: { by: 'label' } }],
    more: false,
    isComplete: false,
  });
  expect(findEntities(store, { ...asked, text: 'anna z', isProtected: true })).toMatchObject({
    hits: [{ id: subjectId('last') }],
    isComplete: true,
  });
  put(store, [caseOf('Operation Example', ['last', 'Anna 3'])]);
  expect(findEntities(store, { ...asked, isProtected: true, case: subjectId('Operation Example') })).toMatchObject({
    hits: [{ label: 'Anna Zzz' }],
    more: false,
    isComplete: true,
  });
});

const Row = z.object({ uid: z.string(), label: z.string(), keys: z.string(), words: z.string() });

/** Every entity, one by one. */
function reference(store: Store, text: string): string[] {
  const query = searchQuery(text);
  if (query === undefined) return [];
  const rows = store.sqlite
    .prepare(
      `SELECT lower(hex(s.uid)) AS uid, e.label, t.keys, t.words FROM entities e JOIN subjects s USING (id) JOIN entity_texts t ON t.rowid = e.id`,
    )
    .all();
  const found = z
    .array(Row)
    .parse(rows)
    .flatMap(({ uid, label, keys, words }) => {
      const row = { entity: 0, tie: '', label, words, keys };
      const key = answeringKey(row, query, keyPrefixes(query));
      return key === undefined ? [] : [{ key, uid }];
    });
  return found
    .toSorted((one, other) => compareUtf8(one.key, other.key) || compareUtf8(one.uid.slice(24), other.uid.slice(24)))
    .map(({ uid }) =>
      [8, 4, 4, 4, 12]
        .reduce<[string[], number]>(([parts, at], n) => [[...parts, uid.slice(at, at + n)], at + n], [[], 0])[0]
        .join('-'),
    );
}
