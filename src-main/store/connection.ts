import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { ContentSum } from './head.ts';
import { translated } from './sqlite-errors.ts';

declare const access: unique symbol;

/** An open database and its prepared statements. */
export type Connection = { readonly sqlite: Database.Database; readonly statements: Map<string, Database.Statement> };

/** What queries take: reading needs no transaction. */
export type ReadDb = Connection & { readonly [access]: { readonly read: true } };

/** Only `write` makes one, so a function that takes one always runs inside a transaction with an audit entry and a head. */
export type WriteDb = ReadDb & { readonly change: Change; readonly [access]: { readonly write: true } };

/** What one transaction has done so far. */
export type Change = {
  /** What came into and went out of the content of the head (V51). */
  readonly content: ContentSum;
  /** Integers of global ids that this transaction has looked up or made; one that fails takes them with it. */
  readonly numbers: Map<string, number>;
  /** What the counts of the status line grow by (V72). */
  readonly counts: Map<CountName, number>;
  /** What a bulk change puts off until its end (V73); undefined in any other. */
  deferred: Deferred | undefined;
  /** Something was erased: the write-ahead log is emptied after the commit (R15). */
  hasErased: boolean;
  /** Waiting bundles that were dropped because they hold what was erased, by hash (V103). */
  readonly withdrawn: string[];
};

export type CountName = 'entities' | 'links' | 'undrawn' | 'records' | 'cases';

export type Deferred = {
  /** Where records are found by their id while the index of ids is put off. */
  heldIds:
    | { readonly find: (id: Uint8Array) => number | undefined; readonly add: (id: Uint8Array, rid: number) => void }
    | undefined;
  /** Entities that went, whose links are looked at when their indexes are there again. */
  readonly vanished: Set<number>;
  /** Cases whose members are counted at the end. */
  readonly cases: Set<number>;
};

export type SqlValue = string | number | null | Uint8Array;

/** For whoever opens a connection: the proof that it can be read. */
export function asReadDb(connection: Connection): ReadDb {
  return connection as ReadDb;
}

/** Only for what begins a transaction and ends it with an audit entry and a head. */
export function asWriteDb(connection: Connection, change: Change): WriteDb {
  return { ...connection, change } as unknown as WriteDb;
}

/** Every row of a query, parsed: a row from the database is as unknown as any other input. */
export function readAll<S extends z.ZodType>(
  db: ReadDb,
  row: S,
  sql: string,
  ...values: readonly SqlValue[]
): z.output<S>[] {
  return translated(() => statement(db, sql).all(...bound(sql, values))).map((each) => row.parse(each));
}

/** The only row of a query, or undefined. */
export function readOne<S extends z.ZodType>(
  db: ReadDb,
  row: S,
  sql: string,
  ...values: readonly SqlValue[]
): z.output<S> | undefined {
  const found = translated(() => statement(db, sql).get(...bound(sql, values)));
  return found === undefined ? undefined : row.parse(found);
}

/** Rows one at a time, for what may be large. No other statement may write meanwhile. */
export function* readEach<S extends z.ZodType>(
  db: ReadDb,
  row: S,
  sql: string,
  ...values: readonly SqlValue[]
): Generator<z.output<S>> {
  const rows = translated(() => statement(db, sql).iterate(...bound(sql, values)));
  try {
    for (;;) {
      const next = translated(() => rows.next());
      if (next.done === true) return;
      yield row.parse(next.value);
    }
  } finally {
    rows.return?.();
  }
}

/** The first column of every row, as SQLite gives it: for numbers that this store made itself. */
export function readColumn(db: ReadDb, sql: string, ...values: readonly SqlValue[]): readonly unknown[] {
  const found = values.length > MANY ? [values] : bound(sql, values);
  return translated(() => columnStatement(db, sql).all(...found));
}

/** A number that one row holds, such as a count. */
export function readNumber(db: ReadDb, sql: string, ...values: readonly SqlValue[]): number {
  return readOne(db, NumberRow, sql, ...values)?.n ?? 0;
}

/** Changes rows; answers how many, and the id of the last one inserted. */
export function run(tx: WriteDb, sql: string, ...values: readonly SqlValue[]): { changes: number; id: number } {
  const { changes, lastInsertRowid } = statement(tx, sql).run(...bound(sql, values));
  return { changes, id: Number(lastInsertRowid) };
}

/** `run` with `?` only, for statements of many rows: nothing is looked for in their text, and nothing is copied. */
export function runRows(tx: WriteDb, sql: string, values: readonly SqlValue[]): void {
  statement(tx, sql).run(values);
}

/** How SQLite runs a query: what the query-plan tests compare. */
export function queryPlan(db: ReadDb, sql: string): string {
  const rows = db.sqlite.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...unbound(sql));
  return z
    .array(PlanRow)
    .parse(rows)
    .map((row) => row.detail)
    .join('\n');
}

const PlanRow = z.object({ detail: z.string() });
const NumberRow = z.object({ n: z.number() });

function statement(db: Connection, sql: string): Database.Statement {
  const known = db.statements.get(sql);
  if (known !== undefined) return known;
  const made = db.sqlite.prepare(sql);
  db.statements.set(sql, made);
  return made;
}

/** A statement of its own, because what a statement answers is a property of it. */
function columnStatement(db: Connection, sql: string): Database.Statement {
  const key = `${sql} -- first column`;
  const known = db.statements.get(key);
  if (known !== undefined) return known;
  const made = db.sqlite.prepare(sql).pluck();
  db.statements.set(key, made);
  return made;
}

/** From so many values on they are for `?` one by one, and their text is not searched. */
const MANY = 16;

const NUMBERED = /\?(\d+)/g;

/** better-sqlite3 takes values for `?` one by one, but those for `?1`, `?2` as an object with the numbers as names. */
function bound(sql: string, values: readonly SqlValue[]): unknown[] {
  if (!/\?\d/.test(sql)) return [...values];
  return [Object.fromEntries(values.map((value, i) => [String(i + 1), value]))];
}

function unbound(sql: string): unknown[] {
  const numbers = [...sql.matchAll(NUMBERED)].map((match) => Number(match[1]));
  const count = numbers.length > 0 ? Math.max(...numbers) : (sql.match(/\?/g)?.length ?? 0);
  return bound(
    sql,
    Array.from({ length: count }, () => null),
  );
}
