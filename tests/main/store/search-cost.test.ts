import { expect, test } from 'vitest';
import { queryPlan } from '../../../src-main/store/connection.ts';
import { HELD_TEXT, KEYS_OF_SOME, REMOVE_KEYS, TEXT_COLUMNS, textRow } from '../../../src-main/store/save-texts.ts';
import { HITS, SOURCES } from '../../../src-main/store/search-explain.ts';
import {
  COMPARE_MEMBERS,
  COMPARE_TYPES,
  COUNT_MEMBERS,
  COUNT_OF_TYPES,
  findEntities,
  IS_TRIED_OUT,
  KEYS_IN_RANGE,
  KEYS_THAT_PASS,
  LABELS,
  LABELS_THAT_PASS,
  TEXTS,
} from '../../../src-main/store/search.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { emptyStore } from '../../support/store-builders.ts';

/** V87: what a search costs is that of its hits. Nothing is timed: rows that SQLite gives are counted, and plans are read. */

const store = emptyStore();
/** Rows of a search for twenty: each visited a few times, never all that answer. */
const MOST = 400;

test.each(
  Object.entries({
    COMPARE_MEMBERS,
    COMPARE_TYPES,
    COUNT_MEMBERS,
    COUNT_OF_TYPES,
    HELD_TEXT,
    HITS,
    IS_TRIED_OUT,
    KEYS_IN_RANGE,
    KEYS_OF_SOME,
    KEYS_THAT_PASS,
    LABELS,
    LABELS_THAT_PASS,
    REMOVE_KEYS,
    SOURCES,
    TEXTS,
  }),
)('%s scans no table', (_, sql) => {
  const scans = queryPlan(store, sql)
    .split('\n')
    .filter((step) => step.startsWith('SCAN'))
    .filter(
      (step) =>
        !/^SCAN ((j|i|w|json_each) VIRTUAL|k$|\(subquery|(t|entity_texts) VIRTUAL TABLE INDEX 0:(=|M))/.test(step),
    );
  expect(scans).toEqual([]);
});

test('[V85] keys come sorted from their index', () => {
  for (const sql of [KEYS_IN_RANGE, KEYS_THAT_PASS]) {
    expect(queryPlan(store, sql)).toContain('SEARCH entity_keys USING PRIMARY KEY (key>? AND key<?)');
    expect(queryPlan(store, sql)).not.toContain('TEMP B-TREE');
  }
});

test('a letter more or less, a common name or a rare one: no search reads more rows than its limit asks for', () => {
  const large = storeOf(20_000);
  for (const text of ['a', 'an', 'anna', 'anna b', 'berg', 'b', 'anna 199', '+44 77', '9', 'zzz']) {
    const rows = rowsRead(large, () => findEntities(large, { text, limit: 20 }));
    expect([text, rows, rows < MOST]).toEqual([text, rows, true]);
  }
});

test('[V87] what a filter can cost is bounded, too', () => {
  const large = storeOf(20_000);
  const rows = rowsRead(large, () => findEntities(large, { text: 'anna', limit: 20, tlp: ['TLP:RED'] }));
  expect(rows).toBeGreaterThan(1000);
  expect(rows).toBeLessThan(20_000);
});

/** Half of them the same name, so that one word is very common. */
function storeOf(count: number): Store {
  const made = emptyStore();
  const { sqlite } = made;
  const subject = sqlite.prepare('INSERT INTO subjects (id, uid) VALUES (?, randomblob(16))');
  const entity = sqlite.prepare(
    `INSERT INTO entities (id, type, label, is_protected, tlp, authors, grades, conflicts, withheld) VALUES (?, 'person', ?, 0, 'TLP:AMBER', '1', '', 0, 0)`,
  );
  const text = sqlite.prepare(`INSERT INTO entity_texts (${TEXT_COLUMNS}) VALUES (?, ?, ?, ?)`);
  sqlite.transaction(() => {
    for (let id = 1; id <= count; id += 1) {
      const label = id % 2 === 0 ? `Anna Berg ${id}` : `Person ${id} Sample`;
      const values = [{ where: 'names', property: 'name', valueType: 'name', value: label } as const];
      subject.run(id);
      entity.run(id, label);
      text.run(id, ...textRow({ label, values }));
    }
    sqlite.prepare(KEYS_OF_SOME).run(JSON.stringify(Array.from({ length: count }, (_, i) => i + 1)));
  })();
  return made;
}

/** Rows of keys, texts and entities that were visited while `work` ran: a function in the statement's condition counts them. */
function rowsRead(from: Store, work: () => unknown): number {
  let count = 0;
  from.statements.clear();
  const prepare = from.sqlite.prepare.bind(from.sqlite);
  from.sqlite.prepare = (sql: string) => prepare(counting(sql));
  from.sqlite.function('counted', () => {
    count += 1;
    return 0;
  });
  work();
  from.sqlite.prepare = prepare;
  from.statements.clear();
  return count;
}

function counting(sql: string): string {
  return sql
    .replaceAll('FROM entity_keys WHERE', 'FROM entity_keys WHERE counted() = 0 AND')
    .replaceAll('MATCH ?1', 'MATCH ?1 AND counted() = 0')
    .replaceAll('CROSS JOIN entities e ON', 'CROSS JOIN entities e ON counted() = 0 AND');
}
