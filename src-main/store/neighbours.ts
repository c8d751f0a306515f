import { z } from 'zod';
import type { SubjectId } from '../../src-shared/domain/ids.ts';
import { SubjectColumn } from './columns.ts';
import { readAll } from './connection.ts';
import type { ReadDb } from './connection.ts';
import { findSubject } from './identities.ts';
import { entityRows, linkRows } from './queries.ts';
import type { NeighbourCount, NeighbourRow } from './types.ts';

type Expansion = { readonly types?: readonly string[]; readonly limit: number };

/** Both directions by their own index; a link of an entity to itself is taken once. */
export const NEIGHBOURS = `SELECT s.uid AS link, o.uid AS other, n.is_out FROM (
    SELECT id, dst AS other, type, 1 AS is_out FROM links WHERE src = ?1 AND is_drawable = 1
    UNION ALL
    SELECT id, src AS other, type, 0 AS is_out FROM links WHERE dst = ?1 AND src <> ?1 AND is_drawable = 1
  ) n CROSS JOIN subjects s ON s.id = n.id CROSS JOIN subjects o ON o.id = n.other
  WHERE ?2 = 'null' OR n.type IN (SELECT value FROM json_each(?2)) LIMIT ?3`;

const HopRow = z.object({ link: SubjectColumn, other: SubjectColumn, is_out: z.number() });

/** The links of an entity and what is at their other ends, as ids only. Undefined types mean all. O(links of it). */
export function neighbourIds(db: ReadDb, subject: SubjectId, expansion: Expansion): z.output<typeof HopRow>[] {
  const types = JSON.stringify(expansion.types ?? null);
  return readAll(db, HopRow, NEIGHBOURS, findSubject(db, subject) ?? 0, types, expansion.limit);
}

/** The same as rows of the projection. */
export function neighbours(db: ReadDb, subject: SubjectId, expansion: Expansion): NeighbourRow[] {
  const found = neighbourIds(db, subject, expansion);
  const links = new Map(
    linkRows(
      db,
      found.map((row) => row.link),
    ).map((link) => [link.id, link]),
  );
  const others = new Map(
    entityRows(db, [...new Set(found.map((row) => row.other))]).map((entity) => [entity.id, entity]),
  );
  return found.flatMap((row) => {
    const link = links.get(row.link);
    const other = others.get(row.other);
    if (link === undefined || other === undefined) return [];
    return [{ link, other, direction: directionOf(link.directed, row.is_out) }];
  });
}

export const NEIGHBOUR_COUNTS = `SELECT type, directed, is_out, count(*) AS count FROM (
    SELECT type, directed, 1 AS is_out FROM links WHERE src = ?1 AND is_drawable = 1
    UNION ALL
    SELECT type, directed, 0 AS is_out FROM links WHERE dst = ?1 AND src <> ?1 AND is_drawable = 1
  ) GROUP BY type, directed, CASE directed WHEN 1 THEN is_out ELSE 2 END ORDER BY type, is_out`;

const CountRow = z.object({ type: z.string(), directed: z.number(), is_out: z.number(), count: z.number() });

/** How many links of each type and direction an entity has: what the expand menu lists. */
export function neighbourCounts(db: ReadDb, subject: SubjectId): NeighbourCount[] {
  return readAll(db, CountRow, NEIGHBOUR_COUNTS, findSubject(db, subject) ?? 0).map(
    ({ type, directed, is_out, count }) => ({
      type,
      direction: directionOf(directed === 1, is_out),
      count,
    }),
  );
}

function directionOf(directed: boolean, isOut: number): 'out' | 'in' | 'none' {
  if (!directed) return 'none';
  return isOut === 1 ? 'out' : 'in';
}
