import { createHash } from 'node:crypto';
import { z } from 'zod';
import { toBase64url } from '../../src-shared/crypto/base64url.ts';
import { canonicalText } from '../../src-shared/crypto/canonical.ts';
import { toBytes, toHex } from '../../src-shared/crypto/hash.ts';
import { ChirographError } from '../../src-shared/errors.ts';
import { parseRecord } from '../../src-shared/records/parse-record.ts';
import { AgencyColumn, SubjectColumn } from './columns.ts';
import { readAll } from './connection.ts';
import type { ReadDb, SqlValue } from './connection.ts';
import { readHead } from './head-row.ts';
import { isDamage } from './prove.ts';
import { readableRows } from './readable-rows.ts';
import type { CellRow, Reading } from './readable-rows.ts';
import { columnsOf, indexesOf } from './table-key.ts';
import { TRUTH, truthTables } from './truth.ts';

/** docs/formats/salvage.md: everything that can be read of a store, as lines of text. */

export type SalvageHeader = {
  readonly vault: string;
  readonly agency: { readonly id: string; readonly name: string; readonly country: string };
  readonly at: string;
  readonly by: string;
};
/** What is not in the file. Ids of records, where an index still names them. */
export type SalvageReport = {
  readonly records: number;
  readonly rows: number;
  readonly entries: number;
  readonly lost: readonly { readonly table: string; readonly rows: number }[];
  readonly lostRecords: readonly string[];
};

/** W4: columns of integers that stand for global ids. */
export const AGENCY_COLUMNS: ReadonlySet<string> = new Set(['author', 'agency', 'partner', 'issuer']);
export const SUBJECT_COLUMNS: ReadonlySet<string> = new Set(['subject', 'case_id']);
const MOST_LOST_NAMED = 10_000;

type State = {
  records: number;
  rows: number;
  entries: number;
  /** Records that are not what their ids say. */
  unproved: number;
  readonly lost: Map<string, number>;
};

/**
 * W2–W8: the lines, each ended. The last one says what is missing, and vouches for all before it (`macOf`, W12). Every record is checked against its
 * own id before it is passed on.
 */
export function* salvageLines(
  db: ReadDb,
  header: SalvageHeader,
  macOf: (digest: string) => string,
): Generator<string, SalvageReport> {
  const state: State = { records: 0, rows: 0, entries: 0, unproved: 0, lost: new Map() };
  const digest = createHash('sha256');
  for (const line of allLines(db, header, state)) {
    const ended = `${line}\n`;
    digest.update(ended);
    yield ended;
  }
  const lost = lostRecords(db, state);
  const { records, rows, entries } = state;
  const report = {
    records,
    rows,
    entries,
    lost: [...state.lost].map(([table, count]) => ({ table, rows: count })),
    lostRecords: lost,
  };
  const found = digest.digest('hex');
  yield `${canonicalText({ line: 'end', digest: found, mac: macOf(found), ...report })}\n`;
  return report;
}

function* allLines(db: ReadDb, header: SalvageHeader, state: State): Generator<string> {
  yield canonicalText({ line: 'salvage', v: 1, ...header, ...sequenceOf(db) });
  yield* auditLines(db, state);
  const names = namesOf(db);
  for (const table of truthTables()) {
    // W13: an older store has fewer tables and columns
    const found = new Set(columnsOf(db, table));
    const columns = TRUTH[table].filter((column) => found.has(column));
    if (columns.length > 0) yield* tableLines(db, table, columns, names, state);
  }
  yield* recordLines(db, state);
  yield* tableLines(db, 'attestation_leaves', ['attestation', 'leaf', 'id'], names, state);
  yield* placementLines(db, state);
}

function sequenceOf(db: ReadDb): { readonly sequence?: number } {
  try {
    return { sequence: readHead(db).sequence };
  } catch (error) {
    if (isDamage(error)) return {};
    throw error;
  }
}

const AUDIT_COLUMNS = ['seq', 'at', 'actor', 'role', 'action', 'details', 'hash'];

function* auditLines(db: ReadDb, state: State): Generator<string> {
  for (const row of counted(readableRows(db, 'audit', AUDIT_COLUMNS), state)) {
    state.entries += 1;
    yield canonicalText({ line: 'audit', ...plainRow(row) });
  }
}

function* tableLines(
  db: ReadDb,
  table: string,
  columns: readonly string[],
  names: Names,
  state: State,
): Generator<string> {
  for (const row of counted(readableRows(db, table, columns), state)) {
    const values = Object.fromEntries(
      columns.map((column) => [column, globalValue(names, column, row[column] ?? null)]),
    );
    state.rows += 1;
    yield canonicalText({ line: 'row', table, values });
  }
}

function* recordLines(db: ReadDb, state: State): Generator<string> {
  for (const row of counted(readableRows(db, 'records', ['id', 'batch', 'body']), state)) {
    const id = row['id'] instanceof Uint8Array ? toHex(row['id']) : '';
    const body = String(row['body']);
    if (!isWhatItsIdSays(id, body)) {
      state.unproved += 1;
      continue;
    }
    state.records += 1;
    // W5: the body is canonical, and so is a line around it with its keys in order
    yield `{"batch":${Number(row['batch'])},"id":"${id}","line":"record","record":${body}}`;
  }
}

