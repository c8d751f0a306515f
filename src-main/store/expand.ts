import { z } from 'zod';
import type { SubjectId } from '../../src-shared/domain/ids.ts';
import { optional, SubjectColumn } from './columns.ts';
import { readAll } from './connection.ts';
import type { ReadDb } from './connection.ts';
import { findSubject } from './identities.ts';
import { entityRows, linkRows } from './queries.ts';
import type { NeighbourRow } from './types.ts';

export type Expansion = {
  /** Kinds of the entities at the other end. */
  readonly types?: readonly string[];
  readonly direction?: Direction;
  /** Entities that are there already. */
  readonly exclude?: readonly SubjectId[];
  readonly limit: number;
};
export type Direction = 'out' | 'in' | 'none';

/** How many entities of a kind an expansion would bring: in one direction, or in all. */
export type ExpansionCount = { readonly type: string; readonly direction?: Direction; readonly entities: number };

/** Up to so many links the kinds at the other ends are counted. */
const MOST_COUNTED = 50_000;

const HOPS = `SELECT id, dst AS other, type, directed, 1 AS is_out FROM links WHERE src = ?1 AND is_drawable = 1
    UNION ALL
    SELECT id, src AS other, type, directed, 0 AS is_out FROM links WHERE dst = ?1 AND src <> ?1 AND is_drawable = 1`;
const DIRECTION = `CASE n.directed WHEN 0 THEN 'none' ELSE CASE n.is_out WHEN 1 THEN 'out' ELSE 'in' END END`;
const EXCLUDED = `SELECT s.id FROM json_each(?2) j CROSS JOIN subjects s ON s.uid = unhex(j.value)`;

export const EXPANSION_COUNTS = `WITH excluded AS MATERIALIZED (${EXCLUDED}), reached AS MATERIALIZED (
    SELECT e.type, n.other, ${DIRECTION} AS direction
    FROM (SELECT * FROM (${HOPS}) LIMIT ?3) n CROSS JOIN entities e ON e.id = n.other WHERE n.other NOT IN excluded
  )
  SELECT type, NULL AS direction, count(DISTINCT other) AS entities FROM reached GROUP BY type
  UNION ALL SELECT type, direction, count(DISTINCT other) FROM reached GROUP BY type, direction ORDER BY 1, 2`;

const CountRow = z.object({
  type: z.string(),
  direction: z.enum(['out', 'in', 'none']).nullable(),
  entities: z.number(),
});

/** What an expansion could bring that is not there yet, by kind and direction. Of a hub the first `MOST_COUNTED` links are counted. */
export function expansionCounts(db: ReadDb, subject: SubjectId, exclude: readonly SubjectId[]): ExpansionCount[] {
  const rows = readAll(db, CountRow, EXPANSION_COUNTS, findSubject(db, subject) ?? 0, uidList(exclude), MOST_COUNTED);
  return rows.map(({ direction, ...row }) => ({ ...row, ...optional('direction', direction) }));
}

export const EXPANSION = `WITH excluded AS MATERIALIZED (${EXCLUDED})
  SELECT s.uid AS link, o.uid AS other, ${DIRECTION} AS direction
  FROM (${HOPS}) n CROSS JOIN entities e ON e.id = n.other CROSS JOIN subjects s ON s.id = n.id CROSS JOIN subjects o ON o.id = n.other
  WHERE n.other NOT IN excluded AND (?3 = 'null' OR e.type IN (SELECT value FROM json_each(?3)))
    AND (?4 IS NULL OR ?4 = ${DIRECTION}) LIMIT ?5`;

const HopRow = z.object({ link: SubjectColumn, other: SubjectColumn, direction: z.enum(['out', 'in', 'none']) });

/** The links of an entity that an expansion adds, and what is at their other ends: at most `limit` links. O(links of it). */
export function expand(db: ReadDb, subject: SubjectId, expansion: Expansion): NeighbourRow[] {
  const { types, direction, exclude = [], limit } = expansion;
  const number = findSubject(db, subject) ?? 0;
  const kinds = JSON.stringify(types ?? null);
  const hops = readAll(db, HopRow, EXPANSION, number, uidList(exclude), kinds, direction ?? null, limit);
  const links = byId(
    linkRows(
      db,
      hops.map((hop) => hop.link),
    ),
  );
  const others = byId(entityRows(db, [...new Set(hops.map((hop) => hop.other))]));
  return hops.flatMap((hop) => {
    const [link, other] = [links.get(hop.link), others.get(hop.other)];
    return link === undefined || other === undefined ? [] : [{ link, other, direction: hop.direction }];
  });
}

function byId<R extends { readonly id: SubjectId }>(rows: readonly R[]): ReadonlyMap<SubjectId, R> {
  return new Map(rows.map((row) => [row.id, row]));
}

function uidList(ids: readonly SubjectId[]): string {
  return JSON.stringify(ids.map((id) => id.replaceAll('-', '')));
}
