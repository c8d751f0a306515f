import { fsyncSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { buildAside } from '../../../src-main/vault/aside.ts';
import { temporaryFolder } from '../../support/store-vaults.ts';

vi.mock('node:fs', { spy: true });

test('[V1] a vault made aside is on the disk before it has its name: every file, and the folders that name them', () => {
  let made = '';
  buildAside(join(temporaryFolder(), 'vault'), (folder) => {
    made = folder;
    mkdirSync(join(folder, 'attachments'));
    for (const name of ['vault.json', join('attachments', 'a')]) writeFileSync(join(folder, name), name);
  });
  const { invocationCallOrder: named } = vi.mocked(renameSync).mock;
  const { calls, invocationCallOrder: order } = vi.mocked(fsyncSync).mock;
  const flushed = calls
    .filter((_, i) => (order[i] ?? 0) < (named[0] ?? 0))
    .map(([descriptor], i) => openedAs(descriptor, order[i] ?? 0));
  const wanted = [made, ...['attachments', join('attachments', 'a'), 'vault.json'].map((name) => join(made, name))];
  expect(flushed.toSorted()).toEqual(wanted.toSorted());
});

/** What a descriptor was opened for last. */
function openedAs(descriptor: number, before: number): string {
  const { calls, results, invocationCallOrder } = vi.mocked(openSync).mock;
  const at = calls.findLastIndex((_, i) => results[i]?.value === descriptor && (invocationCallOrder[i] ?? 0) < before);
  return String(calls[at]?.[0]);
}
