import { z } from 'zod';
import type { AgencyId, KeyId } from '../../src-shared/domain/ids.ts';
import { AgencyColumn, SubjectColumn, TruthColumn } from './columns.ts';
import { readAll, readColumn, readNumber } from './connection.ts';
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

const GROUPS = { entities: AUTHORS_OF_ENTITIES, links: AUTHORS_OF_LINKS, cases: AUTHORS_OF_CASES };

const Authors = z.object({ authors: z.string(), n: z.number() });

/** How much rests on an agency. Pauses between the tables. */
export function* countAffected(db: ReadDb, agency: AgencyId): Generator<void, Affected> {
  const author = findAgency(db, agency) ?? 0;
  const records = readNumber(db, RECORDS_OF_AUTHOR, author, null);
  yield;
  const entities = sumOf(db, AUTHORS_OF_ENTITIES, author);
  yield;
  const links = sumOf(db, AUTHORS_OF_LINKS, author);
  yield;
  return affectedOf(records, entities, links, sumOf(db, AUTHORS_OF_CASES, author));
}

function affectedOf(records: number, entities: Sum, links: Sum, cases: Sum): Affected {
  return {
    records,
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

export const ATTESTATIONS_OF_KEY = 'SELECT id, size FROM attestations WHERE author = ?1 AND kid = ?2 ORDER BY id';
/** Subjects of what an attestation covers at some of its places and still stands. */
export const SUBJECTS_OF_PLACES = `SELECT r.subject FROM placements p INDEXED BY placements_by_attestation CROSS JOIN records r ON r.rid = p.rid
  WHERE p.attestation = ?1 AND p.leaf >= ?2 AND p.leaf < ?3 AND r.state = 'live'`;
const AttestationOfKey = z.object({ id: z.number(), size: z.number() });
const IS_ALONE_OF_KEY = `NOT EXISTS (SELECT 1 FROM records o WHERE o.subject = e.id AND o.state = 'live' AND NOT EXISTS (
  SELECT 1 FROM placements q CROSS JOIN attestations u ON u.id = q.attestation WHERE q.rid = o.rid AND u.author = ?1 AND u.kid = ?2))`;
export const ENTITIES_OF_KEY = `SELECT s.uid AS subject, e.type, e.label, e.id, ${IS_ALONE_OF_KEY} AS isAlone
  FROM json_each(?3) j CROSS JOIN entities e ON e.id = j.value CROSS JOIN subjects s ON s.id = e.id LIMIT ?4`;
export const LINKS_OF_KEY = `SELECT s.uid AS subject, e.type, '' AS label, e.id, ${IS_ALONE_OF_KEY} AS isAlone
  FROM json_each(?3) j CROSS JOIN links e ON e.id = j.value CROSS JOIN subjects s ON s.id = e.id LIMIT ?4`;
export const CASES_OF_KEY = `SELECT s.uid AS subject, 'case' AS type, e.title AS label, e.id, ${IS_ALONE_OF_KEY} AS isAlone
  FROM json_each(?3) j CROSS JOIN cases e ON e.id = j.value CROSS JOIN subjects s ON s.id = e.id LIMIT ?4`;
const OF_KEY = { entity: ENTITIES_OF_KEY, link: LINKS_OF_KEY, case: CASES_OF_KEY };
const RowOfKey = Row.omit({ authors: true }).extend({ isAlone: TruthColumn });
/** Subjects or places that are looked at together: some milliseconds. */
const AT_ONCE = 256;

/** Whose key. */
export type OneKey = { readonly agency: AgencyId; readonly kid: KeyId };

/** This store's integers of all that one key says something of, ascending. Pauses between slices. O(records that it attested). */
export function* subjectsOfKey(db: ReadDb, { agency, kid }: OneKey): Generator<void, readonly number[]> {
  const subjects = new Set<number>();
  for (const { id, size } of readAll(db, AttestationOfKey, ATTESTATIONS_OF_KEY, findAgency(db, agency) ?? 0, kid))
    for (let leaf = 0; leaf < size; leaf += AT_ONCE) {
      yield;
      for (const subject of readColumn(db, SUBJECTS_OF_PLACES, id, leaf, leaf + AT_ONCE)) subjects.add(Number(subject));
    }
  yield;
  return Array.from(Float64Array.from(subjects).sort());
}

/**
 * What rests on one key, in the order in which the store came to know of it; `isAlone` where nothing else is said of it, not by another key of the
 * agency either. `subjects` are those of `subjectsOfKey`.
 */
export function affectedByKey(
  db: ReadDb,
  { agency, kid }: OneKey,
  subjects: readonly number[],
  what: AffectedRow['what'],
  { after }: AffectedPlace,
  limit: number,
): { readonly rows: AffectedRow[]; readonly next?: AffectedPlace } {
  const author = findAgency(db, agency) ?? 0;
  const rows: AffectedRow[] = [];
  for (let at = firstAbove(subjects, after); at < subjects.length; at += AT_ONCE) {
    const some = JSON.stringify(subjects.slice(at, at + AT_ONCE));
    const found = readAll(db, RowOfKey, OF_KEY[what], author, kid, some, limit - rows.length);
    rows.push(
      ...found.map(({ subject, type, label, isAlone: only }) => ({ what, subject, type, label, isAlone: only })),
    );
    const last = found.at(-1);
    if (rows.length === limit && last !== undefined) return { rows, next: { list: 0, after: last.id } };
  }
  return { rows };
}

/** How much rests on one key. Pauses between slices. O(records that it attested). */
export function* countByKey(db: ReadDb, key: OneKey, subjects: readonly number[]): Generator<void, Affected> {
  const sums = { entity: { ...NONE }, link: { ...NONE }, case: { ...NONE } };
  const author = findAgency(db, key.agency) ?? 0;
  for (let at = 0; at < subjects.length; at += AT_ONCE)
    for (const what of ['entity', 'link', 'case'] as const) {
      yield;
      const some = JSON.stringify(subjects.slice(at, at + AT_ONCE));
      for (const { isAlone: only } of readAll(db, RowOfKey, OF_KEY[what], author, key.kid, some, AT_ONCE)) {
        sums[what].all += 1;
        if (only) sums[what].alone += 1;
      }
    }
  yield;
  return affectedOf(readNumber(db, RECORDS_OF_AUTHOR, author, key.kid), sums.entity, sums.link, sums.case);
}

const NONE = { all: 0, alone: 0 };

function firstAbove(subjects: readonly number[], after: number): number {
  let [low, high] = [0, subjects.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((subjects[middle] ?? 0) > after) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** What rests on an agency, one after the other: first what rests on it alone. `next` is absent at the end. `lists` are those of `listsOf`. */
export function affected(
  db: ReadDb,
  agency: AgencyId,
  lists: readonly string[],
  what: AffectedRow['what'],
  place: AffectedPlace,
  limit: number,
): { readonly rows: AffectedRow[]; readonly next?: AffectedPlace } {
  const author = findAgency(db, agency) ?? 0;
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

export const PASSED_ON = `SELECT a.uid AS agency, sum(p.records) AS records, count(*) AS releases, max(r.at) AS last_at FROM passed_on p
  CROSS JOIN releases r ON r.id = p.release CROSS JOIN agencies a ON a.id = p.partner WHERE p.author = ? GROUP BY p.partner ORDER BY a.uid`;
const Passed = z.object({ agency: AgencyColumn, records: z.number(), releases: z.number(), last_at: z.string() });

export const PASSED_ON_OF_KEY = `SELECT a.uid AS agency, count(*) AS records, count(DISTINCT i.release) AS releases, max(e.at) AS last_at
  FROM attestations t CROSS JOIN placements p ON p.attestation = t.id CROSS JOIN records r ON r.rid = p.rid
    CROSS JOIN release_items i ON i.record = r.id CROSS JOIN releases e ON e.id = i.release CROSS JOIN agencies a ON a.id = i.partner
  WHERE t.author = ?1 AND t.kid = ?2 GROUP BY i.partner ORDER BY a.uid`;

/** What of an agency's records, or of those that one of its keys attested, we passed on, and to whom. */
export function passedOn(db: ReadDb, agency: AgencyId, kid?: KeyId): PassedOnRow[] {
  const author = findAgency(db, agency) ?? 0;
  const rows =
    kid === undefined ? readAll(db, Passed, PASSED_ON, author) : readAll(db, Passed, PASSED_ON_OF_KEY, author, kid);
  return rows.map(({ last_at, ...row }) => ({ ...row, lastAt: last_at }));
}

/** The keys by which an agency attested what we hold. */
export function attestingKeys(db: ReadDb, agency: AgencyId): { readonly kid: string; readonly records: number }[] {
  const sql = `SELECT t.kid, count(*) AS records FROM attestations t CROSS JOIN placements p ON p.attestation = t.id WHERE t.author = ? GROUP BY t.kid ORDER BY t.kid`;
  return readAll(db, z.object({ kid: z.string(), records: z.number() }), sql, findAgency(db, agency) ?? 0);
}

type Sum = { readonly all: number; readonly alone: number };

function sumOf(db: ReadDb, sql: string, author: number): Sum {
  let [all, alone] = [0, 0];
  for (const { authors, n } of readAll(db, Authors, sql)) {
    if (!names(authors, author)) continue;
    all += n;
    if (isAlone(authors, author)) alone += n;
  }
  return { all, alone };
}

/** Those lists of authors that name the agency, the one of it alone first. O(entities, links or cases). */
export function listsOf(db: ReadDb, what: AffectedRow['what'], agency: AgencyId): string[] {
  const author = findAgency(db, agency) ?? 0;
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
