import { z } from 'zod';
import { Cells } from './columns.ts';
import { readAll } from './connection.ts';
import type { ReadDb, SqlValue } from './connection.ts';
import { addElement, contentWith, newContentSum, recordElement } from './head.ts';
import { readHead } from './head-row.ts';
import { keyOf } from './table-key.ts';
import type { Finding, ProofStep } from './proof.ts';
import { elementOf, TRUTH, truthTables } from './truth.ts';
import type { TruthTable } from './truth.ts';
import { isRight, startOver } from './watch-content.ts';
import type { ContentWatch } from './watch-content.ts';

const RECORDS_A_STEP = 96;
const ROWS_A_STEP = 256;

/**
 * V90, V91: passes every row of the head's tables and compares the sum with the head of the moment it ends. What changes meanwhile is counted by
 * the watch. Answers nothing or the one finding.
 */
export function* proveContent(db: ReadDb, watch: ContentWatch): Generator<ProofStep, readonly Finding[], undefined> {
  for (;;) {
    startOver(db, watch);
    if (!(yield* passRecords(db, watch))) continue;
    if (!(yield* passTables(db, watch))) continue;
    return contentWith(watch.content, watch.sum) === readHead(db).content
      ? []
      : [{ what: 'content', where: 'records', count: 1 }];
  }
}

const RecordRow = z.object({ rid: z.number(), id: z.instanceof(Uint8Array), state: z.string(), body: z.string() });
const RECORDS_FROM = 'SELECT rid, id, state, body FROM records WHERE rid > ? ORDER BY rid LIMIT ?';

/** False when it has to begin again. */
function* passRecords(db: ReadDb, watch: ContentWatch): Generator<ProofStep, boolean, undefined> {
  for (;;) {
    if (!isRight(db, watch)) return false;
    const rows = readAll(db, RecordRow, RECORDS_FROM, watch.rid, RECORDS_A_STEP);
    for (const { id, state, body } of rows) addElement(watch.sum, recordElement(id, state, body));
    watch.records += rows.length;
    watch.rid = rows.length < RECORDS_A_STEP ? Number.MAX_SAFE_INTEGER : (rows.at(-1)?.rid ?? watch.rid);
    yield { stage: 'records', rows: watch.records };
    if (rows.length < RECORDS_A_STEP) return true;
  }
}

function* passTables(db: ReadDb, watch: ContentWatch): Generator<ProofStep, boolean, undefined> {
  let rows = 0;
  for (const table of truthTables()) {
    do {
      const sum = newContentSum(watch.sum.key);
      watch.disturbed.delete(table);
      watch.tables.set(table, 'passing');
      for (const elements of slicesOf(db, table)) {
        if (watch.disturbed.has(table)) break;
        for (const element of elements) addElement(sum, element);
        rows += elements.length;
        yield { stage: 'tables', rows };
        if (!isRight(db, watch)) return false;
      }
      if (!watch.disturbed.has(table)) watch.content = contentWith(watch.content, sum);
    } while (watch.disturbed.has(table));
    watch.tables.set(table, 'passed');
  }
  return isRight(db, watch);
}

/** The elements of a table in slices, each read when it is asked for. The last one is short. */
function* slicesOf(db: ReadDb, table: TruthTable): Generator<readonly ReturnType<typeof elementOf>[]> {
  const key = keyOf(db, table);
  const columns = TRUTH[table].join(', ');
  const keys = key.map((column, i) => `${column} AS key_${i}`).join(', ');
  let last: readonly SqlValue[] | undefined;
  for (;;) {
    const where = last === undefined ? '' : `WHERE (${key.join(', ')}) > (${key.map(() => '?').join(', ')})`;
    const sql = `SELECT ${columns}, ${keys} FROM ${table} ${where} ORDER BY ${key.join(', ')} LIMIT ${ROWS_A_STEP}`;
    const rows = readAll(db, Cells, sql, ...(last ?? []));
    yield rows.map((row) =>
      elementOf(
        table,
        TRUTH[table].map((column) => row[column] ?? null),
      ),
    );
    const end = rows.at(-1);
    if (end === undefined || rows.length < ROWS_A_STEP) return;
    last = key.map((_, i) => end[`key_${i}`] ?? null);
  }
}
