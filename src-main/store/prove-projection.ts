import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { Cells, RecordIdColumn, SubjectColumn } from './columns.ts';
import { asWriteDb, readAll, readNumber } from './connection.ts';
import type { ReadDb, SqlValue, WriteDb } from './connection.ts';
import { readCounts } from './counts.ts';
import { note } from './differences.ts';
import type { Differences } from './differences.ts';
import { newContentSum } from './head.ts';
import { entityColumns, linkColumns } from './project-subjects.ts';
import { projectSubject } from './projection.ts';
import type { Finding, ProofStep } from './proof.ts';
import { proveCase, proveChart } from './prove-cases.ts';
import { proveKeys } from './prove-keys.ts';
import { textRow } from './save-texts.ts';
import { parseBody } from './stored-record.ts';
import type { IdentifiedRecord } from './types.ts';

const SUBJECTS_A_STEP = 24;

/**
 * V94: every row of the projection is compared with what the live records of its subject say now. Subjects are passed in the order of their integers, with all the
 * rows that have these integers, so that a row without a subject is seen too. A step is one moment: what changes between two steps needs no account.
 */
export function* proveProjection(db: ReadDb): Generator<ProofStep, readonly Finding[], undefined> {
  const differences: Differences = new Map();
  const highest = readNumber(db, HIGHEST);
  for (let from = 0; from <= highest; from += SUBJECTS_A_STEP) {
    const to = from + SUBJECTS_A_STEP > highest ? Number.MAX_SAFE_INTEGER : from + SUBJECTS_A_STEP;
    const { cases, charts } = takenBack(db, (tx) => compareRange(tx, { from, to }, differences));
    yield { stage: 'projection', rows: Math.min(to, highest) };
    for (const chart of charts) yield* proveChart(db, chart, differences, takenBack);
    for (const each of cases) yield* proveCase(db, each, differences, takenBack);
  }
  compareCounts(db, differences);
  yield* proveKeys(db, differences);
  return [...differences].map(([where, count]) => ({ what: 'projection', where, count }));
}

const HIGHEST = 'SELECT coalesce(max(id), 0) AS n FROM subjects';

/**
 * Runs work that is only to be looked at: some of what computes a projection makes integers for ids that it does not know, and here nothing may be
 * made.
 */
function takenBack<T>(db: ReadDb, work: (tx: WriteDb) => T): T {
  const change = { content: newContentSum(new Uint8Array(32)), numbers: new Map(), counts: new Map() };
  const tx = asWriteDb(db, { ...change, deferred: undefined, hasErased: false, withdrawn: [] });
  db.sqlite.exec('BEGIN');
  try {
    return work(tx);
  } finally {
    db.sqlite.exec('ROLLBACK');
  }
}

type Range = { readonly from: number; readonly to: number };
type LargeKinds = { readonly cases: readonly number[]; readonly charts: readonly number[] };

export const LIVE_BETWEEN = `SELECT r.subject, r.id, r.kind, s.uid, CASE WHEN r.kind IN ('case', 'chart') THEN NULL ELSE r.body END AS body
  FROM records r CROSS JOIN subjects s ON s.id = r.subject
  WHERE r.subject > ?1 AND r.subject <= ?2 AND r.state = 'live' ORDER BY r.subject, r.rid`;
const LiveRow = z.object({
  subject: z.number(),
  id: RecordIdColumn,
  kind: z.string(),
  uid: SubjectColumn,
  body: z.string().nullable(),
});
type Row = { readonly [column: string]: SqlValue };

