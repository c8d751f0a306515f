import { z } from 'zod';
import type { AgencyId, KeyId } from '../../src-shared/domain/ids.ts';
import { AgencyColumn, SubjectColumn } from './columns.ts';
import { readAll, readNumber } from './connection.ts';
import type { ReadDb } from './connection.ts';
import { findAgency } from './identities.ts';

/**
 * What rests on an agency: docs/formats/bundle.md K18. Answered from indexes of who states what (`entities_by_authors`, `links_by_authors`) and of what
 * stands in which attestation; no record is read.
 */

export type Affected = {
  readonly records: number;
  readonly entities: number;
  readonly links: number;
  readonly cases: number;
  /** Nobody else states anything about them. */
  readonly aloneEntities: number;
  readonly aloneLinks: number;
  readonly aloneCases: number;
};
export type AffectedRow = {
  readonly what: 'entity' | 'link' | 'case';
  readonly subject: ReturnType<typeof SubjectColumn.parse>;
  readonly type: string;
  readonly label: string;
  readonly isAlone: boolean;
};
export type PassedOnRow = {
  readonly agency: AgencyId;
  readonly records: number;
  readonly releases: number;
  readonly lastAt: string;
};

const tables = { entity: 'entities', link: 'links', case: 'cases' } as const;
/** Each list of authors that there is, with how many have it: one pass over an index of nothing else. */
export const AUTHORS_OF_ENTITIES =
  'SELECT authors, count(*) AS n FROM entities INDEXED BY entities_by_authors GROUP BY authors';
export const AUTHORS_OF_LINKS = 'SELECT authors, count(*) AS n FROM links INDEXED BY links_by_authors GROUP BY authors';
const AUTHORS_OF_CASES = 'SELECT authors, count(*) AS n FROM cases GROUP BY authors';
export const RECORDS_OF_AUTHOR = `SELECT count(*) AS n FROM attestations t CROSS JOIN placements p ON p.attestation = t.id
  WHERE t.author = ?1 AND (?2 IS NULL OR t.kid = ?2)`;

const Authors = z.object({ authors: z.string(), n: z.number() });

/** How much rests on an agency. `kid` limits the records to those that one of its keys attested. */
export function countAffected(db: ReadDb, agency: AgencyId, kid?: KeyId): Affected {
  const author = findAgency(db, agency) ?? 0;
  const entities = sumOf(db, AUTHORS_OF_ENTITIES, author);
  const links = sumOf(db, AUTHORS_OF_LINKS, author);
  const cases = sumOf(db, AUTHORS_OF_CASES, author);
  return {
    records: readNumber(db, RECORDS_OF_AUTHOR, author, kid ?? null),
    entities: entities.all,
    links: links.all,
    cases: cases.all,
    aloneEntities: entities.alone,
    aloneLinks: links.alone,
    aloneCases: cases.alone,
  };
}

export const AFFECTED_ENTITIES = `SELECT s.uid AS subject, e.type, e.label, e.authors, e.id FROM json_each(?1) j
  CROSS JOIN entities e INDEXED BY entities_by_authors ON e.authors = j.value AND e.id > ?2 CROSS JOIN subjects s ON s.id = e.id LIMIT ?3`;
export const AFFECTED_LINKS = `SELECT s.uid AS subject, l.type, '' AS label, l.authors, l.id FROM json_each(?1) j
  CROSS JOIN links l INDEXED BY links_by_authors ON l.authors = j.value AND l.id > ?2 CROSS JOIN subjects s ON s.id = l.id LIMIT ?3`;
const AFFECTED_CASES = `SELECT s.uid AS subject, 'case' AS type, c.title AS label, c.authors, c.id FROM json_each(?1) j
  CROSS JOIN cases c ON c.authors = j.value AND c.id > ?2 CROSS JOIN subjects s ON s.id = c.id LIMIT ?3`;

const Row = z.object({
  subject: SubjectColumn,
  type: z.string(),
  label: z.string(),
  authors: z.string(),
  id: z.number(),
});

/** Where a list goes on: which list of authors, and the last number of it. */
export type AffectedPlace = { readonly list: number; readonly after: number };

/** What rests on an agency, one after the other: first what rests on it alone. `next` is absent at the end. */
export function affected(
  db: ReadDb,
  agency: AgencyId,
  what: AffectedRow['what'],
  place: AffectedPlace,
  limit: number,
): { readonly rows: AffectedRow[]; readonly next?: AffectedPlace } {
  const author = findAgency(db, agency) ?? 0;
  const lists = listsOf(db, what, author);
  const rows: AffectedRow[] = [];
  let { list, after } = place;
  for (; list < lists.length; list += 1, after = 0) {
    const authors = lists[list] ?? '';
    const found = readAll(db, Row, SQL[what], JSON.stringify([authors]), after, limit - rows.length);
    rows.push(
      ...found.map(({ subject, type, label }) => ({ what, subject, type, label, isAlone: isAlone(authors, author) })),
    );
    const last = found.at(-1);
    if (rows.length === limit && last !== undefined) return { rows, next: { list, after: last.id } };
  }
  return { rows };
}

const SQL = { entity: AFFECTED_ENTITIES, link: AFFECTED_LINKS, case: AFFECTED_CASES };
const GROUPS = { entities: AUTHORS_OF_ENTITIES, links: AUTHORS_OF_LINKS, cases: AUTHORS_OF_CASES };

export const PASSED_ON = `SELECT a.uid AS agency, sum(p.records) AS records, count(*) AS releases, max(r.at) AS last_at FROM passed_on p
  CROSS JOIN releases r ON r.id = p.release CROSS JOIN agencies a ON a.id = p.partner WHERE p.author = ? GROUP BY p.partner ORDER BY a.uid`;
const Passed = z.object({ agency: AgencyColumn, records: z.number(), releases: z.number(), last_at: z.string() });

/** What of an agency's records we passed on, and to whom. */
export function passedOn(db: ReadDb, agency: AgencyId): PassedOnRow[] {
  const rows = readAll(db, Passed, PASSED_ON, findAgency(db, agency) ?? 0);
  return rows.map(({ last_at, ...row }) => ({ ...row, lastAt: last_at }));
}

/** The keys by which an agency attested what we hold. */
export function attestingKeys(db: ReadDb, agency: AgencyId): { readonly kid: string; readonly records: number }[] {
  const sql = `SELECT t.kid, count(*) AS records FROM attestations t CROSS JOIN placements p ON p.attestation = t.id WHERE t.author = ? GROUP BY t.kid ORDER BY t.kid`;
  return readAll(db, z.object({ kid: z.string(), records: z.number() }), sql, findAgency(db, agency) ?? 0);
}

function sumOf(db: ReadDb, sql: string, author: number): { readonly all: number; readonly alone: number } {
  let [all, alone] = [0, 0];
  for (const { authors, n } of readAll(db, Authors, sql)) {
    if (!names(authors, author)) continue;
    all += n;
    if (isAlone(authors, author)) alone += n;
  }
  return { all, alone };
}

/** Those lists of authors that name the agency, the one of it alone first. */
function listsOf(db: ReadDb, what: AffectedRow['what'], author: number): string[] {
  const lists = readAll(db, Authors, GROUPS[tables[what]]).map(({ authors }) => authors);
  const naming = lists.filter((authors) => names(authors, author));
  return naming.toSorted((one, other) => one.length - other.length || (one < other ? -1 : 1));
}

function names(authors: string, author: number): boolean {
  return authors.split(' ').includes(String(author));
}

function isAlone(authors: string, author: number): boolean {
  return authors === String(author);
}
