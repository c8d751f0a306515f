import { z } from 'zod';
import type { AgencyId, SubjectId } from '../../src-shared/domain/ids.ts';
import { ANY_TIME } from '../../src-shared/domain/period.ts';
import type { Period } from '../../src-shared/domain/period.ts';
import { SubjectRow } from './columns.ts';
import { readAll, readColumn, readNumber, readOne } from './connection.ts';
import type { ReadDb, SqlValue } from './connection.ts';
import { findAgency } from './identities.ts';

/** The entities of a case in an order, for cases of which nobody wants everything at once. Numbers are those of the store. */

export type MemberSort = 'label' | 'kind' | 'firstOn' | 'lastOn';

export type MemberOrder = {
  readonly sort: MemberSort;
  /** Entities without a date stay at the end. */
  readonly isDescending?: boolean | undefined;
  readonly types?: readonly string[] | undefined;
  readonly period?: Period | undefined;
  readonly without?: Without | undefined;
};

/** What is switched off. An entity with several grades or authors stays while one of them is on. */
export type Without = {
  /** A type, or `type:category` for one of `categories`. */
  readonly looks: readonly string[];
  /** Subject categories that count apart from their type, as `type:category`. */
  readonly categories: readonly string[];
  /** As `europol-4x4:B2`; the empty text is "no grade". */
  readonly grades: readonly string[];
  readonly authors: readonly AgencyId[];
  readonly markings: readonly string[];
};

/** `overlaps` of src-shared/domain/period.ts, said in SQL. */
const UNMARKED = (column: string): string => `replace(replace(${column}, '~', ''), '?', '')`;
const FIRST = UNMARKED(`substr(e.first_on, 1, instr(e.first_on || '/', '/') - 1)`);
const LAST = UNMARKED(`substr(e.last_on, instr(e.last_on, '/') + 1)`);
const LOOK = `e.type || ':' || coalesce(e.subject_category, '')`;
const oneOf = (list: string): string => `IN (SELECT value FROM json_each(${list}))`;
const someWordStays = (list: string, column: string): string => `(${list} IS NULL OR EXISTS (
    SELECT 1 FROM json_each('["' || replace(${column}, ' ', '","') || '"]') w WHERE NOT w.value ${oneOf(list)}))`;
const PASSES = [
  `(?2 IS NULL OR e.type ${oneOf('?2')})`,
  `((?4 IS NULL AND ?5 IS NULL) OR (?6 = 1 AND e.first_on IS NULL) OR (
    (?4 IS NULL OR substr(?4, 1, length(${LAST})) <= ${LAST}) AND (?5 IS NULL OR substr(${FIRST}, 1, length(?5)) <= ?5)))`,
  `(?7 IS NULL OR NOT CASE WHEN ${LOOK} ${oneOf('?8')} THEN ${LOOK} ELSE e.type END ${oneOf('?7')})`,
  someWordStays('?9', 'e.grades'),
  someWordStays('?10', 'e.authors'),
  `(?11 IS NULL OR NOT e.tlp ${oneOf('?11')})`,
].join(' AND ');

const scan = (order: string): string => `SELECT e.id FROM case_members m CROSS JOIN entities e ON e.id = m.member
  WHERE m.case_id = ?1 AND ${PASSES} ORDER BY ${order} LIMIT ?3`;
const byDate = (column: string, direction: 'ASC' | 'DESC'): string =>
  scan(`${column} IS NULL, ${column} ${direction}, e.label, e.id`);

/** Every member, sorted: bytes of the text decide, then the store's own number. One pass over the case. */
export const SCANS: { readonly [S in MemberSort]: { readonly up: string; readonly down: string } } = {
  label: { up: scan('e.label, e.id'), down: scan('e.label DESC, e.id DESC') },
  kind: { up: scan('e.type, e.label, e.id'), down: scan('e.type DESC, e.label, e.id') },
  firstOn: { up: byDate('e.first_on', 'ASC'), down: byDate('e.first_on', 'DESC') },
  lastOn: { up: byDate('e.last_on', 'ASC'), down: byDate('e.last_on', 'DESC') },
};
const ALL = -1;

/** Every entity of a case that passes, in order. O(members), a third of a second for 300 000: `CaseOrders` keeps it. */
export function orderOf(db: ReadDb, caseNumber: number, order: MemberOrder): Int32Array {
  return Int32Array.from(scanned(db, caseNumber, order, ALL));
}

