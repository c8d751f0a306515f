import type { ReadDb, WriteDb } from '../store/connection.ts';
import { dropOfficerKey, officerKeys } from '../store/own-keys.ts';
import { saveSetting, setting } from '../store/settings.ts';
import type { Header } from './header.ts';

/** Which header counts, as the store knows it: docs/formats/vault.md V18, V102. */

/** The setting in which the store keeps the highest generation of the header that it saw (V18). */
export const GENERATION = 'vault.generation';

/** The setting in which the store keeps the generation of the last change of the header that it entered, which decides it (V102). */
export const ENTERED = 'vault.header-entered';

/** What the store knows of headers; 0 where it knows nothing yet. */
export function knownGenerations(db: ReadDb): { readonly seen: number; readonly entered: number } {
  return { seen: numberIn(db, GENERATION), entered: numberIn(db, ENTERED) };
}

/** Whether the change that made this header was decided. */
export function isDecided(db: ReadDb, { generation }: Header): boolean {
  const { seen, entered } = knownGenerations(db);
  return Math.max(seen, entered) >= generation;
}

/** This header counts from now on, and what belonged to slots that it does not have goes (V144). */
export function takeAsSeen(tx: WriteDb, { generation, slots }: Header): void {
  saveSetting(tx, GENERATION, generation);
  const { entered } = knownGenerations(tx);
  if (entered > generation) saveSetting(tx, ENTERED, generation);
  const held = new Set(slots.map(({ id }) => id));
  for (const { slot } of officerKeys(tx)) if (!held.has(slot)) dropOfficerKey(tx, slot);
}

function numberIn(db: ReadDb, name: string): number {
  const known = setting(db, name);
  return typeof known === 'number' ? known : 0;
}
