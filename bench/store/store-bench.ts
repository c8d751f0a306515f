import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { z } from 'zod';
import type { SubjectId } from '../../src-shared/domain/ids.ts';
import { saveSnapshot } from '../../src-main/analysis/graph-snapshot.ts';
import { storeGraph, wholeGraph } from '../../src-main/analysis/store-graph.ts';
import { asReadDb, type ReadDb } from '../../src-main/store/connection.ts';
import { neighbourIds } from '../../src-main/store/neighbours.ts';
import { findEntities } from '../../src-main/store/search.ts';
import { closeStore, openStore, type Store, verifyHead } from '../../src-main/store/store.ts';
import { rebuildInSteps } from '../../src-main/store/rebuild.ts';
import { closeVault, storeKeys, storePlace, unlockVault } from '../../src-main/vault/open-vault.ts';
import { alternate, type Bench, compared, cpuOf, cpuSince, type Measured, median, quantile } from '../bench.ts';
import { BENCH_PASSPHRASE, BENCH_VAULT, type Built } from './build-store.ts';
import { copyEncrypted, copyPlain, importWithCli } from './copy-rows.ts';
import { subjectOf } from './draw-records.ts';
import { askDuckdb, DUCKDB_COMMAND } from './duckdb.ts';
import { type Ask, oneHopIn, twoHopsIn } from './hops.ts';
import { someEntities } from './network.ts';

/** The store of an invented national unit beside the same rows in plain SQLite in the same run. */
export const storeBench: Bench = {
  name: 'store',
  summary: 'an encrypted store of n entities and 3 n links: import, open, search, hops, rebuild, proof, size, memory',
  sizes: [100_000, 1_000_000],
  run,
};

const RUNS_BELOW = 200_000;
const QUESTIONS = 1000;
const TYPED = 200;
const LIMIT = 2000;
const SHOWN = 20;

const PLAIN = 'the same rows through better-sqlite3 without a cipher';

