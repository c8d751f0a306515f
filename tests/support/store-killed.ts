import { join } from 'node:path';
import type { StoreKeys, StorePlace } from '../../src-main/store/store.ts';

/** What the killed process and its killer agree on. */

export const RECORDS_A_BATCH = 20;
export const KILLED_KEYS: StoreKeys = { store: new Uint8Array(32).fill(5), head: new Uint8Array(32).fill(6) };

export function killedPlace(folder: string): StorePlace {
  return { database: join(folder, 'store.db'), sidecar: join(folder, 'head'), vault: 'test' };
}
