import { z } from 'zod';
import type { ReadDb, WriteDb } from './connection.ts';
import { saveSetting, setting } from './settings.ts';

/** In which epoch this store counts what it sends (docs/formats/bundle.md, B8). */

const EPOCH = 'exchange.epoch';
const FIRST = 1;
const START = Date.UTC(2026, 0, 1);

/** 1 until the store is restored from a backup. */
export function ourEpoch(db: ReadDb): number {
  return z.number().int().positive().catch(FIRST).parse(setting(db, EPOCH));
}

/**
 * docs/formats/backup.md U23: a restored store counts anew, so that it never uses a number twice. The clock keeps two restores of one backup, which
 * know nothing of each other, apart.
 */
export function beginEpoch(tx: WriteDb, now: Date): void {
  const seconds = Math.floor((now.getTime() - START) / 1000);
  saveSetting(tx, EPOCH, Math.max(ourEpoch(tx) + 1, seconds));
}

/** A store that was restored from a backup: it may have sent what it does not know. */
export function wasRestored(db: ReadDb): boolean {
  return ourEpoch(db) !== FIRST;
}
