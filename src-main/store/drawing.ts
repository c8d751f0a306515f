import { z } from 'zod';
import type { AgencyId, SubjectId } from '../../src-shared/domain/ids.ts';
import { SubjectColumn, SubjectRow, TruthColumn } from './columns.ts';
import { readAll } from './connection.ts';
import type { ReadDb } from './connection.ts';
import { findAgency, findSubject } from './identities.ts';
import { CASE_POSITIONS, caseChart, caseRow, entityRows, linkRows } from './queries.ts';
import type { CaseChart, LinkRow, PositionRow } from './types.ts';
import { firstOf, subjectsOf } from './members.ts';

/** Up to so many entities and links a case is drawn as a whole; more are never sent to the page at once. */
export const MOST_DRAWN = { entities: 2000, links: 6000, positions: 8192 } as const;
/** From the top of the table, when nobody has asked for anything in a large case yet. */
const TO_BEGIN_WITH = 25;

export type Drawn = {
  readonly ours: AgencyId;
  /** In a large case exactly these; absent: those with a saved position, or the first of the table. */
  readonly only?: readonly SubjectId[];
  /** In any case these too, members or not. */
  readonly also?: readonly SubjectId[];
};
export type Drawing = CaseChart & {
  /** Every entity and drawable link of the case is in it. */
  readonly isWhole: boolean;
  /** Of what is drawn: what is not in the case. */
  readonly guests: readonly SubjectId[];
};

/**
 * What the chart of a case draws: all of it up to `MOST_DRAWN`, in a larger one what was asked for, and the links between those. Undefined when
 * there is no such case. O(what is drawn and the links of it).
 */
export function caseDrawing(db: ReadDb, id: SubjectId, asked: Drawn): Drawing | undefined {
  const found = caseRow(db, id);
  if (found === undefined) return undefined;
  const also = entityRows(db, (asked.also ?? []).slice(0, MOST_DRAWN.entities));
  const isWhole = found.entities <= MOST_DRAWN.entities && found.links <= MOST_DRAWN.links;
  const chart = isWhole ? caseChart(db, id, asked) : undefined;
  if (chart !== undefined) {
    const members = new Set(chart.entities.map((entity) => entity.id));
    const guests = also.filter((entity) => !members.has(entity.id));
    const entities = [...chart.entities, ...guests];
    const drawnLinks = new Set(chart.links.map((link) => link.id));
    const guestLinks = linksAmong(
      db,
      guests.map((entity) => entity.id),
      entities.map((entity) => entity.id),
    ).filter((link) => !drawnLinks.has(link.id));
    return {
      ...chart,
      entities,
      links: [...chart.links, ...guestLinks],
      positions: chart.positions.slice(0, MOST_DRAWN.positions),
      isWhole,
      guests: [...guests.map((entity) => entity.id), ...guestLinks.map((link) => link.id)],
    };
  }
  const positions = savedPositions(db, id, asked.ours);
  const wanted = [...(asked.only ?? beginning(db, id, positions)), ...also.map((entity) => entity.id)];
  const entities = entityRows(db, [...new Set(wanted)].slice(-MOST_DRAWN.entities));
  const drawn = entities.map((entity) => entity.id);
  const links = linksAmong(db, drawn, drawn);
  const shown = new Set<SubjectId>(drawn);
  const members = membersAmong(db, id, [...drawn, ...links.map((link) => link.id)]);
  return {
    case: found,
    entities,
    links,
    positions: positions.filter(({ subject }) => shown.has(subject)),
    isWhole,
    guests: [...drawn, ...links.map((link) => link.id)].filter((subject) => !members.has(subject)),
  };
}

/** What a large case begins with when nobody says what to draw. */
function beginning(db: ReadDb, id: SubjectId, positions: readonly PositionRow[]): SubjectId[] {
  if (positions.length > 0) return positions.map(({ subject }) => subject);
  return subjectsOf(db, firstOf(db, findSubject(db, id) ?? 0, 'label', TO_BEGIN_WITH));
}

const LIST = (parameter: string): string =>
  `SELECT s.id FROM json_each(${parameter}) j CROSS JOIN subjects s ON s.uid = unhex(j.value)`;

/** The `+` keeps the other end a filter: one scan of the links of each, never a lookup for each pair. */
export const LINKS_AMONG = `WITH drawn AS MATERIALIZED (${LIST('?2')})
  SELECT s.uid FROM (
    SELECT l.id FROM (${LIST('?1')}) d CROSS JOIN links l ON l.src = d.id WHERE l.is_drawable = 1 AND +l.dst IN drawn
    UNION SELECT l.id FROM (${LIST('?1')}) d CROSS JOIN links l ON l.dst = d.id WHERE l.is_drawable = 1 AND +l.src IN drawn
    LIMIT ?3
  ) n CROSS JOIN subjects s ON s.id = n.id`;

/** The drawable links with one end in `some` and the other in `all`, each once. O(links of `some`). */
function linksAmong(db: ReadDb, some: readonly SubjectId[], all: readonly SubjectId[]): LinkRow[] {
  if (some.length === 0) return [];
  const found = readAll(db, SubjectRow, LINKS_AMONG, uidList(some), uidList(all), MOST_DRAWN.links);
  return linkRows(
    db,
    found.map(({ uid }) => uid),
  );
}

export const MEMBERS_AMONG = `SELECT s.uid FROM json_each(?2) j CROSS JOIN subjects s ON s.uid = unhex(j.value)
  WHERE EXISTS (SELECT 1 FROM case_members m WHERE m.case_id = ?1 AND m.member = s.id)`;

/** Those of the subjects that are members of a case. */
export function membersAmong(db: ReadDb, id: SubjectId, subjects: readonly SubjectId[]): ReadonlySet<SubjectId> {
  const rows = readAll(db, SubjectRow, MEMBERS_AMONG, findSubject(db, id) ?? 0, uidList(subjects));
  return new Set(rows.map(({ uid }) => uid));
}

const PositionColumns = z.object({ uid: SubjectColumn, x: z.number(), y: z.number(), pinned: TruthColumn });

/** Where the subjects of a case stand, those last that win: ours over others'. At most as many as can be drawn. */
function savedPositions(db: ReadDb, id: SubjectId, ours: AgencyId): PositionRow[] {
  const rows = readAll(db, PositionColumns, CASE_POSITIONS, findSubject(db, id) ?? 0, findAgency(db, ours) ?? 0);
  const bySubject = new Map(rows.map(({ uid, x, y, pinned }) => [uid, { subject: uid, x, y, pinned }]));
  return [...bySubject.values()].slice(-MOST_DRAWN.entities);
}

function uidList(ids: readonly SubjectId[]): string {
  return JSON.stringify(ids.map((id) => id.replaceAll('-', '')));
}
