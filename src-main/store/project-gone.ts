import { z } from 'zod';
import { countInCases } from './case-members.ts';
import { readAll, readColumn, run } from './connection.ts';
import type { WriteDb } from './connection.ts';
import { count } from './counts.ts';
import { countLink, saveCase, undraw } from './project-subjects.ts';
import { forgetTexts } from './save-texts.ts';

/** Subjects of which nothing is left, many a statement: the same as `projectSubjects` at a tenth of the cost (docs/formats/vault.md §6). */

export const WITHOUT_LIVE = `SELECT j.value FROM json_each(?) j
  WHERE NOT EXISTS (SELECT 1 FROM records r WHERE r.subject = j.value AND r.state = 'live')`;
const FORGET_LINKS = 'DELETE FROM links WHERE id IN (SELECT value FROM json_each(?)) RETURNING id, is_drawable';
const FORGET_ENTITIES = 'DELETE FROM entities WHERE id IN (SELECT value FROM json_each(?)) RETURNING id';
const CASES = 'SELECT id FROM cases WHERE id IN (SELECT value FROM json_each(?))';
const FORGET_POSITIONS = 'DELETE FROM chart_positions WHERE chart IN (SELECT value FROM json_each(?))';
const LinkRow = z.object({ id: z.number(), is_drawable: z.number() });

/** Takes away what is projected of those that have no live record; answers the others. */
export function projectGone(tx: WriteDb, subjects: readonly number[]): readonly number[] {
  const gone = readColumn(tx, WITHOUT_LIVE, JSON.stringify(subjects)).map(Number);
  if (gone.length === 0) return subjects;
  const some = JSON.stringify(gone);
  for (const link of readAll(tx, LinkRow, FORGET_LINKS, some)) {
    countLink(tx, link.id, link.is_drawable, undefined);
  }
  const entities = readColumn(tx, FORGET_ENTITIES, some).map(Number);
  forgetTexts(tx, entities);
  for (const entity of entities) leave(tx, entity);
  for (const id of readColumn(tx, CASES, some)) saveCase(tx, Number(id), undefined);
  run(tx, FORGET_POSITIONS, some);
  const isGone = new Set(gone);
  return subjects.filter((subject) => !isGone.has(subject));
}

function leave(tx: WriteDb, entity: number): void {
  count(tx, 'entities', -1);
  countInCases(tx, entity, 'entities', -1);
  if (tx.change.deferred === undefined) undraw(tx, entity);
  else tx.change.deferred.vanished.add(entity);
}
