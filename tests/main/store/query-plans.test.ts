import { expect, test } from 'vitest';
import { queryPlan } from '../../../src-main/store/connection.ts';
import type { ReadDb } from '../../../src-main/store/connection.ts';
import { LIVE_FROM } from '../../../src-main/store/rebuild.ts';
import { NEIGHBOUR_COUNTS, NEIGHBOURS } from '../../../src-main/store/neighbours.ts';
import { PROTECTED_TEXTS } from '../../../src-main/store/protected-texts.ts';
import { BELONGING, SAME_FROM } from '../../../src-main/store/release-records.ts';
import { CASE_ENTITIES } from '../../../src-main/store/queries.ts';
import { TEXTS } from '../../../src-main/store/search.ts';
import { exportedSql, sqlWithHoles, wholeSql } from '../../support/product-sql.ts';
import { emptyStore } from '../../support/store-builders.ts';

/**
 * Every query of the product must cost at a million entities what it costs here: no table is read from end to end unless it says here why it may be, and the plan
 * is the same with and without statistics. SQL is found in the code itself, so a new query is in this test before it is anywhere else.
 */

/** Tables that stay small, whatever the vault holds: one row an agency, a partner, a user's action (such as adding a card that is refused) or an exchange. */
const SMALL = new Set([
  'agencies',
  'partners',
  'card_evidence',
  'stream_statements',
  'streams',
  'manifests',
  'receipt_answers',
  'receipts',
  'releases',
  'release_recipients',
  'quarantine',
  'quarantine_claims',
  'batches',
  'cases',
  'counts',
  'settings',
  'graph_state',
  'graph_snapshot',
  'sqlite_schema',
  'attachments',
  'attachment_records',
  'vouched_attestations',
  'vouched_cards',
]);

/** Queries that read a large table from end to end, by how they begin, and why they may. */
const WHOLE: readonly (readonly [file: string, begins: string, why: string])[] = [
  ['analysis/store-graph.ts', 'SELECT id FROM entities', 'the graph of the whole store, when its snapshot is too old'],
  ['analysis/store-graph.ts', 'SELECT src, dst FROM links', 'the same'],
  ['analysis/store-graph.ts', 'SELECT count(*) AS n FROM entities', 'the size of that graph'],
  ['analysis/graph-snapshot.ts', 'SELECT count(*) AS n FROM tombstones', 'one index of what was erased'],
  ['store/audit.ts', 'SELECT at FROM audit ORDER BY seq DESC LIMIT 1', 'one row, from the end'],
  ['store/audit.ts', 'SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1', 'one row, from the end'],
  ['store/audit.ts', 'SELECT * FROM audit', 'the log is verified entry by entry'],
  ['store/bulk-records.ts', 'SELECT EXISTS (SELECT 1 FROM supersessions)', 'one row is enough'],
  ['store/content-v1.ts', 'SELECT id, state, body FROM records', 'proof of every row before a migration'],
  ['store/counts.ts', 'SELECT count(*) AS n FROM records', 'rebuild, once'],
  ['store/fingerprint.ts', 'SELECT', 'the fingerprint of a store is over everything it holds'],
  [
    'store/history.ts',
    'SELECT r.rid, r.id, r.state, r.batch, r.body, b.at AS received_at',
    'identities, by their own small index',
  ],
  [
    'store/ledger.ts',
    'SELECT count(*) AS n FROM (SELECT DISTINCT i.release',
    'the ledger counts what was ever released',
  ],
  ['store/protected-texts.ts', 'SELECT max(id) AS n FROM entities', 'one row, from the end'],
  ['store/renew-store.ts', 'SELECT id, state, body FROM records', 'proof of every row after a migration'],
  ['store/store.ts', 'SELECT id, state, body FROM records', 'the proof of the head'],
  ['store/prove', 'SELECT', 'the background proof passes everything, in slices'],
  ['store/copy-rows.ts', 'SELECT', 'a vault is written anew, row by row'],
  [
    'store/recalls.ts',
    'WITH reached AS',
    'every withdrawal, for the board; the records that it names are found by their index',
  ],
  ['store/withdrawals.ts', 'SELECT x.target, a.uid', 'every erasure, once, to look for it in the quarantine'],
];

