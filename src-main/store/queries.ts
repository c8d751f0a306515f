import { z } from 'zod';
import type { AgencyId, SubjectId } from '../../src-shared/domain/ids.ts';
import { Tlp } from '../../src-shared/domain/marking.ts';
import { agencyNumbers, entityOf, EntityColumns, linkOf, LinkColumns } from './projected-rows.ts';
import { optional, SubjectColumn, SubjectRow, TruthColumn, WordsColumn } from './columns.ts';
import { readAll, readNumber, readOne } from './connection.ts';
import type { ReadDb, SqlValue } from './connection.ts';
import { readCounts } from './counts.ts';
import { findAgency, findSubject } from './identities.ts';
import { readHead } from './head-row.ts';
import type { CaseChart, CaseRow, EntityRow, LinkRow, PositionRow, StatusCounts, SubjectKind } from './types.ts';

/** What lists and charts read: projection only, no record is parsed here. Join orders are fixed, so that no plan depends on statistics (V75). */

/** The counts of the status line. */
export function statusCounts(db: ReadDb): StatusCounts {
  const { entities, links, undrawn, records, cases } = readCounts(db);
  return {
    entities,
    links,
    undrawnLinks: undrawn,
    records,
    cases,
    partners: readNumber(db, 'SELECT count(*) AS n FROM partners'),
    quarantined: readNumber(db, 'SELECT count(*) AS n FROM quarantine'),
    sequence: readHead(db).sequence,
  };
}

const CASE_COLUMNS = `s.uid, c.title, c.reference, c.description, c.authors, c.tlp, c.created_at, c.changed_at,
  c.entities, c.links`;
const CASES = `SELECT ${CASE_COLUMNS} FROM cases c CROSS JOIN subjects s ON s.id = c.id ORDER BY c.changed_at DESC, s.uid`;
export const CASE = `SELECT ${CASE_COLUMNS} FROM cases c CROSS JOIN subjects s ON s.id = c.id WHERE c.id = ?`;

/** All cases, the one changed last first. */
export function caseList(db: ReadDb): CaseRow[] {
  const agencies = agencyNumbers(db);
  return readAll(db, CaseColumns, CASES).map((row) => caseOf(row, agencies));
}

/** One case; undefined when the store has none of that id. */
export function caseRow(db: ReadDb, id: SubjectId): CaseRow | undefined {
  const row = readOne(db, CaseColumns, CASE, findSubject(db, id) ?? 0);
  return row === undefined ? undefined : caseOf(row, agencyNumbers(db));
}

const MEMBERS = 'case_members m CROSS JOIN';
export const CASE_ENTITIES = `SELECT ${EntityColumns.sql} FROM ${MEMBERS} entities e ON e.id = m.member CROSS JOIN subjects s ON s.id = e.id WHERE m.case_id = ?`;
export const CASE_LINKS = `SELECT ${LinkColumns.sql} FROM ${MEMBERS} links l ON l.id = m.member CROSS JOIN subjects s ON s.id = l.id
  CROSS JOIN subjects f ON f.id = l.src CROSS JOIN subjects t ON t.id = l.dst WHERE m.case_id = ? AND l.is_drawable = 1`;
export const CASE_POSITIONS = `SELECT s.uid, p.x, p.y, p.pinned, p.author = ?2 AS is_ours
  FROM chart_positions p CROSS JOIN subjects s ON s.id = p.subject CROSS JOIN subjects c ON c.id = p.chart
  WHERE p.case_id = ?1 ORDER BY is_ours, c.uid DESC`;

/**
 * What a chart of a case draws: its member entities and drawable links, and where they stand. Of two charts with one subject, ours places it,
 * then the one with the lowest id. Undefined when there is no such case.
 */
export function caseChart(db: ReadDb, id: SubjectId, { ours }: { readonly ours: AgencyId }): CaseChart | undefined {
  const found = caseRow(db, id);
  const number = findSubject(db, id);
  if (found === undefined || number === undefined) return undefined;
  return {
    case: found,
    entities: entitiesOf(db, CASE_ENTITIES, number),
    links: linksOf(db, CASE_LINKS, number),
    positions: positionsOf(db, number, findAgency(db, ours) ?? 0),
  };
}

