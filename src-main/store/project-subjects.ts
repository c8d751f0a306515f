import { z } from 'zod';
import type { AgencyId, SubjectId } from '../../src-shared/domain/ids.ts';
import type { AnyRecord } from '../../src-shared/domain/record.ts';
import { hexBytes, RecordIdColumn, SubjectRow } from './columns.ts';
import { readAll, readNumber, readOne, run } from './connection.ts';
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

const SubjectNumber = z.object({ subject: z.number() });

/** Drops the whole projection and computes it again: the result is the same (V40). */
export function rebuild(tx: WriteDb): void {
  for (const table of ['entities', 'links', 'cases', 'case_members', 'chart_positions', 'entity_texts']) {
    run(tx, `DELETE FROM ${table}`);
  }
  const subjects = readAll(
    tx,
    SubjectNumber,
    `SELECT DISTINCT subject FROM records WHERE state = 'live' ORDER BY subject`,
  );
  projectSubjects(
    tx,
    subjects.map(({ subject }) => subject),
  );
}

export const LIVE_OF_SUBJECT = `SELECT rid, id, body FROM records WHERE subject = ? AND state = 'live'`;
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
  const wasThere = readNumber(tx, 'SELECT count(*) AS n FROM entities WHERE id = ?', id) > 0;
  if (entity === undefined) {
    if (!wasThere) return;
    run(tx, 'DELETE FROM entities WHERE id = ?', id);
    saveTexts(tx, id, [], 'held');
    redraw(tx, id);
    return;
  }
  save(tx, 'entities', {
    id,
    type: entity.type,
    label: entity.label,
    subject_category: entity.subjectCategory ?? null,
    is_protected: Number(entity.isProtected),
    ...commonColumns(tx, entity),
  });
  saveTexts(tx, id, entity.texts, wasThere ? 'held' : 'new');
  if (!wasThere) redraw(tx, id);
}

function saveLink(tx: WriteDb, id: number, link: ProjectedLink | undefined): void {
  if (link === undefined) {
    run(tx, 'DELETE FROM links WHERE id = ?', id);
    return;
  }
  const src = keepSubject(tx, link.from);
  const dst = keepSubject(tx, link.to);
  save(tx, 'links', {
    id,
    type: link.type,
    src,
    dst,
    directed: Number(link.directed),
    confidence: link.confidence,
    ...commonColumns(tx, link),
    is_drawable: readNumber(
      tx,
      'SELECT EXISTS (SELECT 1 FROM entities WHERE id = ?1) AND EXISTS (SELECT 1 FROM entities WHERE id = ?2) AS n',
      src,
      dst,
    ),
  });
}

/** V40: an entity came or went, so links that end there can be drawn, or no longer. */
function redraw(tx: WriteDb, entity: number): void {
  for (const end of ['src', 'dst']) {
    run(
      tx,
      `UPDATE links SET is_drawable = EXISTS (SELECT 1 FROM entities e WHERE e.id = links.src)
         AND EXISTS (SELECT 1 FROM entities e WHERE e.id = links.dst) WHERE ${end} = ?`,
      entity,
    );
  }
}

function saveCase(tx: WriteDb, id: number, projected: ProjectedCase | undefined): void {
  run(tx, 'DELETE FROM case_members WHERE case_id = ?', id);
  if (projected === undefined) {
    run(tx, 'DELETE FROM cases WHERE id = ?', id);
    return;
  }
  save(tx, 'cases', {
    id,
    title: projected.title,
    reference: projected.reference ?? null,
    description: projected.description,
    authors: agencyList(tx, projected.authors),
    tlp: projected.tlp,
    created_at: projected.createdAt,
    changed_at: projected.changedAt,
  });
  for (const member of projected.members) {
    run(tx, 'INSERT INTO case_members (case_id, member) VALUES (?, ?)', id, keepSubject(tx, member));
  }
}

function savePositions(tx: WriteDb, chart: number, positions: readonly ProjectedPosition[]): void {
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

function commonColumns(tx: WriteDb, projected: Common): { readonly [column: string]: SqlValue } {
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
function save(
  tx: WriteDb,
  table: 'entities' | 'links' | 'cases' | 'chart_positions',
  row: { readonly [column: string]: SqlValue },
): void {
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