/** Statements with holes (a table, a column), each by primary key or index whatever fills it, or in a file that reads everything on purpose. */
const FILLED = new Map([
  ['store/case-members.ts', 'the column of a count; by case_members_by_member'],
  ['store/content-v1.ts', 'proof of every row'],
  ['store/copy-rows.ts', 'a vault is written anew'],
  ['store/drawing.ts', 'part of exported queries'],
  ['store/expand.ts', 'part of exported queries'],
  ['store/history.ts', 'every retraction that is held, for what must not leave'],
  ['store/identities.ts', 'agencies or subjects by uid'],
  ['store/ledger.ts', 'part of exported queries'],
  ['store/members.ts', 'part of exported queries'],
  ['store/partners.ts', 'partners are few'],
  ['store/project-subjects.ts', 'a row by id; ends by links_out and links_in, below'],
  ['store/prove-content.ts', 'the background proof, in slices by primary key'],
  ['store/prove-indexes.ts', 'the background proof'],
  ['store/prove.ts', 'the background proof'],
  ['store/quarantine.ts', 'bundles in quarantine are few'],
  ['store/queries.ts', 'cases, one by one or as a list'],
  ['store/readable-rows.ts', 'salvage of a damaged file'],
  ['store/rebuild.ts', 'drops the projection'],
  ['store/record-states.ts', 'edges of a record, by supersessions_by and retractions_by'],
  ['store/release-requests.ts', 'columns of one request by its key, or of those that wait by release_requests_waiting'],
  ['store/salvage.ts', 'the index of ids, by range; its name depends on the schema'],
  ['store/search.ts', 'part of exported queries'],
  ['store/text-tables.ts', 'settings of a full text'],
  ['store/truth.ts', 'rows by their primary key'],
  ['store/migrate', 'once a version'],
]);

/** Statements of temporary tables, and pieces of exported queries, cannot be prepared alone. */
const NOT_ALONE = ['store/watch-content.ts', 'store/expand.ts', 'store/ledger.ts', 'store/analyse.ts'];

const store = emptyStore();
const large = withStatistics();
const statements = [...(await exportedSql()), ...wholeSql()].filter(
  ({ file, sql }) => !NOT_ALONE.includes(file) || canPrepare(sql),
);

test('the code has queries, and this test finds them', () => {
  expect(statements.length).toBeGreaterThan(150);
  expect(statements.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['NEIGHBOURS', 'CASE_LINKS', 'HELD_BY_ID']),
  );
});

test.each(statements)('$file $name reads no large table from end to end', ({ file, sql }) => {
  const read = [store, large].flatMap((db) => tablesRead(db, sql)).filter((table) => !SMALL.has(table));
  expect(read.length === 0 ? 'none' : (whyWhole(file, sql) ?? `${file} reads ${read.join()}`)).not.toContain(' reads ');
});

test('every statement that is put together from parts says what they are', () => {
  expect(sqlWithHoles().filter(({ file }) => ![...FILLED.keys()].some((known) => file.startsWith(known)))).toEqual([]);
});

test('[V75] one hop, its counts and two hops go by the two covering indexes', () => {
  for (const db of [store, large]) {
    for (const sql of [NEIGHBOURS, NEIGHBOUR_COUNTS]) {
      const plan = queryPlan(db, sql);
      expect(plan).toMatch(/USING COVERING INDEX links_out \(src=\? AND is_drawable=\?\)/);
      expect(plan).toMatch(/USING COVERING INDEX links_in \(dst=\? AND is_drawable=\?\)/);
      expect(plan).not.toMatch(/links USING (INDEX|INTEGER)/);
    }
  }
});

test('[V75] a link that can be drawn again, or no longer, is found by its ends', () => {
  for (const end of ['src', 'dst']) {
    const sql = `UPDATE links SET is_drawable = 0 WHERE ${end} = ? AND is_drawable = 1 RETURNING id`;
    expect(queryPlan(store, sql)).toMatch(/^SEARCH links USING (COVERING )?INDEX links_(out|in)/);
  }
});

