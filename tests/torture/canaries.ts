import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { storeKeys } from '../../src-main/vault/open-vault.ts';
import { closeStation, FIRST_PASSPHRASE, inTemporaryFolder, makeStation, openStation } from './station.ts';
import type { Station } from './station.ts';

/** V20, V100: a process works with planted values, and from outside all of its files are searched for them while it does. */

export type CanaryTally = { scans: number; files: number; readonly stages: string[]; readonly problems: string[] };

export async function watch(count: number): Promise<CanaryTally> {
  const tally: CanaryTally = { scans: 0, files: 0, stages: [], problems: [] };
  await inTemporaryFolder(async (folder) => {
    const home = join(folder, 'home');
    await makeStation(home);
    // random, so that it stands nowhere before it is planted
    const canary = `kanari${randomBytes(6).toString('hex')}`;
    const secrets = await secretsOf(home, canary);
    const since = Date.now() - 1000;
    await work(home, canary, count, (pid) => scan({ home, since, secrets, pid }, tally), tally);
    scan({ home, since, secrets, pid: undefined }, tally);
    await lookInside(home, canary, tally);
  });
  return tally;
}

type Scene = {
  readonly home: string;
  readonly since: number;
  readonly secrets: readonly Buffer[];
  readonly pid: number | undefined;
};

/** Planted values, passphrase and keys, in each form in which they could lie about. */
async function secretsOf(home: string, canary: string): Promise<readonly Buffer[]> {
  const station = await openStation(home, FIRST_PASSPHRASE);
  const { masterKey, vault, signing } = station.session.vault;
  const keys = [
    masterKey,
    ...Object.values(storeKeys(masterKey, vault)),
    ...(signing === undefined ? [] : [signing.seed]),
  ].map((key) => Buffer.from(key));
  const texts = [canary, canary.toUpperCase(), FIRST_PASSPHRASE, ...(signing === undefined ? [] : [signing.identity])];
  closeStation(station);
  return [
    ...keys,
    ...keys.map((key) => Buffer.from(key.toString('hex'))),
    ...texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')]),
  ];
}

async function work(
  home: string,
  canary: string,
  count: number,
  look: (pid: number) => void,
  tally: CanaryTally,
): Promise<void> {
  const program = fileURLToPath(new URL('./canary-worker.ts', import.meta.url));
  const child = spawn(process.execPath, [program, home, FIRST_PASSPHRASE, canary, String(count)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const errors: Buffer[] = [];
  child.stderr.on('data', (bytes: Buffer) => errors.push(bytes));
  const ended = new Promise<number | null>((resolve) => void child.once('close', resolve));
  const { pid } = child;
  const lines = createInterface(child.stdout);
  lines.on('line', (line) => tally.stages.push(line));
  while (child.exitCode === null && child.signalCode === null) {
    if (pid !== undefined) look(pid);
    await pause(20);
  }
  const said = Buffer.concat(errors).toString();
  if (said.includes(canary)) tally.problems.push('standard error holds a planted value');
  if ((await ended) !== 0)
    tally.problems.push(`the watched process failed: ${said.replaceAll(canary, '…').slice(0, 500)}`);
}

function scan(scene: Scene, tally: CanaryTally): void {
  const files = filesOf(scene);
  tally.scans += 1;
  tally.files += files.length;
  for (const path of files) {
    const bytes = read(path);
    if (scene.secrets.some((secret) => bytes.includes(secret)))
      tally.problems.push(`while ${tally.stages.at(-1) ?? 'opening'}: ${nameOf(path)}`);
  }
}

/** The vaults and their logs, young files in the folders for temporary ones, and whatever the process has open, deleted or not. */
function filesOf({ home, since, pid }: Scene): string[] {
  const temporary = [...new Set([tmpdir(), '/tmp', '/var/tmp', '/dev/shm'])].flatMap(filesIn);
  const young = temporary.filter((path) => (attempt(() => statSync(path).mtimeMs) ?? 0) >= since);
  return [...everythingIn(home), ...young, ...(pid === undefined ? [] : openFiles(pid))];
}

function openFiles(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  const names = attempt(() => readdirSync(folder)) ?? [];
  return names.map((name) => join(folder, name)).filter((path) => attempt(() => statSync(path).isFile()) === true);
}

function everythingIn(folder: string): string[] {
  const entries = attempt(() => readdirSync(folder, { withFileTypes: true, recursive: true })) ?? [];
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

function filesIn(folder: string): string[] {
  const entries = attempt(() => readdirSync(folder, { withFileTypes: true })) ?? [];
  return entries.filter((entry) => entry.isFile()).map((entry) => join(folder, entry.name));
}

function nameOf(path: string): string {
  return attempt(() => readlinkSync(path)) ?? path;
}

function read(path: string): Buffer {
  return attempt(() => readFileSync(path)) ?? Buffer.alloc(0);
}

/** Files come and go while they are looked at. */
function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

/** Everything was erased: nothing of it is left in the decrypted image, its free pages included, nor in the folder of evidence. */
async function lookInside(home: string, canary: string, tally: CanaryTally): Promise<void> {
  const station: Station = await openStation(home, FIRST_PASSPHRASE);
  const image = Buffer.from(station.session.store.sqlite.serialize()).toString('latin1').toLowerCase();
  closeStation(station);
  const hits = image.split(canary).length - 1;
  if (hits > 0) tally.problems.push(`${hits} planted values in the decrypted image after erasure`);
  const files = join(home, 'main', 'attachments');
  const kept = existsSync(files) ? readdirSync(files) : [];
  if (kept.length > 0) tally.problems.push(`${kept.length} files of evidence after erasure`);
}