function compareRange(tx: WriteDb, { from, to }: Range, differences: Differences): LargeKinds {
  const rows = readAll(tx, LiveRow, LIVE_BETWEEN, from, to);
  const expected = { entities: new Map<number, Row>(), links: new Map<number, Row>(), texts: new Map<number, Row>() };
  for (const [number, same] of Map.groupBy(rows, ({ subject }) => subject)) {
    const live = same.flatMap(({ id, body }): IdentifiedRecord[] =>
      body === null ? [] : [{ id, record: parseBody(body) }],
    );
    const uid = same[0]?.uid;
    if (uid === undefined) continue;
    const { entity, link } = projectSubject(uid, live);
    if (entity !== undefined) {
      expected.entities.set(number, entityColumns(tx, number, entity));
      const [words = null, keys = null, shown = null] = textRow(entity.texts);
      expected.texts.set(number, { rowid: number, words, keys, shown });
    }
    if (link !== undefined) expected.links.set(number, linkColumns(tx, number, link));
  }
  const held = (sql: string): readonly Row[] => readAll(tx, Cells, sql, from, to);
  note(
    differences,
    'entities',
    countDifferences(held('SELECT * FROM entities WHERE id > ? AND id <= ?'), 'id', expected.entities),
  );
  note(
    differences,
    'links',
    countDifferences(held(LINKS_BETWEEN), 'id', expected.links) + readNumber(tx, MISDRAWN, from, to),
  );
  note(differences, 'entity_texts', countDifferences(held(TEXTS_BETWEEN), 'rowid', expected.texts));
  const ofKind = (kind: string): number[] => [
    ...new Set([
      ...rows.flatMap((row) => (row.kind === kind ? row.subject : [])),
      ...held(kind === 'case' ? CASES_BETWEEN : CHARTS_BETWEEN).flatMap(({ id }) => (typeof id === 'number' ? id : [])),
    ]),
  ];
  return { cases: ofKind('case'), charts: ofKind('chart') };
}

const LINKS_BETWEEN = `SELECT id, type, src, dst, directed, confidence, tlp, authors, grades, conflicts, withheld, first_on, last_on, review_on
  FROM links WHERE id > ? AND id <= ?`;
const MISDRAWN = `SELECT count(*) AS n FROM links l WHERE l.id > ? AND l.id <= ? AND l.is_drawable <>
  (EXISTS (SELECT 1 FROM entities e WHERE e.id = l.src) AND EXISTS (SELECT 1 FROM entities e WHERE e.id = l.dst))`;
// a number arrives as a real one, and then FTS5 reads the whole table
const TEXTS_BETWEEN = `SELECT rowid, words, keys, shown FROM entity_texts
  WHERE rowid > CAST(? AS INTEGER) AND rowid <= CAST(? AS INTEGER)`;
const CASES_BETWEEN =
  'SELECT id FROM cases WHERE id > ?1 AND id <= ?2 UNION SELECT case_id FROM case_members WHERE case_id > ?1 AND case_id <= ?2';
const CHARTS_BETWEEN = 'SELECT DISTINCT chart AS id FROM chart_positions WHERE chart > ? AND chart <= ?';

function countDifferences(held: readonly Row[], key: string, expected: ReadonlyMap<number, Row>): number {
  const same = held.filter((row) => isDeepStrictEqual(row, { ...expected.get(Number(row[key])) })).length;
  return Math.max(held.length, expected.size) - same;
}

/** V72. One moment, and so one step; a tenth of a second at four million rows. */
function compareCounts(db: ReadDb, differences: Differences): void {
  const held = readCounts(db);
  const wrong = Object.entries(COUNTED).filter(([name, sql]) => {
    const isCounted = (each: string): each is keyof typeof held => each in held;
    return isCounted(name) && held[name] !== readNumber(db, sql);
  });
  note(differences, 'counts', wrong.length);
}

const COUNTED = {
  entities: 'SELECT count(*) AS n FROM entities',
  links: 'SELECT count(*) AS n FROM links WHERE is_drawable = 1',
  undrawn: 'SELECT count(*) AS n FROM links WHERE is_drawable = 0',
  records: 'SELECT count(*) AS n FROM records',
  cases: 'SELECT count(*) AS n FROM cases',
} as const;
