import { join } from 'node:path';
import { openDatabase } from '../store/database.ts';
import type { Progress } from '../store/copy-rows.ts';
import { renewStore } from '../store/renew-store.ts';
import type { FreeSpace } from '../store/room.ts';
import type { StoreKeys, StorePlace } from '../store/store.ts';
import { withoutLog } from '../store/without-log.ts';
import type { AuditNote } from '../store/types.ts';
import { decideRenewal, finishRenewal, prepareRenewal, removeUndecided } from './renewed-files.ts';

export type Update = {
  readonly from: StorePlace;
  readonly keys: StoreKeys;
  readonly note: AuditNote<void>;
  readonly progress: Progress;
  /** V54: a person has accepted that the store does not fit its head. */
  readonly isAccepted?: boolean;
  readonly free?: FreeSpace;
};

/**
 * Brings the store of an older version up to date on a copy and puts the copy in its place (V130–V136). Until the decision the old store is
 * not changed, and whatever fails or is cancelled before leaves nothing behind.
 */
export async function updateVault(dir: string, update: Update): Promise<void> {
  const { from, keys, ...rest } = update;
  const source = openDatabase(from.database, keys.store);
  try {
    const folder = prepareRenewal(dir, 'update');
    const to = { ...from, database: join(folder, 'store.db'), sidecar: join(folder, 'head') };
    await renewStore({ ...rest, source, from, headKey: keys.head, to, keys });
    withoutLog(source, () => decideRenewal(dir, 'update'));
    // its lock is kept until the new one has its place; Windows does not rename what is open
    if (process.platform === 'win32') source.close();
    finishRenewal(dir);
  } catch (error) {
    removeUndecided(dir);
    throw error;
  } finally {
    if (source.open) source.close();
  }
}
