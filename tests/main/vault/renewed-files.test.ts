import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  decideRenewal,
  finishRenewal,
  isRenewalDecided,
  prepareRenewal,
  removeUndecided,
} from '../../../src-main/vault/renewed-files.ts';
import { temporaryFolder } from '../../support/store-vaults.ts';

const NAMES = ['store.db', 'head', 'vault.json', 'vault.json.bak'];

function oldFiles(): string {
  const dir = temporaryFolder();
  for (const name of NAMES) writeFileSync(join(dir, name), `old ${name}`);
  mkdirSync(join(dir, 'attachments'));
  writeFileSync(join(dir, 'attachments', 'a'), 'old a');
  return dir;
}

function newFiles(folder: string): void {
  for (const name of NAMES) writeFileSync(join(folder, name), `new ${name}`);
  mkdirSync(join(folder, 'attachments'));
  writeFileSync(join(folder, 'attachments', 'b'), 'new b');
}

function contentsOf(dir: string): readonly string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .toSorted();
}

const NEW = [...NAMES.map((name) => `new ${name}`), 'new b'].toSorted();

test('[V134, V135] decided files take the place of all old ones, and no old log meets the new database', () => {
  const dir = oldFiles();
  newFiles(prepareRenewal(dir, 'rotation'));
  expect(isRenewalDecided(dir)).toBe(false);
  decideRenewal(dir, 'rotation');
  expect(isRenewalDecided(dir)).toBe(true);
  for (const log of ['store.db-wal', 'store.db-journal']) writeFileSync(join(dir, log), 'log of the old database');
  finishRenewal(dir);
  expect(contentsOf(dir)).toEqual(NEW);
  expect(isRenewalDecided(dir)).toBe(false);
  finishRenewal(dir);
  expect(contentsOf(dir)).toEqual(NEW);
});

test('[V135] what an update does not renew stays: header and evidence files', () => {
  const dir = oldFiles();
  const folder = prepareRenewal(dir, 'update');
  for (const name of ['store.db', 'head']) writeFileSync(join(folder, name), `new ${name}`);
  decideRenewal(dir, 'update');
  finishRenewal(dir);
  expect(contentsOf(dir)).toEqual(['new head', 'new store.db', 'old a', 'old vault.json', 'old vault.json.bak']);
});

test('[V136] what was not decided is removed, and an unfinished attempt does not stand in the way of the next', () => {
  const dir = oldFiles();
  const before = contentsOf(dir);
  newFiles(prepareRenewal(dir, 'rotation'));
  expect(readdirSync(prepareRenewal(dir, 'rotation'))).toEqual([]);
  finishRenewal(dir);
  removeUndecided(dir);
  expect(contentsOf(dir)).toEqual(before);
  expect(existsSync(join(dir, 'rotating'))).toBe(false);
});