export const ENTITIES_BY_ID = `SELECT ${EntityColumns.sql} FROM json_each(?) j CROSS JOIN subjects s ON s.uid = unhex(j.value) CROSS JOIN entities e ON e.id = s.id`;
export const LINKS_BY_ID = `SELECT ${LinkColumns.sql} FROM json_each(?) j CROSS JOIN subjects s ON s.uid = unhex(j.value) CROSS JOIN links l ON l.id = s.id
  CROSS JOIN subjects f ON f.id = l.src CROSS JOIN subjects t ON t.id = l.dst`;

/** Those of the subjects that are entities. */
export function entityRows(db: ReadDb, ids: readonly SubjectId[]): EntityRow[] {
  return entitiesOf(db, ENTITIES_BY_ID, idList(ids));
}

/** Those of the subjects that are links, drawable or not. */
export function linkRows(db: ReadDb, ids: readonly SubjectId[]): LinkRow[] {
  return linksOf(db, LINKS_BY_ID, idList(ids));
}

export const CASES_OF = `SELECT s.uid, c.title FROM case_members m CROSS JOIN cases c ON c.id = m.case_id CROSS JOIN subjects s ON s.id = c.id
  WHERE m.member = ? ORDER BY c.title, s.uid`;

const TitleRow = z.object({ uid: SubjectColumn, title: z.string() });

/** The cases that a subject is a member of. */
export function casesOf(db: ReadDb, subject: SubjectId): { readonly id: SubjectId; readonly title: string }[] {
  return readAll(db, TitleRow, CASES_OF, findSubject(db, subject) ?? 0).map(({ uid, title }) => ({ id: uid, title }));
}

/** Every member of a case, held or not. */
export function caseMembers(db: ReadDb, id: SubjectId): SubjectId[] {
  const sql =
    'SELECT s.uid FROM case_members m CROSS JOIN subjects s ON s.id = m.member WHERE m.case_id = ? ORDER BY s.uid';
  return readAll(db, SubjectRow, sql, findSubject(db, id) ?? 0).map(({ uid }) => uid);
}

const KindRow = z.object({ kind: z.enum(['entity', 'link', 'case', 'chart']) });

/** What a subject is, live or not; undefined when the store holds no record about it, or only same, not-same and retract. */
export function subjectKind(db: ReadDb, id: SubjectId): SubjectKind | undefined {
  return readOne(db, KindRow, KIND, findSubject(db, id) ?? 0)?.kind;
}

export const KIND = `SELECT kind FROM records WHERE subject = ? AND kind IN ('entity', 'link', 'case', 'chart')
  ORDER BY state = 'live' DESC, kind = 'case' DESC, kind = 'entity' DESC LIMIT 1`;

const CaseColumns = z.object({
  uid: SubjectColumn,
  title: z.string(),
  reference: z.string().nullable(),
  description: z.string(),
  entities: z.number(),
  links: z.number(),
  authors: WordsColumn,
  tlp: Tlp,
  created_at: z.string(),
  changed_at: z.string(),
});

function caseOf(row: z.infer<typeof CaseColumns>, agencies: ReadonlyMap<string, AgencyId>): CaseRow {
  return {
    id: row.uid,
    title: row.title,
    ...optional('reference', row.reference),
    description: row.description,
    entities: row.entities,
    links: row.links,
    authors: row.authors.flatMap((number) => agencies.get(number) ?? []),
    tlp: row.tlp,
    createdAt: row.created_at,
    changedAt: row.changed_at,
  };
}

function entitiesOf(db: ReadDb, sql: string, ...values: readonly SqlValue[]): EntityRow[] {
  const agencies = agencyNumbers(db);
  return readAll(db, EntityColumns.row, sql, ...values).map((row) => entityOf(row, agencies));
}

function linksOf(db: ReadDb, sql: string, ...values: readonly SqlValue[]): LinkRow[] {
  const agencies = agencyNumbers(db);
  return readAll(db, LinkColumns.row, sql, ...values).map((row) => linkOf(row, agencies));
}

const PositionColumns = z.object({ uid: SubjectColumn, x: z.number(), y: z.number(), pinned: TruthColumn });

function positionsOf(db: ReadDb, id: number, ours: number): PositionRow[] {
  const rows = readAll(db, PositionColumns, CASE_POSITIONS, id, ours);
  // the best comes last and overwrites
  const bySubject = new Map(rows.map(({ uid, x, y, pinned }) => [uid, { subject: uid, x, y, pinned }]));
  return [...bySubject.values()];
}

function idList(ids: readonly SubjectId[]): string {
  return JSON.stringify(ids.map((id) => id.replaceAll('-', '')));
}
