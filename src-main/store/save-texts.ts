import { z } from 'zod';
import { readOne, run } from './connection.ts';
import type { WriteDb } from './connection.ts';
import { TEXT_CLASSES } from './entity-texts.ts';
import type { EntityTexts } from './entity-texts.ts';
import { searchColumn } from './search-column.ts';

const Shown = z.object({ shown: z.string() });

/**
 * Brings the full text of one entity up to date. The row keeps, beside what is searched, which value stands where (`shown`), so that a hit
 * can say what matched without reading records.
 */
export function saveTexts(tx: WriteDb, id: number, texts: EntityTexts, row: 'new' | 'held'): void {
  const shown = JSON.stringify(
    texts.map(({ where, property, valueType, value }) => [where, property, valueType, value]),
  );
  if (row === 'held') {
    const held = readOne(tx, Shown, 'SELECT shown FROM entity_texts WHERE rowid = ?', id);
    if (held?.shown === shown) return;
    run(tx, 'DELETE FROM entity_texts WHERE rowid = ?', id);
  }
  if (texts.length === 0) return;
  const columns = TEXT_CLASSES.map((where) => searchColumn(texts.filter((text) => text.where === where)));
  run(
    tx,
    'INSERT INTO entity_texts (rowid, names, aliases, identifiers, texts, shown) VALUES (?, ?, ?, ?, ?, ?)',
    id,
    ...columns,
    shown,
  );
}
