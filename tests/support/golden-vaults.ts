import { createHash } from 'node:crypto';
import { chmodSync, cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readAll } from '../../src-main/store/connection.ts';
import type { ReadDb } from '../../src-main/store/connection.ts';
import { goldenPath } from './golden.ts';
import { temporaryFolder } from './store-vaults.ts';

/** Vaults that earlier versions wrote (tests/golden/vault), copied to where they may be changed. */

export const OFFICER = { passphrase: 'a lantern over Northmark', user: 'Olga Officer' };
export const ANALYST = { passphrase: 'two lamps for the analyst', user: 'Ana Analyst' };

const Expected = z.object({
  recoveryKey: z.string(),
  counts: z.record(z.string(), z.number()),
  states: z.record(z.string(), z.number()),
  recordsDigest: z.string(),
  erased: z.object({ record: z.string(), text: z.string() }),
  cases: z.record(z.string(), z.string()),
  audit: z.object({ ok: z.boolean(), entries: z.number() }),
  audit_hash: z.string(),
  sequence: z.number(),
  tables: z.record(z.string(), z.number()),
});
export type Expected = z.infer<typeof Expected>;

export function goldenVault(name: 'v1' | 'v1-killed' | 'v6' | 'v6-killed'): string {
  const dir = join(temporaryFolder(), 'vault');
  cpSync(goldenPath(`vault/${name}`), dir, { recursive: true });
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true }))
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o700 : 0o600);
  return dir;
}

export function expectedOf(name: 'v1' | 'v6'): Expected {
  return Expected.parse(JSON.parse(readFileSync(goldenPath(`vault/${name}/expected.json`), 'utf8')));
}

/** Every file of a folder with its bytes and the time of its last change: equal means untouched. */
export function snapshotOf(dir: string): readonly string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
    .map((path) => `${path} ${readFileSync(path).toString('base64')}`);
}

const RecordRow = z.object({ id: z.instanceof(Buffer), state: z.string(), body: z.string() });

/** Every record with its state and its bytes, as `expected.json` has it: no program's own rule is in it. */
export function recordsDigest(db: ReadDb): string {
  const lines = readAll(db, RecordRow, 'SELECT id, state, body FROM records ORDER BY id').map(
    ({ id, state, body }) => `${id.toString('hex')} ${state} ${createHash('sha256').update(body).digest('hex')}\n`,
  );
  return createHash('sha256').update(lines.join('')).digest('hex');
}
