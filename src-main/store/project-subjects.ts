import { z } from 'zod';
import type { AgencyId, SubjectId } from '../../src-shared/domain/ids.ts';
import type { AnyRecord } from '../../src-shared/domain/record.ts';
import { hexBytes, RecordIdColumn, SubjectRow } from './columns.ts';
import { count } from './counts.ts';
import { countInCases, recountCase } from './case-members.ts';
import { readAll, readColumn, readOne, run } from './connection.ts';
import type { SqlValue, WriteDb } from './connection.ts';
import { keepAgency, keepSubject } from './identities.ts';
import { projectSubject } from './projection.ts';
import type { ProjectedCase, ProjectedEntity, ProjectedLink, ProjectedPosition } from './projection.ts';
import { saveTexts } from './save-texts.ts';
import { parseBody } from './stored-record.ts';
import type { IdentifiedRecord } from './types.ts';

/** Brings the projection of these subjects up to date (docs/formats/vault.md §6). O(their live records). */
export function projectSubjects(
  tx: WriteDb,
  subjects: Iterable<number>,
  inHand: ReadonlyMap<number, AnyRecord> = new Map(),
): void {
  for (const subject of subjects) project(tx, subject, inHand);
}

/** Case records without their members (V76): a case can have a million. */
export const LIVE_OF_SUBJECT = `SELECT r.rid, r.id,
    CASE r.kind WHEN 'case' THEN (SELECT c.body FROM case_statements c WHERE c.rid = r.rid) ELSE r.body END AS body
  FROM records r WHERE r.subject = ? AND r.state = 'live'`;
const LiveRow = z.object({ rid: z.number(), id: RecordIdColumn, body: z.string() });

function project(tx: WriteDb, subject: number, inHand: ReadonlyMap<number, AnyRecord>): void {
  const uid = uidOf(tx, subject);
  const live = readAll(tx, LiveRow, LIVE_OF_SUBJECT, subject).map(({ rid, id, body }): IdentifiedRecord => ({
    id,
    record: inHand.get(rid) ?? parseBody(body),
  }));
  const projection = projectSubject(uid, live);
  saveEntity(tx, subject, projection.entity);
  saveLink(tx, subject, projection.link);
  saveCase(tx, subject, projection.case);
  savePositions(tx, subject, projection.positions);
}

function uidOf(tx: WriteDb, subject: number): SubjectId {
  const row = readOne(tx, SubjectRow, 'SELECT uid FROM subjects WHERE id = ?', subject);
  if (row === undefined) throw new Error('a record has a subject');
  return row.uid;
}

function saveEntity(tx: WriteDb, id: number, entity: ProjectedEntity | undefined): void {
  const wasThere = isThere(tx, 'entities', id);
  if (entity === undefined) {
    if (!wasThere) return;
    run(tx, 'DELETE FROM entities WHERE id = ?', id);
    count(tx, 'entities', -1);
    countInCases(tx, id, 'entities', -1);
    saveTexts(tx, id, undefined, 'held');
    if (tx.change.deferred === undefined) undraw(tx, id);
    else tx.change.deferred.vanished.add(id);
    return;
  }
  save(tx, 'entities', entityColumns(tx, id, entity));
  saveTexts(tx, id, entity.texts, wasThere ? 'held' : 'new');
  if (wasThere) return;
  count(tx, 'entities', 1);
  countInCases(tx, id, 'entities', 1);
  if (tx.change.deferred === undefined) redraw(tx, id);
}

/** A row of `entities`, its columns in their order. */
export function entityColumns(tx: WriteDb, id: number, entity: ProjectedEntity): Columns {
  return {
    id,
    type: entity.type,
    label: entity.label,
    subject_category: entity.subjectCategory ?? null,
    is_protected: Number(entity.isProtected),
    ...commonColumns(tx, entity),
  };
}

function saveLink(tx: WriteDb, id: number, link: ProjectedLink | undefined): void {
  const [wasDrawn] = readColumn(tx, 'SELECT is_drawable FROM links WHERE id = ?', id);
  if (link === undefined) {
    if (wasDrawn === undefined) return;
    run(tx, 'DELETE FROM links WHERE id = ?', id);
    countLink(tx, id, wasDrawn, undefined);
    return;
  }
  const columns = linkColumns(tx, id, link);
  const isDrawn = areEntities(tx, columns.src, columns.dst) ? 1 : 0;
  save(tx, 'links', { ...columns, is_drawable: isDrawn });
  countLink(tx, id, wasDrawn, isDrawn);
}

/** A row of `links` but whether it can be drawn, its columns in their order. */
export function linkColumns(
  tx: WriteDb,
  id: number,
  link: ProjectedLink,
): Columns & { readonly src: number; readonly dst: number } {
  return {
    id,
    type: link.type,
    src: keepSubject(tx, link.from),
    dst: keepSubject(tx, link.to),
    directed: Number(link.directed),
    confidence: link.confidence,
    ...commonColumns(tx, link),
  };
}

