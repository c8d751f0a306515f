import { z } from 'zod';
import type { AgencyId } from '../../src-shared/domain/ids.ts';
import { Tlp } from '../../src-shared/domain/marking.ts';
import { AgencyColumn, GradesColumn, optional, SubjectColumn, TruthColumn, WordsColumn } from './columns.ts';
import { readAll } from './connection.ts';
import type { ReadDb } from './connection.ts';
import type { EntityRow, LinkRow } from './types.ts';

/** Rows of `entities e` and `links l` as the outside sees them. `s`, `f`, `t` are the subjects of the row and of its ends. */

const DEGREE = `(SELECT count(*) FROM links o WHERE o.src = e.id AND o.is_drawable = 1)
  + (SELECT count(*) FROM links i WHERE i.dst = e.id AND i.src <> e.id AND i.is_drawable = 1)`;
const COMMON = (table: string): string =>
  ['tlp', 'authors', 'grades', 'conflicts', 'withheld', 'first_on', 'last_on', 'review_on']
    .map((column) => `${table}.${column}`)
    .join(', ');

const common = {
  uid: SubjectColumn,
  type: z.string(),
  tlp: Tlp,
  authors: WordsColumn,
  grades: GradesColumn,
  conflicts: z.number(),
  withheld: z.number(),
  first_on: z.string().nullable(),
  last_on: z.string().nullable(),
  review_on: z.string().nullable(),
};

export const EntityColumns = {
  sql: `s.uid, e.type, e.label, e.subject_category, e.is_protected, ${COMMON('e')}, ${DEGREE} AS degree`,
  row: z.object({
    ...common,
    label: z.string(),
    subject_category: z.string().nullable(),
    is_protected: TruthColumn,
    degree: z.number(),
  }),
};

export const LinkColumns = {
  sql: `s.uid, l.type, f.uid AS from_uid, t.uid AS to_uid, l.directed, l.confidence, ${COMMON('l')}`,
  row: z.object({
    ...common,
    from_uid: SubjectColumn,
    to_uid: SubjectColumn,
    directed: TruthColumn,
    confidence: z.enum(['confirmed', 'unconfirmed', 'tentative']),
  }),
};

const AgencyRow = z.object({ id: z.number(), uid: AgencyColumn });

/** The agencies behind the integers of an `authors` column. They are few: partners of partners. */
export function agencyNumbers(db: ReadDb): ReadonlyMap<string, AgencyId> {
  return new Map(readAll(db, AgencyRow, 'SELECT id, uid FROM agencies').map(({ id, uid }) => [String(id), uid]));
}

export function entityOf(row: z.infer<typeof EntityColumns.row>, agencies: ReadonlyMap<string, AgencyId>): EntityRow {
  return {
    ...projected(row, agencies),
    type: row.type,
    label: row.label,
    ...optional('subjectCategory', row.subject_category),
    isProtected: row.is_protected,
    degree: row.degree,
  };
}

export function linkOf(row: z.infer<typeof LinkColumns.row>, agencies: ReadonlyMap<string, AgencyId>): LinkRow {
  return {
    ...projected(row, agencies),
    type: row.type,
    from: row.from_uid,
    to: row.to_uid,
    directed: row.directed,
    confidence: row.confidence,
  };
}

type Common = Pick<z.infer<typeof EntityColumns.row>, Exclude<keyof typeof common, 'type'>>;

function projected(
  row: Common,
  agencies: ReadonlyMap<string, AgencyId>,
): Omit<LinkRow, 'type' | 'from' | 'to' | 'directed' | 'confidence'> {
  return {
    id: row.uid,
    authors: row.authors.flatMap((number) => agencies.get(number) ?? []),
    grades: row.grades,
    tlp: row.tlp,
    conflicts: row.conflicts,
    withheld: row.withheld,
    ...optional('firstOn', row.first_on),
    ...optional('lastOn', row.last_on),
    ...optional('reviewOn', row.review_on),
  };
}
