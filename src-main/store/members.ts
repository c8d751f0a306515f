import { z } from 'zod';
import type { SubjectId } from '../../src-shared/domain/ids.ts';
import { ANY_TIME } from '../../src-shared/domain/period.ts';
import type { Period } from '../../src-shared/domain/period.ts';
import { SubjectColumn } from './columns.ts';
import { readAll, readNumber, readOne } from './connection.ts';
import type { ReadDb } from './connection.ts';
import { findSubject } from './identities.ts';
import { entityRows } from './queries.ts';
import type { EntityRow } from './types.ts';

/** The entities of a case page by page, for cases of which nobody wants everything at once. */

export type MembersPage = {
  readonly sort: 'label' | 'kind';
  readonly types?: readonly string[];
  readonly period?: Period;
  /** The last entity of the page before. */
  readonly after?: SubjectId;
  readonly limit: number;
};

/**
 * One page of a case's entities in the order of their labels, or of their kinds and labels; bytes of the text decide, then the store's own number.
 * A page costs what it holds, or a scan of the case where that is small against the store: at most about the root of the store's size.
 */
export function caseMembersPage(db: ReadDb, id: SubjectId, page: MembersPage): EntityRow[] {
  const found = pageOf(db, findSubject(db, id) ?? 0, page);
  const rows = new Map(entityRows(db, found).map((row) => [row.id, row]));
  return found.flatMap((subject) => rows.get(subject) ?? []);
}

/** The first entities of a case, by label. */
export function firstMembers(db: ReadDb, id: SubjectId, limit: number): SubjectId[] {
  return pageOf(db, findSubject(db, id) ?? 0, { sort: 'label', limit });
}

const COLUMNS = 'e.id, e.type, e.label, s.uid';
/** `overlaps` of src-shared/domain/period.ts, said in SQL. */
const UNMARKED = (column: string): string => `replace(replace(${column}, '~', ''), '?', '')`;
const FIRST = UNMARKED(`substr(e.first_on, 1, instr(e.first_on || '/', '/') - 1)`);
const LAST = UNMARKED(`substr(e.last_on, instr(e.last_on, '/') + 1)`);
const PASSES = `((?6 = 1 AND e.first_on IS NULL) OR (?4 IS NULL AND ?5 IS NULL) OR (
    (?4 IS NULL OR substr(?4, 1, length(${LAST})) <= ${LAST}) AND (?5 IS NULL OR substr(${FIRST}, 1, length(?5)) <= ?5)))`;

/** A walk along one kind, in the order of the labels, that keeps the members. */
export const WALK_KIND = `SELECT ${COLUMNS} FROM entities e CROSS JOIN subjects s ON s.id = e.id
  WHERE e.type = ?2 AND e.label >= ?7 AND (e.label > ?7 OR e.id > ?8)
    AND EXISTS (SELECT 1 FROM case_members m WHERE m.case_id = ?1 AND m.member = e.id) AND ${PASSES}
  ORDER BY e.label, e.id LIMIT ?3`;

const scan = (
  order: string,
  after: string,
): string => `SELECT ${COLUMNS} FROM case_members m CROSS JOIN entities e ON e.id = m.member
  CROSS JOIN subjects s ON s.id = e.id
  WHERE m.case_id = ?1 AND (?2 = 'null' OR e.type IN (SELECT value FROM json_each(?2))) AND ${PASSES} AND ${after}
  ORDER BY ${order} LIMIT ?3`;

/** Every member, sorted, for a case that is small against the store. */
export const SCAN_BY_LABEL = scan('e.label, e.id', '(e.label, e.id) > (?7, ?8)');
export const SCAN_BY_KIND = scan('e.type, e.label, e.id', '(e.type, e.label, e.id) > (?9, ?7, ?8)');

const MemberRow = z.object({ id: z.number(), type: z.string(), label: z.string(), uid: SubjectColumn });
type Member = z.infer<typeof MemberRow>;
const START: Pick<Member, 'id' | 'type' | 'label'> = { id: 0, type: '', label: '' };

function pageOf(db: ReadDb, id: number, page: MembersPage): SubjectId[] {
  const after = page.after === undefined ? START : (placeOf(db, page.after) ?? START);
  const { from, to, undated } = page.period ?? ANY_TIME;
  const period = [from ?? null, to ?? null, Number(undated)] as const;
  const members = isWorthWalking(db, id, page.limit) ? walked : scanned;
  return members(db, id, page, after, period).map(({ uid }) => uid);
}

type PeriodValues = readonly [string | null, string | null, number];

function scanned(db: ReadDb, id: number, page: MembersPage, after: typeof START, period: PeriodValues): Member[] {
  const sql = page.sort === 'label' ? SCAN_BY_LABEL : SCAN_BY_KIND;
  const types = JSON.stringify(page.types ?? null);
  return readAll(db, MemberRow, sql, id, types, page.limit, ...period, after.label, after.id, after.type);
}

/** By label the pages of all kinds are merged; by kind one follows the other. */
function walked(db: ReadDb, id: number, page: MembersPage, after: typeof START, period: PeriodValues): Member[] {
  const types = typesHeld(db).filter((type) => page.types === undefined || page.types.includes(type));
  const walk = (type: string, from: typeof START, limit: number): Member[] =>
    readAll(db, MemberRow, WALK_KIND, id, type, limit, ...period, from.label, from.id);
  if (page.sort === 'label') {
    const pages = types.flatMap((type) => walk(type, after, page.limit));
    return pages
      .toSorted((one, other) => compareBytes(one.label, other.label) || one.id - other.id)
      .slice(0, page.limit);
  }
  const found: Member[] = [];
  for (const type of types) {
    if (compareBytes(type, after.type) < 0 || found.length >= page.limit) continue;
    found.push(...walk(type, type === after.type ? after : START, page.limit - found.length));
  }
  return found;
}

/** Walking passes `store / case` entities for each that it keeps; scanning reads the case once a page. */
function isWorthWalking(db: ReadDb, id: number, limit: number): boolean {
  const members = readNumber(
    db,
    'SELECT count(*) AS n FROM (SELECT 1 FROM case_members WHERE case_id = ?1 LIMIT ?2)',
    id,
    ENOUGH,
  );
  const store = readNumber(db, 'SELECT coalesce(max(id), 0) AS n FROM entities');
  return limit * store < members * members;
}
const ENOUGH = 50_000;

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

function placeOf(db: ReadDb, subject: SubjectId): typeof START | undefined {
  const sql = 'SELECT e.id, e.type, e.label, s.uid FROM entities e CROSS JOIN subjects s ON s.id = e.id WHERE e.id = ?';
  return readOne(db, MemberRow, sql, findSubject(db, subject) ?? 0);
}

/** As SQLite compares text. */
function compareBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