async function* run(n: number, keep?: string): AsyncGenerator<Measured> {
  const folder = mkdtempSync(join(keep ?? tmpdir(), 'chirograph-bench-'));
  try {
    yield* runIn(folder, n);
  } finally {
    if (keep === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

async function* runIn(folder: string, n: number): AsyncGenerator<Measured> {
  const place = join(folder, BENCH_VAULT);
  const plain = join(folder, 'plain.db');
  const { whole, measured } = await imports(folder, place, plain, n);
  yield* measured;
  yield await opening(place, plain, n);
  const { store, close } = await unlocked(place);
  yield* questions(store, plain, n, folder);
  yield* proofs(store, plain, n);
  const cli = await importWithCli(store.sqlite, folder);
  close();
  if (cli !== undefined)
    yield compared({
      n,
      runs: 1,
      unit: 'ms CPU',
      name: 'store-import-cli',
      ours: whole,
      peer: cli.cpuMs,
      peerCommand: cli.command,
    });
}

/** A store built as the product imports it, and its rows written again without records, hashes and heads. */
async function imports(
  folder: string,
  place: string,
  plain: string,
  n: number,
): Promise<{ whole: number; measured: Measured[] }> {
  const runs = n < RUNS_BELOW ? 5 : 1;
  const builds: Built[] = [];
  const plains: number[] = [];
  const bulkPlains: number[] = [];
  const encrypted: number[] = [];
  let bytes = 0;
  for (let i = 0; i < runs; i += 1) {
    rmSync(place, { recursive: true, force: true });
    builds.push(buildInChild(folder, n));
    const { store, close } = await unlocked(place);
    bulkPlains.push(copyPlain(store.sqlite, plain, 'bulk').cpuMs);
    encrypted.push(copyEncrypted(store.sqlite, join(folder, 'encrypted.db')).cpuMs);
    const copied = copyPlain(store.sqlite, plain, 'usual');
    plains.push(copied.cpuMs);
    bytes = copied.bytes;
    close();
  }
  const common = { n, runs, unit: 'ms CPU' } as const;
  const [whole, rows, usual, best] = [
    median(builds.map(({ cpuMs }) => cpuMs)),
    median(encrypted),
    median(plains),
    median(bulkPlains),
  ];
  const peerCommand = `${PLAIN}, one prepared INSERT a row, WAL`;
  const measured = [
    compared({ ...common, name: 'store-import', ours: whole, peer: usual, peerCommand, goal: 3 }),
    compared({ ...common, name: 'store-rows', ours: rows, peer: usual, peerCommand, goal: 1.05 }),
    compared({
      ...common,
      name: 'store-rows-same-statements',
      ours: rows,
      peer: best,
      peerCommand: `${PLAIN}, with our statements, pages and journal`,
    }),
    compared({
      n,
      runs,
      unit: 'MB',
      name: 'store-import-memory',
      ours: median(builds.map(({ rssMb }) => rssMb)),
      peer: 1024,
      peerCommand: 'our limit: 1 GiB',
      goal: 1,
    }),
    compared({
      n,
      runs,
      unit: 'MB',
      name: 'store-size',
      ours: statSync(join(place, 'store.db')).size / 1e6,
      peer: bytes / 1e6,
      peerCommand: PLAIN,
    }),
  ];
  return { whole, measured };
}

function buildInChild(home: string, n: number): Built {
  const script = fileURLToPath(new URL('build-store.ts', import.meta.url));
  const child = spawnSync(process.execPath, [script, home, String(n), String(3 * n)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return z
    .object({ records: z.number(), cpuMs: z.number(), wallMs: z.number(), rssMb: z.number() })
    .parse(JSON.parse(child.stdout));
}

async function unlocked(place: string): Promise<{ store: Store; close: () => void }> {
  const vault = await unlockVault(
    place,
    { passphrase: BENCH_PASSPHRASE },
    { now: () => new Date('2026-03-01T13:00:00.000Z') },
  );
  return { store: vault.store, close: () => closeVault(vault) };
}

/** Hops, search and the graph, on our store and on the plain one, question by question in turn. */
async function* questions(store: Store, plain: string, n: number, folder: string): AsyncGenerator<Measured> {
  const sqlite = new Database(plain);
  sqlite.pragma('cache_size=-262144');
  const peer = asReadDb({ sqlite, statements: new Map() });
  const numbers = someEntities(n, QUESTIONS, 4);
  const entities = numbers.map((number) => number + 1);
  const subjects = numbers.map((number) => subjectOf('entity', number));
  const typed = subjects.slice(0, TYPED).flatMap((subject) => lettersOf(store, subject));
  const sides = <T>(ask: (db: ReadDb, question: T) => void): Sides<T> => ({
    ours: (question) => ask(store, question),
    peer: (question) => ask(peer, question),
  });
  const measured = [
    ...percentiles('store-hop-1', n, { ours: oneHopIn(store.sqlite), peer: oneHopIn(sqlite) }, entities, 0.05),
    ...percentiles('store-hop-2', n, { ours: twoHopsIn(store.sqlite), peer: twoHopsIn(sqlite) }, entities, 1),
    ...percentiles(
      'store-neighbours',
      n,
      sides((db, id: SubjectId) => void neighbourIds(db, id, { limit: LIMIT })),
      subjects,
      1,
    ),
    ...percentiles(
      'store-search',
      n,
      sides((db, text: string) => void findEntities(db, { text, limit: SHOWN })),
      typed,
      10,
    ),
    ...graphReady(store, sqlite, n),
  ];
  sqlite.close();
  yield* measured;
  yield* await besideDuckdb(store, folder, n, measured);
}

/** The graph from its snapshot, beside reading the links of the plain file row by row into the same arrays. */
function graphReady(store: Store, sqlite: Database.Database, n: number): Measured[] {
  saveSnapshot(store, wholeGraph(store));
  const peer = asReadDb({ sqlite, statements: new Map() });
  const figures = alternate({ ours: () => void storeGraph(store), peer: () => void wholeGraph(peer) });
  const common = { n, runs: 5, unit: 'ms CPU' } as const;
  return [
    compared({
      ...common,
      name: 'store-graph',
      ...figures,
      peerCommand: `SELECT src, dst FROM links, row by row, in ${PLAIN}`,
    }),
    compared({
      ...common,
      name: 'store-graph-limit',
      ours: figures.ours,
      peer: 100,
      peerCommand: 'our limit at 1 M: 100 ms',
      goal: 1,
    }),
  ];
}

async function besideDuckdb(
  store: Store,
  folder: string,
  n: number,
  measured: readonly Measured[],
): Promise<Measured[]> {
  const duck = await askDuckdb(
    store.sqlite,
    folder,
    someEntities(n, 60, 4).map((number) => number + 1),
  );
  if (duck === undefined) process.stderr.write('store: DuckDB cannot be installed here; its rows are left out\n');
  if (duck === undefined) return [];
  const ours = (name: string): number => measured.find((row) => row.name === name)?.ours ?? Number.NaN;
  const common = { n, unit: 'ms', peerCommand: DUCKDB_COMMAND } as const;
  return [
    compared({
      ...common,
      runs: 60,
      name: 'store-hop-1-duckdb',
      ours: ours('store-hop-1-p50'),
      peer: duck.oneHop,
      goal: 1 / 100,
    }),
    compared({
      ...common,
      runs: 20,
      name: 'store-hop-2-duckdb',
      ours: ours('store-hop-2-p50'),
      peer: duck.twoHops,
      goal: 1 / 400,
    }),
  ];
}

/** A label as somebody types its first word. */
function lettersOf(store: Store, subject: string): string[] {
  const label = z
    .object({ label: z.string() })
    .optional()
    .parse(
      store.sqlite
        .prepare('SELECT e.label FROM subjects s JOIN entities e ON e.id = s.id WHERE s.uid = unhex(?)')
        .get(subject.replaceAll('-', '')),
    )?.label;
  const [word = ''] = (label ?? '').split(' ');
  const letters = Array.from(word).slice(0, 8);
  return letters.map((_, i) => letters.slice(0, i + 1).join(''));
}

type Sides<T> = { readonly ours: Ask<T>; readonly peer: Ask<T> };

function percentiles<T>(name: string, n: number, sides: Sides<T>, asked: readonly T[], limitMs: number): Measured[] {
  // the first pass fills both caches
  for (const question of asked) for (const ask of [sides.ours, sides.peer]) ask(question);
  const times = asked.map((question) => quickest(question, sides));
  const row = (share: number): { ours: number; peer: number } => ({
    ours: quantile(
      times.map(({ ours }) => ours),
      share,
    ),
    peer: quantile(
      times.map(({ peer }) => peer),
      share,
    ),
  });
  const common = { n, unit: 'ms', runs: asked.length } as const;
  const peerCommand = `the same question to ${PLAIN}`;
  const isHop = name.startsWith('store-hop');
  return [
    compared({ ...common, name: `${name}-p50`, ...row(0.5), peerCommand, ...(isHop && { goal: 1 }) }),
    compared({ ...common, name: `${name}-p95`, ...row(0.95), peerCommand }),
    compared({
      ...common,
      name: `${name}-p95-limit`,
      ours: row(0.95).ours,
      peer: limitMs,
      peerCommand: `our limit: ${limitMs} ms`,
      goal: 1,
    }),
  ];
}

/** Each side asked three times in turn, and its best time: what remains is the question's own, not that of who else runs here. */
function quickest<T>(question: T, { ours, peer }: Sides<T>): { ours: number; peer: number } {
  const times = Array.from({ length: 3 }, () => ({
    ours: wallOf(() => ours(question)),
    peer: wallOf(() => peer(question)),
  }));
  return { ours: Math.min(...times.map((time) => time.ours)), peer: Math.min(...times.map((time) => time.peer)) };
}

function wallOf(work: () => void): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

const PROJECTION = ['entities', 'links', 'cases', 'case_members', 'chart_positions', 'entity_texts'];

async function* proofs(store: Store, plain: string, n: number): AsyncGenerator<Measured> {
  const common = { n, runs: 1, unit: 'ms CPU' } as const;
  const sqlite = new Database(plain, { readonly: true });
  const peer = cpuOf(() => sqlite.pragma('integrity_check(1)'));
  sqlite.close();
  const proof = cpuOf(() => {
    if (!verifyHead(store).ok) throw new Error('the store does not fit its head');
  });
  yield compared({
    ...common,
    name: 'store-proof',
    ours: proof,
    peer,
    peerCommand: 'PRAGMA integrity_check(1) of the plain file, which proves structure only',
  });
  const projected = copyPlain(store.sqlite, `${plain}-projection`, 'usual', PROJECTION).cpuMs;
  const before = process.cpuUsage();
  await rebuildInSteps(
    store,
    { actor: 'Olga', role: 'officer', action: 'store.rebuild', at: '2026-03-01T13:00:00.000Z', details: {} },
    () => Promise.resolve(),
  );
  yield compared({
    ...common,
    name: 'store-rebuild',
    ours: cpuSince(before),
    peer: projected,
    peerCommand: `the projection's rows alone in ${PLAIN}`,
  });
}

/** From the derived keys to an answer: the key derivation is the passphrase's and the same for every size. */
async function opening(place: string, plain: string, n: number): Promise<Measured> {
  const vault = await unlockVault(place, { passphrase: BENCH_PASSPHRASE }, { now: () => new Date() });
  const keys = storeKeys(vault.masterKey, vault.vault);
  const where = storePlace(place, vault.vault);
  closeStore(vault.store);
  const ours: number[] = [];
  const peer: number[] = [];
  for (let i = 0; i < 7; i += 1) {
    ours.push(cpuOf(() => closeStore(openStore(where, { store: keys.store.slice(), head: keys.head.slice() }))));
    peer.push(cpuOf(() => openPlain(plain)));
  }
  closeVault(vault);
  const figures = { ours: median(ours), peer: median(peer) };
  return compared({
    n,
    runs: 7,
    unit: 'ms CPU',
    name: 'store-open',
    ...figures,
    peerCommand: `opening ${PLAIN}, and one row`,
  });
}

function openPlain(path: string): void {
  const sqlite = new Database(path);
  sqlite.pragma('cache_size=-262144');
  sqlite.prepare('SELECT * FROM head').get();
  sqlite.close();
}