test('degrees of a chart’s entities go by the same indexes', () => {
  const plan = queryPlan(store, CASE_ENTITIES);
  expect(plan).toContain('SEARCH o USING COVERING INDEX links_out (src=? AND is_drawable=?)');
  expect(plan).toContain('SEARCH i USING COVERING INDEX links_in (dst=? AND is_drawable=?');
  expect(plan).toContain('SEARCH m USING PRIMARY KEY (case_id=?)');
});

test('search begins at the full text', () => {
  expect(queryPlan(store, TEXTS).split('\n')[0]).toMatch(/VIRTUAL TABLE INDEX 0:M/);
});

test('[V78] a rebuild reads records in the order of an index', () => {
  for (const db of [store, large]) {
    expect(queryPlan(db, LIVE_FROM)).toMatch(/^SEARCH r USING INDEX records_by_subject/);
    expect(queryPlan(db, LIVE_FROM)).not.toContain('TEMP B-TREE');
  }
});

test('what a release is planned from is read in slices, by keys', () => {
  for (const db of [store, large]) {
    expect(queryPlan(db, SAME_FROM)).toMatch(/^SEARCH r USING INDEX identities_by_src \(src>\?\)$/);
    const [first, ...others] = queryPlan(db, PROTECTED_TEXTS).split('\n');
    expect(first).toMatch(/^SEARCH e USING INTEGER PRIMARY KEY \(rowid>\? AND rowid<\?\)/);
    expect(others.join('\n')).toMatch(/SEARCH s USING INTEGER PRIMARY KEY[\s\S]*SCAN t VIRTUAL TABLE INDEX 0:=/);
    expect(queryPlan(db, BELONGING)).toMatch(/links_out \(src=\? AND is_drawable=\?/);
    expect(queryPlan(db, BELONGING)).toMatch(/links_in \(dst=\? AND is_drawable=\?/);
    expect(queryPlan(db, BELONGING)).toMatch(/SEARCH l USING INTEGER PRIMARY KEY/);
  }
});

/** The tables that a plan reads from end to end; subqueries, lists of values and full text are none. */
function tablesRead(db: ReadDb, sql: string): string[] {
  return queryPlan(db, sql)
    .split('\n')
    .flatMap((step) => /^SCAN (\w+)\b(?! VIRTUAL)/.exec(step)?.[1] ?? [])
    .map((name) => tableOf(name, sql))
    .filter((name) => isTable(name));
}

function tableOf(alias: string, sql: string): string {
  return new RegExp(String.raw`\b(\w+)\s+(?:AS\s+)?${alias}\b(?=[\s,)]|$)`).exec(sql)?.[1] ?? alias;
}

function isTable(name: string): boolean {
  return store.sqlite.prepare(`SELECT 1 FROM sqlite_schema WHERE name = ? AND type = 'table'`).get(name) !== undefined;
}

function whyWhole(file: string, sql: string): string | undefined {
  return WHOLE.find(([known, begins]) => file.startsWith(known) && sql.trim().startsWith(begins))?.[2];
}

function canPrepare(sql: string): boolean {
  try {
    return queryPlan(store, sql) !== '';
  } catch {
    return false;
  }
}

/** A store whose statistics say that it is as large as a national unit's. */
function withStatistics(): ReadDb {
  const { sqlite } = emptyStore();
  sqlite.exec('ANALYZE; DELETE FROM sqlite_stat1');
  const say = sqlite.prepare('INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)');
  for (const [table, index, stat] of [
    ['records', 'records_by_id', '4300000 1'],
    ['records', 'records_by_subject', '4300000 2 2'],
    ['records', 'records_by_batch', '4300000 43000'],
    ['entities', 'entities_by_type', '1000000 100000 2'],
    ['links', 'links_out', '3000000 4 4 2 2 1'],
    ['links', 'links_in', '3000000 4 4 2 2 1'],
    ['subjects', 'sqlite_autoindex_subjects_1', '4000000 1'],
    ['case_members', 'case_members_by_member', '4000000 1 1'],
    ['case_members', 'case_members', '4000000 80000 1'],
    ['cases', null, '50'],
  ]) {
    say.run(table, index, stat);
  }
  sqlite.exec('ANALYZE sqlite_schema');
  return { sqlite, statements: new Map() } as unknown as ReadDb;
}
