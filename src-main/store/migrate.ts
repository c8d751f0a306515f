import type Database from 'better-sqlite3';
import { z } from 'zod';
import { failure } from '../../src-shared/errors.ts';
import { first } from './migrations/0001-first.ts';
import { scale } from './migrations/0002-scale.ts';
import { search } from './migrations/0003-search.ts';
import { attachments } from './migrations/0004-attachments.ts';
import { erasure } from './migrations/0005-erasure.ts';
import { graph } from './migrations/0006-graph.ts';
import { forwarding } from './migrations/0007-forwarding.ts';
import { keys } from './migrations/0008-keys.ts';
import { received } from './migrations/0010-received.ts';
import { releaseTerms } from './migrations/0011-release-terms.ts';
import { streams } from './migrations/0009-streams.ts';

/** One numbered step of the schema: SQL, then what SQL cannot say. The projection is always computed again afterwards (V132). */
export type Migration = {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  readonly up?: (sqlite: Database.Database) => void;
};

/** In order; numbered from 1; written once and never edited. */
export const MIGRATIONS: readonly Migration[] = [
  first,
  scale,
  search,
  attachments,
  erasure,
  graph,
  forwarding,
  keys,
  streams,
  received,
  releaseTerms,
];

/** Brings an empty database, or the copy of an older store (V132), up to date: one transaction a migration. */
export function migrate(sqlite: Database.Database): void {
  const found = schemaVersion(sqlite);
  for (const { version, sql, up } of MIGRATIONS.filter((each) => each.version > found)) {
    sqlite.transaction(() => {
      sqlite.exec(sql);
      up?.(sqlite);
      sqlite.pragma(`user_version=${version}`);
    })();
  }
}

/** V23: throws `vault.newer-version` for a schema from the future, `vault.older-version` for one that has to be brought up to date first. */
export function requireSchema(sqlite: Database.Database): void {
  const older = olderSchema(sqlite);
  if (older !== undefined) throw failure('vault.older-version', older);
}

export type OlderSchema = { readonly found: number; readonly supported: number };

/** V97: the versions where the store is of an older schema, which can be salvaged and nothing else. Throws `vault.newer-version`. */
export function olderSchema(sqlite: Database.Database): OlderSchema | undefined {
  const found = schemaVersion(sqlite);
  const supported = MIGRATIONS.at(-1)?.version ?? 0;
  if (found > supported) throw failure('vault.newer-version', { found, supported });
  return found < supported ? { found, supported } : undefined;
}

/** Whether a migration is missing. */
export function isOutdated(sqlite: Database.Database): boolean {
  return schemaVersion(sqlite) < (MIGRATIONS.at(-1)?.version ?? 0);
}

/** V23: `user_version`, the number of the last migration. */
export function schemaVersion(sqlite: Database.Database): number {
  return z
    .number()
    .int()
    .nonnegative()
    .parse(sqlite.pragma('user_version', { simple: true }));
}
