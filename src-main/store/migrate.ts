import type Database from 'better-sqlite3';
import { z } from 'zod';
import { failure } from '../../src-shared/errors.ts';
import { first } from './migrations/0001-first.ts';

/** In order; numbered from 1; written once and never edited. */
export const MIGRATIONS: readonly { readonly version: number; readonly name: string; readonly sql: string }[] = [first];

/** V23: brings the schema up to date in one transaction a migration; a schema from the future is refused untouched. */
export function migrate(sqlite: Database.Database): void {
  const found = schemaVersion(sqlite);
  const supported = MIGRATIONS.length;
  if (found > supported) throw failure('vault.newer-version', { found, supported });
  for (const migration of MIGRATIONS.slice(found)) {
    sqlite.transaction(() => {
      sqlite.exec(migration.sql);
      sqlite.pragma(`user_version=${migration.version}`);
    })();
  }
}

function schemaVersion(sqlite: Database.Database): number {
  return z
    .number()
    .int()
    .nonnegative()
    .parse(sqlite.pragma('user_version', { simple: true }));
}
