import { z } from 'zod';
import { canonicalText } from '../../src-shared/crypto/canonical.ts';
import { readOne } from './connection.ts';
import type { ReadDb, WriteDb } from './connection.ts';
import { replaceRow } from './truth.ts';

const SettingRow = z.object({ value: z.string() });

/** A value of this vault, to be parsed by whoever asks; undefined when it was never saved. */
export function setting(db: ReadDb, name: string): unknown {
  const row = readOne(db, SettingRow, 'SELECT value FROM settings WHERE name = ?', name);
  return row === undefined ? undefined : JSON.parse(row.value);
}

/** Keeps a plain value under a name. */
export function saveSetting(tx: WriteDb, name: string, value: unknown): void {
  replaceRow(tx, 'settings', { name }, { name, value: canonicalText(value) });
}
