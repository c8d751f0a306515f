import { readNumber } from './connection.ts';
import type { ReadDb, SqlValue } from './connection.ts';
import { addElement, newContentSum, recordElement, removeElement, ZERO_HASH } from './head.ts';
import type { ContentSum } from './head.ts';
import { elementOf, TRUTH, truthTables } from './truth.ts';
import type { TruthTable } from './truth.ts';

/**
 * Keeps a sum over rows right while rows change under it (V91). Temporary triggers tell of every change that any statement makes to the tables of
 * the head: one of a row that was passed already is added to the sum or taken from it, one of a row that is still to come is left alone.
 */
export type ContentWatch = {
  /** Over the rows that were passed, as they are now: `content`, and what is to be added to it. */
  content: string;
  sum: ContentSum;
  /** The highest row number of `records` that was passed, and how many rows were. */
  rid: number;
  records: number;
  readonly tables: Map<TruthTable, 'passing' | 'passed'>;
  /** Tables that changed while they were being passed: to be passed again. */
  readonly disturbed: Set<TruthTable>;
  /** Triggers that fired, also in transactions that were taken back. */
  fired: number;
};

type Row = readonly SqlValue[];

/** Begins to watch; every watch is ended by `endWatch`. One at a time on one connection. */
export function beginWatch(db: ReadDb, headKey: Uint8Array): ContentWatch {
  const watch: ContentWatch = {
    content: ZERO_HASH,
    sum: newContentSum(headKey),
    rid: 0,
    records: 0,
    tables: new Map(),
    disturbed: new Set(),
    fired: 0,
  };
  endWatch(db);
  const { sqlite } = db;
  sqlite.function('watch_has_passed', (rid: number) => (rid <= watch.rid ? 1 : 0));
  sqlite.function('watch_record', { varargs: true }, (...values: SqlValue[]) => recordChanged(watch, values));
  sqlite.function('watch_row', { varargs: true }, (...values: SqlValue[]) => rowChanged(watch, values));
  sqlite.exec('CREATE TEMP TABLE watch_fired (n INTEGER NOT NULL); INSERT INTO temp.watch_fired VALUES (0)');
  for (const sql of triggers()) sqlite.exec(sql);
  return watch;
}

/** Takes the triggers and their table away; does nothing where there are none. */
export function endWatch({ sqlite }: ReadDb): void {
  for (const name of triggerNames()) sqlite.exec(`DROP TRIGGER IF EXISTS temp.${name}`);
  sqlite.exec('DROP TABLE IF EXISTS temp.watch_fired');
}

/** False when a transaction that changed rows was taken back: the sum counts what never was. Its count is taken back with it, ours is not. */
export function isRight(db: ReadDb, watch: ContentWatch): boolean {
  return readNumber(db, 'SELECT n FROM temp.watch_fired') === watch.fired;
}

/** Begins the sum again. */
export function startOver(db: ReadDb, watch: ContentWatch): void {
  watch.content = ZERO_HASH;
  watch.sum = newContentSum(watch.sum.key);
  watch.rid = 0;
  watch.records = 0;
  watch.tables.clear();
  watch.disturbed.clear();
  watch.fired = readNumber(db, 'SELECT n FROM temp.watch_fired');
}

function recordChanged(watch: ContentWatch, [sign, id, state, body]: Row): number {
  watch.fired += 1;
  const element = recordElement(bytesOf(id), textOf(state), textOf(body));
  apply(watch.sum, sign, element);
  watch.records += sign === 1 ? 1 : -1;
  return 0;
}

function rowChanged(watch: ContentWatch, [name, sign, ...values]: Row): number {
  watch.fired += 1;
  const table = truthTables().find((each) => each === name);
  const progress = table === undefined ? undefined : watch.tables.get(table);
  if (table === undefined || progress === undefined) return 0;
  if (progress === 'passing') watch.disturbed.add(table);
  else apply(watch.sum, sign, elementOf(table, values));
  return 0;
}

function apply(sum: ContentSum, sign: SqlValue | undefined, element: ReturnType<typeof elementOf>): void {
  if (sign === 1) addElement(sum, element);
  else removeElement(sum, element);
}

const EVENTS = [
  { event: 'INSERT', changes: [['NEW', 1]] },
  { event: 'DELETE', changes: [['OLD', -1]] },
  {
    event: 'UPDATE',
    changes: [
      ['OLD', -1],
      ['NEW', 1],
    ],
  },
] as const;

const COUNT = 'UPDATE watch_fired SET n = n + 1';

function* triggers(): Generator<string> {
  for (const { event, changes } of EVENTS) {
    const [[row]] = changes;
    const told = changes.map(
      ([at, sign]) => `${COUNT}; SELECT watch_record(${sign}, ${at}.id, ${at}.state, ${at}.body)`,
    );
    yield trigger('records', event, `WHEN watch_has_passed(${row}.rid)`, told);
    for (const table of truthTables()) {
      const columns = (at: string): string => TRUTH[table].map((column) => `${at}.${column}`).join(', ');
      yield trigger(
        table,
        event,
        '',
        changes.map(([at, sign]) => `${COUNT}; SELECT watch_row('${table}', ${sign}, ${columns(at)})`),
      );
    }
  }
}

function trigger(table: string, event: string, when: string, told: readonly string[]): string {
  return `CREATE TEMP TRIGGER ${triggerName(table, event)} AFTER ${event} ON main.${table} ${when} BEGIN ${told.join('; ')}; END`;
}

function triggerName(table: string, event: string): string {
  return `watch_${table}_${event.toLowerCase()}`;
}

function triggerNames(): string[] {
  return ['records', ...truthTables()].flatMap((table) => EVENTS.map(({ event }) => triggerName(table, event)));
}

function bytesOf(value: SqlValue | undefined): Uint8Array {
  return value instanceof Uint8Array ? value : new Uint8Array();
}

function textOf(value: SqlValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