/** W6: by record ids, because row numbers mean nothing elsewhere. The place of a record that cannot be read is lost with it. */
function* placementLines(db: ReadDb, state: State): Generator<string> {
  for (const { rid, ...row } of counted(readableRows(db, 'placements', PLACEMENT_COLUMNS), state)) {
    const record = recordAt(db, Number(rid));
    if (record === undefined) {
      note(state, 'placements', 1);
      continue;
    }
    state.rows += 1;
    yield canonicalText({ line: 'row', table: 'placements', values: plainRow({ record, ...row }) });
  }
}

const PLACEMENT_COLUMNS = ['rid', 'attestation', 'leaf', 'proof'];

function recordAt(db: ReadDb, rid: number): Uint8Array | undefined {
  try {
    return readAll(db, IdRow, 'SELECT id FROM records WHERE rid = ?', rid)[0]?.id;
  } catch (error) {
    if (isDamage(error)) return undefined;
    throw error;
  }
}

function isWhatItsIdSays(id: string, body: string): boolean {
  try {
    return parseRecord(toBytes(body)).id === id;
  } catch (error) {
    if (error instanceof ChirographError) return false;
    throw error;
  }
}

function* counted(rows: Generator<CellRow, Reading>, state: State): Generator<CellRow> {
  const { table, lost } = yield* rows;
  note(state, table, lost);
}

function note(state: State, table: string, lost: number): void {
  if (lost > 0) state.lost.set(table, (state.lost.get(table) ?? 0) + lost);
}

type Names = { readonly agencies: ReadonlyMap<number, string>; readonly subjectOf: (id: number) => string | undefined };
const AgencyRow = z.object({ id: z.number(), uid: AgencyColumn });
const SubjectRow = z.object({ uid: SubjectColumn });

/** Subjects are asked for one by one: there may be millions, and few are in these tables. */
function namesOf(db: ReadDb): Names {
  const agencies = new Map<number, string>();
  for (const row of readableRows(db, 'agencies', ['id', 'uid'])) {
    const { data } = AgencyRow.safeParse(row);
    if (data !== undefined) agencies.set(data.id, data.uid);
  }
  return { agencies, subjectOf: (id) => subjectOf(db, id) };
}

function subjectOf(db: ReadDb, id: number): string | undefined {
  try {
    return readAll(db, SubjectRow, 'SELECT uid FROM subjects WHERE id = ?', id)[0]?.uid;
  } catch (error) {
    if (isDamage(error)) return undefined;
    throw error;
  }
}

type Plain = string | number | null | { readonly bytes: string };

function globalValue({ agencies, subjectOf: nameOf }: Names, column: string, value: SqlValue): Plain {
  if (typeof value !== 'number') return plainValue(value);
  if (AGENCY_COLUMNS.has(column)) return agencies.get(value) ?? null;
  return SUBJECT_COLUMNS.has(column) ? (nameOf(value) ?? null) : value;
}

function plainRow(row: CellRow): { readonly [column: string]: Plain } {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, plainValue(value)]));
}

function plainValue(value: SqlValue): Plain {
  return value instanceof Uint8Array ? { bytes: toBase64url(value) } : value;
}

const IdRow = z.object({ id: z.instanceof(Uint8Array) });

/** The index of ids alone, which has another name in a store of schema 1 (W13). */
function namedIds(db: ReadDb): string {
  const index = indexesOf(db, 'records').find((name) => canFindIds(db, name));
  return `SELECT id FROM records INDEXED BY ${index} WHERE id > ? ORDER BY id LIMIT 1024`;
}

function canFindIds(db: ReadDb, index: string): boolean {
  const IndexColumn = z.object({ name: z.string() });
  const columns = readAll(db, IndexColumn, 'SELECT name FROM pragma_index_info(?)', index);
  return columns.length === 1 && columns[0]?.name === 'id';
}

/**
 * Ids that the index of ids still names and whose records cannot be read. Where all of it can be read, they are also how many were lost: row numbers that cannot
 * be read may never have been used.
 */
function lostRecords(db: ReadDb, { lost, unproved }: State): readonly string[] {
  const unreadable = lost.get('records') ?? 0;
  if (unreadable + unproved > 0) lost.set('records', unreadable + unproved);
  if (unreadable === 0) return [];
  const named: string[] = [];
  try {
    const sql = namedIds(db);
    for (let last: Uint8Array | undefined = new Uint8Array(); last !== undefined && named.length < MOST_LOST_NAMED;) {
      const rows: z.infer<typeof IdRow>[] = readAll(db, IdRow, sql, last);
      named.push(...rows.flatMap(({ id }) => (canRead(db, id) ? [] : toHex(id))));
      last = rows.at(-1)?.id;
      if (last === undefined) lost.set('records', named.length + unproved);
    }
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  return named;
}

function canRead(db: ReadDb, id: Uint8Array): boolean {
  try {
    return readAll(db, z.unknown(), 'SELECT body FROM records WHERE id = ?', id).length > 0;
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  }
}