/** The first entities of a case, all kinds, by label or kind. A walk costs what it finds, where the case is large against the store. */
export function firstOf(db: ReadDb, caseNumber: number, sort: 'label' | 'kind', limit: number): readonly number[] {
  return isWorthWalking(db, caseNumber, limit)
    ? walked(db, caseNumber, sort, limit)
    : scanned(db, caseNumber, { sort }, limit);
}

/** Walking passes `store / case` entities for each that it keeps; scanning reads the case. */
export function isWorthWalking(db: ReadDb, caseNumber: number, limit: number): boolean {
  const members = readNumber(
    db,
    'SELECT count(*) AS n FROM (SELECT 1 FROM case_members WHERE case_id = ?1 LIMIT ?2)',
    caseNumber,
    ENOUGH,
  );
  const store = readNumber(db, 'SELECT coalesce(max(id), 0) AS n FROM entities');
  return limit * store < members * members;
}
const ENOUGH = 50_000;

export const SUBJECTS_OF = 'SELECT s.uid FROM json_each(?) j CROSS JOIN subjects s ON s.id = j.value ORDER BY j.key';

/** What numbers of the store stand for, in their order. */
export function subjectsOf(db: ReadDb, numbers: readonly number[]): SubjectId[] {
  return readAll(db, SubjectRow, SUBJECTS_OF, JSON.stringify(numbers)).map(({ uid }) => uid);
}

function scanned(db: ReadDb, caseNumber: number, order: MemberOrder, limit: number): readonly number[] {
  const sql = SCANS[order.sort][order.isDescending === true ? 'down' : 'up'];
  return readColumn(db, sql, ...scanValues(db, caseNumber, order, limit)) as readonly number[];
}

function scanValues(db: ReadDb, caseNumber: number, order: MemberOrder, limit: number): SqlValue[] {
  const { from, to, undated } = order.period ?? ANY_TIME;
  const { looks, categories, grades, authors, markings } = order.without ?? NOTHING;
  return [
    caseNumber,
    order.types === undefined ? null : JSON.stringify(order.types),
    limit,
    from ?? null,
    to ?? null,
    Number(undated),
    list(looks),
    JSON.stringify(categories),
    list(grades),
    list(authors.map((author) => String(findAgency(db, author) ?? 0))),
    list(markings),
  ];
}
const NOTHING: Without = { looks: [], categories: [], grades: [], authors: [], markings: [] };

/** Nothing switched off costs nothing. */
function list(values: readonly string[]): string | null {
  return values.length === 0 ? null : JSON.stringify(values);
}

/** A walk along one kind, in the order of the labels, that keeps the members. */
export const WALK_KIND = `SELECT e.id, e.label FROM entities e
  WHERE e.type = ?2 AND EXISTS (SELECT 1 FROM case_members m WHERE m.case_id = ?1 AND m.member = e.id)
  ORDER BY e.label, e.id LIMIT ?3`;
const WalkedRow = z.object({ id: z.number(), label: z.string() });

/** By label the first of all kinds are merged; by kind one follows the other. */
function walked(db: ReadDb, caseNumber: number, sort: 'label' | 'kind', limit: number): number[] {
  const found: z.infer<typeof WalkedRow>[] = [];
  for (const type of typesHeld(db)) {
    if (sort === 'kind' && found.length >= limit) break;
    found.push(...readAll(db, WalkedRow, WALK_KIND, caseNumber, type, sort === 'kind' ? limit - found.length : limit));
  }
  if (sort === 'label') found.sort((one, other) => compareBytes(one.label, other.label) || one.id - other.id);
  return found.slice(0, limit).map(({ id }) => id);
}

const TypeRow = z.object({ type: z.string().nullable() });
export const NEXT_TYPE = 'SELECT min(type) AS type FROM entities WHERE type > ?';

/** The kinds of entities in the store, each found by one step along the index. */
function typesHeld(db: ReadDb): string[] {
  const types: string[] = [];
  for (;;) {
    const next = readOne(db, TypeRow, NEXT_TYPE, types.at(-1) ?? '')?.type ?? undefined;
    if (next === undefined) return types;
    types.push(next);
  }
}

/** As SQLite compares text. */
function compareBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
