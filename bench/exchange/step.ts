import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { randomBytes } from 'node:crypto';
import { parseCard } from '../../src-shared/bundle/card.ts';
import { unseal } from '../../src-shared/bundle/seal.ts';
import type { Handlers } from '../../src-shared/contract/methods.ts';
import { newAgency } from '../../src-main/app/new-agency.ts';
import { fastPayload } from '../../src-main/exchange/fast-payload.ts';
import { openReceived } from '../../src-main/exchange/open-received.ts';
import type { PartnerRow } from '../../src-main/store/types.ts';
import { cpuSince, median } from '../bench.ts';
import { createBundle, drawLines, makeReceiver, NAMES, openReceiver, senderIn, verdictsIn } from './materials.ts';
import { ageAndMinisign, gnupg } from './peers.ts';
import type { Peer } from './peers.ts';

/**
 * One step of the benchmark as a process of its own, so that its memory and its processor time, threads included, can be told:
 * `step.ts STEP FOLDER N RUNS`. Prints one line of JSON: median figures.
 */
export type Step =
  | 'prepare'
  | 'create'
  | 'create-once'
  | 'open'
  | 'receive'
  | 'receive-known'
  | 'receive-once'
  | 'store';
export type Figures = Readonly<Record<string, number>>;

const [step = '', folder = '', size = '', runs = ''] = process.argv.slice(2);
const steps: { readonly [S in Step]: () => Promise<Figures> } = {
  'prepare': prepare,
  'create': () => create(true),
  'create-once': () => create(false),
  'open': open,
  'receive': () => receive(true),
  'receive-known': receiveKnown,
  'receive-once': () => receive(false),
  'store': store,
};

if (import.meta.main) {
  const run = steps[step as Step];
  const figures = await run();
  process.stdout.write(`${JSON.stringify({ ...figures, rssMb: process.resourceUsage().maxRSS / 1024 })}\n`);
  process.exit(0);
}

/** Lines, keys, the receiver's vault, and both bundles. */
async function prepare(): Promise<Figures> {
  const sender = await drawLines(folder, Number(size));
  const receiver = await makeReceiver(folder, sender);
  writeFileSync(join(folder, 'receiver.card'), receiver.bytes);
  const verdicts = verdictsIn(folder);
  const half = await createBundle(sender, receiver, verdicts.slice(0, verdicts.length / 2));
  writeFileSync(join(folder, NAMES.half), half.bytes);
  const whole = await createBundle(sender, receiver, verdicts, { sequence: 2, previous: half.manifestHash });
  writeFileSync(join(folder, NAMES.whole), whole.bytes);
  return { records: verdicts.length, sizeMb: whole.bytes.length / 1e6 };
}

async function create(isBesidePeers: boolean): Promise<Figures> {
  const sender = senderIn(folder);
  const receiver = parseCard(new Uint8Array(readFileSync(join(folder, 'receiver.card'))));
  const verdicts = verdictsIn(folder);
  return beside(isBesidePeers ? ['create'] : [], async () => {
    const before = process.cpuUsage();
    await createBundle(sender, receiver, verdicts);
    return cpuSince(before);
  });
}

/** Only unseals, verifies and parses: what it is to know what a file says and who said it. */
async function open(): Promise<Figures> {
  const sender = senderIn(folder);
  const receiver = await newAgency({ name: 'Invented Opening Unit', country: 'XR', sample: false }, bytesAtRandom);
  const { bytes } = await createBundle(sender, receiver.card, verdictsIn(folder));
  const knows = { agency: sender.card.agencyId, card: sender.card.bytes, state: 'confirmed' } as PartnerRow;
  return beside(['create', 'receive'], async () => {
    const before = process.cpuUsage();
    const inner = await unseal([receiver.secrets.identity], bytes, fastPayload);
    const { records } = openReceived(inner, {
      ours: receiver.card,
      partners: [knows],
      now: new Date('2026-03-01T12:00:00.000Z'),
    });
    if (records.length < Number(size)) throw new Error('records are missing');
    return cpuSince(before);
  });
}

/** Opens the whole bundle at a store that has nothing of it; `isBesidePeers` without: once, to see what it needs. */
async function receive(isBesidePeers: boolean): Promise<Figures> {
  const handlers = await openReceiver(join(folder, NAMES.home));
  return beside(isBesidePeers ? ['create', 'receive'] : [], () => receiveOnce(handlers));
}

/** Opens the whole bundle at a store that has half of it. */
async function receiveKnown(): Promise<Figures> {
  const handlers = await openReceiver(join(folder, NAMES.home));
  await openAndApply(handlers, NAMES.half);
  return beside(['create', 'receive'], () => receiveOnce(handlers));
}

/** Opens and applies the whole bundle at an empty store. */
async function store(): Promise<Figures> {
  const handlers = await openReceiver(join(folder, NAMES.home));
  const [cpu, begun] = [process.cpuUsage(), performance.now()];
  await openAndApply(handlers, NAMES.whole);
  return { cpuMs: cpuSince(cpu), wallMs: performance.now() - begun };
}

async function openAndApply(handlers: Handlers, name: string): Promise<void> {
  const { quarantine } = await handlers['receive.open']({ bytes: fileOf(name), job: name });
  await handlers['receive.apply']({ quarantine, accept: 'all', job: name });
}

async function receiveOnce(handlers: Handlers): Promise<number> {
  const bytes = fileOf(NAMES.whole);
  const before = process.cpuUsage();
  const { quarantine } = await handlers['receive.open']({ bytes, job: 'open' });
  const cpuMs = cpuSince(before);
  await handlers['receive.discard']({ quarantine, reason: 'measured' });
  return cpuMs;
}

function bytesAtRandom(length: number): Uint8Array {
  return new Uint8Array(randomBytes(length));
}

function fileOf(name: string): Uint8Array {
  return new Uint8Array(readFileSync(join(folder, name)));
}

type Side = 'create' | 'receive';

/** Ours in turn with the peers, of whom the last of `sides` is measured; what they need before runs without being counted. */
async function beside(sides: readonly Side[], ours: () => Promise<number>): Promise<Figures> {
  const lines = join(folder, NAMES.lines);
  const peers = sides.length === 0 ? [] : [gnupg(folder, lines), ageAndMinisign(folder, lines)];
  const side = sides.at(-1);
  for (const peer of peers) for (const one of sides) peer?.[one].run();
  const figures: number[][] = [];
  const waits = monitorEventLoopDelay({ resolution: 5 });
  if (Number(runs) > 1) await ours();
  for (let i = 0; i < Math.max(1, Number(runs)); i += 1) {
    waits.enable();
    const own = await ours();
    waits.disable();
    figures.push([own, ...peers.map((peer) => measured(peer, side))]);
  }
  const [gpgMb, ageMb] = peers.map((peer) => peer?.size() ?? Number.NaN);
  for (const peer of peers) peer?.close();
  const [cpuMs = 0, gpgMs, ageMs] = [0, 1, 2].map((at) => median(figures.map((row) => row[at] ?? Number.NaN)));
  return {
    cpuMs,
    longestWaitMs: waits.max / 1e6,
    ...(gpgMs !== undefined && { gpgMs }),
    ...(ageMs !== undefined && { ageMs }),
    ...(gpgMb !== undefined && { gpgMb }),
    ...(ageMb !== undefined && { ageMb }),
  };
}

function measured(peer: Peer | undefined, side: Side | undefined): number {
  return peer === undefined || side === undefined ? Number.NaN : peer[side].run();
}