/** Counts a link that came, went, or can be drawn now or no longer. Undefined: it is not there. */
export function countLink(tx: WriteDb, id: number, before: unknown, after: unknown): void {
  count(tx, 'links', Number(after === 1) - Number(before === 1));
  count(tx, 'undrawn', Number(after === 0) - Number(before === 0));
  if (before !== 1 && after === 1) countInCases(tx, id, 'links', 1);
  if (before === 1 && after !== 1) countInCases(tx, id, 'links', -1);
}

function isThere(tx: WriteDb, table: 'entities' | 'cases', id: number): boolean {
  return readColumn(tx, `SELECT 1 FROM ${table} WHERE id = ?`, id).length > 0;
}

function areEntities(tx: WriteDb, ...ids: readonly number[]): boolean {
  return ids.every((id) => isThere(tx, 'entities', id));
}

/** V40: an entity came, so links that end there and have another end can be drawn. */
function redraw(tx: WriteDb, entity: number): void {
  for (const [end, other] of ENDS) {
    const drawn = readColumn(
      tx,
      `UPDATE links SET is_drawable = 1 WHERE ${end} = ? AND is_drawable = 0
         AND EXISTS (SELECT 1 FROM entities e WHERE e.id = links.${other}) RETURNING id`,
      entity,
    );
    for (const link of drawn) countLink(tx, Number(link), 0, 1);
  }
}

/** V40: an entity went, so no link that ends there can be drawn. */
export function undraw(tx: WriteDb, entity: number): void {
  for (const [end] of ENDS) {
    const undrawn = readColumn(
      tx,
      `UPDATE links SET is_drawable = 0 WHERE ${end} = ? AND is_drawable = 1 RETURNING id`,
      entity,
    );
    for (const link of undrawn) countLink(tx, Number(link), 1, 0);
  }
}

const ENDS = [
  ['src', 'dst'],
  ['dst', 'src'],
] as const;

/** Brings the row of a case up to date; its members are kept as its records come and go (V76). */
export function saveCase(tx: WriteDb, id: number, projected: ProjectedCase | undefined): void {
  const wasThere = isThere(tx, 'cases', id);
  if (projected === undefined) {
    if (wasThere) count(tx, 'cases', -1);
    if (wasThere) run(tx, 'DELETE FROM cases WHERE id = ?', id);
    return;
  }
  const columns = {
    title: projected.title,
    reference: projected.reference ?? null,
    description: projected.description,
    authors: agencyList(tx, projected.authors),
    tlp: projected.tlp,
    created_at: projected.createdAt,
    changed_at: projected.changedAt,
  };
  if (wasThere) {
    const assignments = Object.keys(columns).map((column) => `${column} = ?`);
    run(tx, `UPDATE cases SET ${assignments.join(', ')} WHERE id = ?`, ...Object.values(columns), id);
  } else {
    save(tx, 'cases', { id, ...columns, entities: 0, links: 0 });
    count(tx, 'cases', 1);
  }
  if (tx.change.deferred !== undefined) tx.change.deferred.cases.add(id);
  else if (!wasThere) recountCase(tx, id);
}

/** V47: puts these in the place of the positions of a chart. */
export function savePositions(tx: WriteDb, chart: number, positions: readonly ProjectedPosition[]): void {
  run(tx, 'DELETE FROM chart_positions WHERE chart = ?', chart);
  for (const position of positions) {
    save(tx, 'chart_positions', {
      chart,
      subject: keepSubject(tx, position.subject),
      case_id: keepSubject(tx, position.case),
      author: keepAgency(tx, position.author),
      record: hexBytes(position.record),
      x: position.x,
      y: position.y,
      pinned: Number(position.pinned),
    });
  }
}

type Common = Pick<
  ProjectedEntity,
  'authors' | 'grades' | 'tlp' | 'conflicts' | 'withheld' | 'firstOn' | 'lastOn' | 'reviewOn'
>;

type Columns = { readonly [column: string]: SqlValue };

function commonColumns(tx: WriteDb, projected: Common): Columns {
  return {
    tlp: projected.tlp,
    authors: agencyList(tx, projected.authors),
    grades: projected.grades.join(' '),
    conflicts: projected.conflicts,
    withheld: projected.withheld,
    first_on: projected.firstOn ?? null,
    last_on: projected.lastOn ?? null,
    review_on: projected.reviewOn ?? null,
  };
}

/** Authors as this store's integers, in the order of their global ids. */
function agencyList(tx: WriteDb, authors: readonly AgencyId[]): string {
  return authors.map((author) => keepAgency(tx, author)).join(' ');
}

/** Inserts, or changes in place so that unchanged index entries stay untouched. */
function save(tx: WriteDb, table: 'entities' | 'links' | 'cases' | 'chart_positions', row: Columns): void {
  const columns = Object.keys(row);
  const update = columns.map((column) => `${column} = excluded.${column}`).join(', ');
  const key = table === 'chart_positions' ? 'chart, subject' : 'id';
  run(
    tx,
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
     ON CONFLICT (${key}) DO UPDATE SET ${update}`,
    ...Object.values(row),
  );
}
