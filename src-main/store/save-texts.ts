import { z } from 'zod';
import { searchKeys, searchWords } from '../../src-shared/matching/search-keys.ts';
import { readOne, run } from './connection.ts';
import type { SqlValue, WriteDb } from './connection.ts';
import type { EntityTexts } from './entity-texts.ts';

/** The row of one entity in the full text is its integer and these (V80). */
export const TEXT_COLUMNS = 'rowid, words, keys, shown';

/** What search keeps of an entity, in the order of `TEXT_COLUMNS` behind the integer. Pure. */
export function textRow({ label, values }: EntityTexts): readonly SqlValue[] {
  const words = [searchWords({ valueType: 'name', value: label }), ...values.map(searchWords)];
  const shown = values.map(({ where, property, valueType, value }) => [where, property, valueType, value]);
  return [[...new Set(words)].join(' '), JSON.stringify(searchKeys(label, values)), JSON.stringify(shown)];
}

const INSERT_KEYS = `INSERT OR IGNORE INTO entity_keys (key, tie, entity)
  SELECT j.value, substr(s.uid, 13), t.rowid FROM`;
const KEYS_OF = `CROSS JOIN subjects s ON s.id = t.rowid CROSS JOIN json_each(t.keys) j`;

/** Brings the rows of one entity up to date: `undefined` takes them away. Unchanged ones stay untouched. */
export function saveTexts(tx: WriteDb, id: number, texts: EntityTexts | undefined, row: 'new' | 'held'): void {
  const wanted = texts === undefined ? undefined : textRow(texts);
  if (row === 'held') {
    const held = readOne(tx, HeldRow, HELD_TEXT, id);
    if (held !== undefined && wanted !== undefined && isSame(held, wanted)) return;
    if (held !== undefined) removeTexts(tx, id);
  }
  if (wanted === undefined) return;
  run(tx, `INSERT INTO entity_texts (${TEXT_COLUMNS}) VALUES (?, ?, ?, ?)`, id, ...wanted);
  insertKeys(tx, [id]);
}

/** Adds the keys of entities whose rows of the full text are new. Many are added fastest in one call. */
export function insertKeys(tx: WriteDb, ids: readonly number[]): void {
  run(tx, KEYS_OF_SOME, JSON.stringify(ids));
}

/** All keys from the full text, in the order of the index; for after `clearKeys`. The memory it takes is that of the sorted keys. */
export function buildKeys(tx: WriteDb): void {
  run(tx, KEYS_OF_ALL);
}

/** For before many rows of the full text are written; `buildKeys` comes after. */
export function clearKeys(tx: WriteDb): void {
  run(tx, 'DELETE FROM entity_keys');
}

export const HELD_TEXT = 'SELECT words, keys, shown FROM entity_texts WHERE rowid = ?';
export const KEYS_OF_SOME = `${INSERT_KEYS} json_each(?) i CROSS JOIN entity_texts t ON t.rowid = i.value ${KEYS_OF} ORDER BY 1, 2, 3`;
const KEYS_OF_ALL = `${INSERT_KEYS} entity_texts t ${KEYS_OF} ORDER BY 1, 2, 3`;
export const REMOVE_KEYS = `DELETE FROM entity_keys WHERE entity = ?1
  AND tie = (SELECT substr(uid, 13) FROM subjects WHERE id = ?1)
  AND key IN (SELECT j.value FROM entity_texts t CROSS JOIN json_each(t.keys) j WHERE t.rowid = ?1)`;

export const REMOVE_KEYS_OF_SOME = `DELETE FROM entity_keys WHERE (key, tie, entity) IN (SELECT j.value, substr(s.uid, 13), t.rowid
  FROM json_each(?) i CROSS JOIN entity_texts t ON t.rowid = i.value ${KEYS_OF})`;

/** Takes away the rows of entities that are gone. */
export function forgetTexts(tx: WriteDb, ids: readonly number[]): void {
  if (ids.length === 0) return;
  run(tx, REMOVE_KEYS_OF_SOME, JSON.stringify(ids));
  for (const id of ids) run(tx, 'DELETE FROM entity_texts WHERE rowid = ?', id);
}

const HeldRow = z.object({ words: z.string(), keys: z.string(), shown: z.string() });

function removeTexts(tx: WriteDb, id: number): void {
  run(tx, REMOVE_KEYS, id);
  run(tx, 'DELETE FROM entity_texts WHERE rowid = ?', id);
}

function isSame(held: z.infer<typeof HeldRow>, wanted: readonly SqlValue[]): boolean {
  return [held.words, held.keys, held.shown].every((text, i) => text === wanted[i]);
}
