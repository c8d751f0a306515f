import type Database from 'better-sqlite3';
import { translated } from './sqlite-errors.ts';

/** V134: the log goes into the old database, and no log by its name is left for the new one. */
export function withoutLog(sqlite: Database.Database, decide: () => void): void {
  translated(() => sqlite.pragma('journal_mode=DELETE'));
  try {
    decide();
  } catch (error) {
    translated(() => sqlite.pragma('journal_mode=WAL'));
    throw error;
  }
}
