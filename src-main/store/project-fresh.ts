import type { SubjectId } from '../../src-shared/domain/ids.ts';
import { countInCases } from './case-members.ts';
import { count } from './counts.ts';
import { readColumn } from './connection.ts';
import type { WriteDb } from './connection.ts';
import { addNumber, hasNumber, newNumberSet } from './number-set.ts';
import type { NumberSet } from './number-set.ts';
import { entityColumns, linkColumns, saveCase, savePositions } from './project-subjects.ts';
import { projectSubject } from './projection.ts';
import { addRow, flushRows, newRowBuffer } from './row-buffer.ts';
import type { RowBuffer } from './row-buffer.ts';
import { insertKeys, TEXT_COLUMNS, textRow } from './save-texts.ts';
import type { IdentifiedRecord } from './types.ts';

/** Projects subjects that have no projection yet and all of whose live records are in hand: nothing is read, and rows go in many at a time (V74). */
export type FreshProjection = {
  readonly entities: RowBuffer;
  readonly links: RowBuffer;
  readonly texts: RowBuffer;
  /** Entities whose texts are on their way; their keys follow. */
  textIds: number[];
  /** Search keys are built from the texts at the end instead. */
  areKeysPutOff: boolean;
  /** Subjects from this one on are entities exactly if they are in `known`. */
  readonly firstFresh: number;
  readonly known: NumberSet;
};

const COMMON = ['tlp', 'authors', 'grades', 'conflicts', 'withheld', 'first_on', 'last_on', 'review_on'];
const ENTITY_COLUMNS = ['id', 'type', 'label', 'subject_category', 'is_protected', ...COMMON];
const LINK_COLUMNS = ['id', 'type', 'src', 'dst', 'directed', 'confidence', ...COMMON, 'is_drawable'];

/** Subjects from this number on are new in this change. */
export function newFreshProjection(firstFresh: number): FreshProjection {
  return {
    entities: newRowBuffer('entities', ENTITY_COLUMNS, placeholders(ENTITY_COLUMNS)),
    links: newRowBuffer('links', LINK_COLUMNS, placeholders(LINK_COLUMNS)),
    texts: newRowBuffer('entity_texts', [TEXT_COLUMNS], placeholders(TEXT_COLUMNS.split(','))),
    textIds: [],
    areKeysPutOff: false,
    firstFresh,
    known: newNumberSet(),
  };
}

/** `live`: every live record of the subject. */
export function projectFresh(
  tx: WriteDb,
  fresh: FreshProjection,
  { number, id, live }: { readonly number: number; readonly id: SubjectId; readonly live: readonly IdentifiedRecord[] },
): void {
  const projection = projectSubject(id, live);
  if (projection.entity !== undefined) {
    addRow(tx, fresh.entities, Object.values(entityColumns(tx, number, projection.entity)));
    addRow(tx, fresh.texts, [number, ...textRow(projection.entity.texts)]);
    if (!fresh.areKeysPutOff) fresh.textIds.push(number);
    addNumber(fresh.known, number);
    count(tx, 'entities', 1);
  }
  if (projection.link !== undefined) {
    const columns = linkColumns(tx, number, projection.link);
    const isDrawn = isEntity(tx, fresh, columns.src) && isEntity(tx, fresh, columns.dst);
    addRow(tx, fresh.links, [...Object.values(columns), Number(isDrawn)]);
    count(tx, isDrawn ? 'links' : 'undrawn', 1);
  }
  if (projection.case !== undefined) saveCase(tx, number, projection.case);
  if (projection.positions.length > 0) savePositions(tx, number, projection.positions);
}

/** Writes what is still on its way; everything is then in the tables but the keys, where they are put off. */
export function flushFresh(tx: WriteDb, fresh: FreshProjection): void {
  for (const buffer of [fresh.entities, fresh.links, fresh.texts]) flushRows(tx, buffer);
  if (fresh.textIds.length > 0) insertKeys(tx, fresh.textIds);
  fresh.textIds = [];
}

/** V40: links that were written before an entity at their end. Answers the last one looked at; undefined when there are no more. */
export function drawLinks(
  tx: WriteDb,
  { firstFresh }: FreshProjection,
  after: number,
  atOnce: number,
): number | undefined {
  const looked = readColumn(tx, UNDRAWN, after, atOnce);
  const last = looked.at(-1);
  if (last === undefined) return undefined;
  const drawn = readColumn(tx, DRAW, after, Number(last)).map(Number);
  count(tx, 'links', drawn.length);
  count(tx, 'undrawn', -drawn.length);
  // a link that was there before may be a member of a case that nobody counts again
  for (const link of drawn) if (link < firstFresh) countInCases(tx, link, 'links', 1);
  return Number(last);
}

export const UNDRAWN = 'SELECT id FROM links WHERE is_drawable = 0 AND id > ? ORDER BY id LIMIT ?';
export const DRAW = `UPDATE links SET is_drawable = 1 WHERE is_drawable = 0 AND id > ?1 AND id <= ?2
  AND EXISTS (SELECT 1 FROM entities e WHERE e.id = links.src) AND EXISTS (SELECT 1 FROM entities e WHERE e.id = links.dst)
  RETURNING id`;

function isEntity(tx: WriteDb, fresh: FreshProjection, number: number): boolean {
  if (number >= fresh.firstFresh) return hasNumber(fresh.known, number);
  return readColumn(tx, 'SELECT 1 FROM entities WHERE id = ?', number).length > 0;
}

function placeholders(columns: readonly string[]): string {
  return `(${columns.map(() => '?').join(', ')})`;
}
