import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Bench, compared, type Measured } from '../bench.ts';
import { NAMES } from './materials.ts';
import type { Step } from './step.ts';

/** Release and receive of n records beside the programs that agencies use today, on the same lines in the same run. */
export const exchangeBench: Bench = {
  name: 'exchange',
  summary:
    'a bundle of n records: create, receive into an empty and a half-known store, size, memory, and the whole way into the store',
  sizes: [100_000, 1_000_000],
  run,
};

const RUNS_BELOW = 200_000;
/** What users report: attributes a second of MISP (issue 9092), bundles of one object a second of OpenCTI (issue 6716). */
const MISP_A_SECOND = 341;
const OPENCTI_A_SECOND = 30;
const MEMORY_LIMIT_MB = 600;
const LONGEST_WAIT_MS = 50;

const Answer = z.record(z.string(), z.number().nullable());

async function* run(n: number, keep?: string): AsyncGenerator<Measured> {
  const folder = mkdtempSync(join(keep ?? tmpdir(), 'chirograph-bench-'));
  try {
    yield* runIn(folder, n);
  } finally {
    if (keep === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

async function* runIn(folder: string, n: number): AsyncGenerator<Measured> {
  const runs = n < RUNS_BELOW ? 5 : 1;
  const inStep = stepsIn(folder, n, runs);
  const { sizeMb } = inStep('prepare');
  const create = inStep('create');
  yield* besidePeers('exchange-create', 'create', create, n, runs);
  yield row({
    n,
    runs,
    unit: 'MB',
    name: 'exchange-size',
    ours: sizeMb,
    peer: create['gpgMb'],
    peerCommand: 'gpg --sign --encrypt of the same lines',
    goal: 1,
  });
  yield memory('exchange-create-memory', inStep('create-once'), n);
  yield* besidePeers('exchange-open', 'receive', inStep('open'), n, runs);
  const receive = inStep('receive');
  yield* besidePeers('exchange-receive', 'receive', receive, n, runs);
  yield row({
    n,
    runs,
    unit: 'ms',
    name: 'exchange-receive-longest-wait',
    ours: receive['longestWaitMs'],
    peer: LONGEST_WAIT_MS,
    peerCommand: `our limit for another call: ${LONGEST_WAIT_MS} ms`,
    goal: 1,
  });
  yield memory('exchange-receive-memory', inStep('receive-once'), n);
  yield* besidePeers('exchange-receive-half-known', 'receive', inStep('receive-known'), n, runs);
  const store = inStep('store');
  const common = { n, runs: 1, unit: 'ms', ours: store['wallMs'] } as const;
  yield row({
    ...common,
    name: 'exchange-store-misp',
    peer: (n / MISP_A_SECOND) * 1000,
    peerCommand: `MISP's best reported rate, ${MISP_A_SECOND} attributes a second`,
    goal: 1 / 100,
  });
  yield row({
    ...common,
    name: 'exchange-store-opencti',
    peer: (n / OPENCTI_A_SECOND) * 1000,
    peerCommand: `OpenCTI's reported rate, ${OPENCTI_A_SECOND} bundles a second`,
    goal: 1 / 1000,
  });
  yield memory('exchange-store-memory', store, n);
}

type Answers = Readonly<Record<string, number>>;

function* besidePeers(
  name: string,
  side: 'create' | 'receive',
  figures: Answers,
  n: number,
  runs: number,
): Generator<Measured> {
  const gpg =
    side === 'create' ? 'gpg --sign --encrypt of the same lines' : 'gpg --decrypt, then JSON.parse of every line';
  const age =
    side === 'create'
      ? 'zstd -3 | age, and minisign -S'
      : 'minisign -V, age --decrypt | zstd -d, then JSON.parse of every line';
  const common = { n, runs, unit: 'ms CPU', ours: figures['cpuMs'] } as const;
  yield row({ ...common, name, peer: figures['gpgMs'], peerCommand: gpg, goal: 1 });
  if (Number.isFinite(figures['ageMs']))
    yield row({ ...common, name: `${name}-age`, peer: figures['ageMs'], peerCommand: age });
}

function memory(name: string, { rssMb }: Answers, n: number): Measured {
  return row({
    n,
    runs: 1,
    unit: 'MB',
    name,
    ours: rssMb,
    peer: MEMORY_LIMIT_MB,
    peerCommand: `our limit at 1 M records: ${MEMORY_LIMIT_MB} MiB`,
    goal: 1,
  });
}

type Row = Omit<Measured, 'ratio' | 'met' | 'ours' | 'peer'> & {
  readonly ours: number | undefined;
  readonly peer: number | undefined;
};

/** A peer that is not installed gives no figure, and a missed goal. */
function row({ ours = Number.NaN, peer = Number.NaN, ...rest }: Row): Measured {
  return compared({ ...rest, ours, peer });
}

/** Runs steps as processes of their own; each finds the receiver's home as it was after the first. */
function stepsIn(folder: string, n: number, runs: number): (step: Step) => Answers {
  const home = join(folder, NAMES.home);
  const kept = `${home}-kept`;
  return (step) => {
    if (step !== 'prepare') cpSync(kept, home, { recursive: true });
    rmSync(join(folder, 'gnupg'), { recursive: true, force: true });
    const program = fileURLToPath(new URL('step.ts', import.meta.url));
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--max-old-space-size=12000', program, step, folder, String(n), String(runs)],
      { encoding: 'utf8', maxBuffer: 2 ** 26 },
    );
    if (status !== 0) throw new Error(`${step}: ${stderr.slice(-2000)}`);
    if (step === 'prepare') renameSync(home, kept);
    else rmSync(home, { recursive: true });
    const answer = Answer.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
    return Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, value ?? Number.NaN]));
  };
}
