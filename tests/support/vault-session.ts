import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { AppContext } from '../../src-main/app/context.ts';
import { createJobs } from '../../src-main/app/jobs.ts';
import { openSession } from '../../src-main/app/open-session.ts';
import type { OpenSession } from '../../src-main/app/session.ts';
import type { Store } from '../../src-main/store/store.ts';
import { closeVault, unlockVault } from '../../src-main/vault/open-vault.ts';
import { PASSPHRASE } from './agency.ts';
import type { TestAgency } from './agency.ts';
import { randomBytes } from './bare-partner.ts';

/** The same vault without the door in front of it, so that a test can get at the database. */
export async function vaultSession(
  agency: TestAgency,
  emit: AppContext['emit'] = () => undefined,
): Promise<OpenSession> {
  if (agency.exits.length === 0) await agency.call('vault.lock', {});
  const context: AppContext = {
    home: agency.home,
    now: () => new Date(),
    randomBytes,
    emit,
    exit: () => undefined,
  };
  const vault = await unlockVault(join(agency.home, 'main'), { passphrase: PASSPHRASE }, context);
  onTestFinished(() => closeVault(vault));
  return openSession(context, createJobs(context.emit), 'main', vault);
}

/** Every row of every table but those named, and the whole projection with its texts: what two states of one store must agree in. */
export function rowsOf({ sqlite }: Store, without: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const tables = sqlite
    .prepare(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') ORDER BY name`)
    .pluck()
    .all()
    .map(String)
    .filter((name) => !name.startsWith('sqlite_') && !without.has(name));
  return new Map(
    tables.map((table) => {
      // a count that was never counted is none
      const where = table === 'counts' ? ' WHERE n <> 0' : '';
      const rows = sqlite.prepare(`SELECT * FROM ${table}${where}`).all();
      return [table, rows.map((row) => JSON.stringify(row, plain)).toSorted()];
    }),
  );
}

function plain(_: string, value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;
}
