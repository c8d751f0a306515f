import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fingerprint } from '../../../src-main/store/fingerprint.ts';
import { parseFrame } from '../../../src-shared/bundle/frame.ts';
import { closeStore } from '../../../src-main/store/store.ts';
import type { RecordId, SubjectId } from '../../../src-shared/domain/ids.ts';
import { handling, source } from '../../support/agency.ts';
import { sealing } from '../../support/case-steps.ts';
import { memoryAgency } from '../../support/memory-agency.ts';
import type { MemoryAgency } from '../../support/memory-agency.ts';

/**
 * Four stores, A → B → C and A → D, and six bundles: what A says to B and to D, what B passes on to C, and the erasure of one record after each of them.
 * They are delivered in all 720 orders, whole and with each single one lost: 5 040 histories. A store's history is the order of what comes to it and nothing else,
 * so each is played once, on a copy of the store, by the application's own calls; receipts go home at once.
 */

const SECRET = '+44 7700 900777';
/** As it is stored, as it is searched for, and as a part of it would be found. */
const TRACES = [SECRET, '447700900777', '900777'];

type Receiver = 'B' | 'C' | 'D';
/** A delivery by its receiver and its number: 1 says it, 2 takes it back. */
type Delivery = `${Receiver}${1 | 2}`;
const DELIVERIES: readonly Delivery[] = ['B1', 'B2', 'C1', 'C2', 'D1', 'D2'];

interface World {
  readonly receivers: { readonly [R in Receiver]: MemoryAgency };
  /** A, and B as it was when it had passed everything on. */
  readonly senders: { readonly A: MemoryAgency; readonly B: MemoryAgency };
  readonly bundles: { readonly [D in Delivery]: Uint8Array };
  readonly erasure: RecordId;
}

/** On a machine that many share. */
const MOST_TIME = 120_000;

let clock = Date.UTC(2026, 4, 1);
const now = (): Date => new Date((clock += 1000));

async function introduce(one: MemoryAgency, other: MemoryAgency): Promise<void> {
  for (const [at, of] of [
    [one, other],
    [other, one],
  ] as const) {
    const { bytes } = await of.call('partner.card', {});
    const { agency, words } = await at.call('partner.add', { bytes });
    await at.call('partner.confirm', { agency, words, with: 'Somebody', channel: 'phone' });
  }
}

async function send(from: MemoryAgency, to: MemoryAgency, of: SubjectId): Promise<Uint8Array> {
  const terms = { purpose: 'joint investigation', legalBases: ['untoc-27'], include: [], exclude: [] };
  const request = { case: of, to: [to.id], ...terms };
  const preview = await from.call('release.preview', request);
  return (await from.call('release.seal', sealing(request, preview))).bytes;
}

/** Opens, accepts everything, and answers the receipt; nothing for a bundle that brings nothing. */
async function take(at: MemoryAgency, bytes: Uint8Array): Promise<Uint8Array> {
  const plan = await at.call('receive.open', { bytes });
  const { bytes: receipt } = await at.call('receive.apply', { quarantine: plan.quarantine, accept: 'all' });
  if (receipt === undefined) throw new Error('no receipt');
  return receipt;
}

async function prepare(atEnd: (end: () => void) => void): Promise<World> {
  const [a, b, c, d] = await Promise.all([
    memoryAgency('Northmark Agency', 'NL', now, atEnd),
    memoryAgency('Suedhafen Office', 'DE', now, atEnd),
    memoryAgency('Ostbruck Bureau', 'FR', now, atEnd),
    memoryAgency('Westhaven Unit', 'AT', now, atEnd),
  ]);
  await introduce(a, b);
  await introduce(b, c);
  await introduce(a, d);
  await a.call('partner.add', { bytes: (await c.call('partner.card', {})).bytes });
  const receivers = { B: b.copy(), C: c, D: d };

  const { id } = await a.call('case.save', { title: 'Operation Test Lamp', handling });
  const add = (type: string, property: string, value: string) =>
    a.call('entity.save', { case: id, supersedes: [], type, claims: [{ property, value }], source, handling });
  const { record } = await add('phone', 'number', SECRET);
  await add('person', 'name', 'Sergo Madeupson');
  await a.call('permission.create', { case: id, to: [c.id], purposes: ['investigation'], until: '2027-12-31' });

  const [B1, D1] = [await send(a, b, id), await send(a, d, id)];
  await take(b, B1);
  const C1 = await send(b, c, id);
  await a.call('record.retract', { records: [record], action: 'erase', reason: 'wrong number' });
  const [B2, D2] = [await send(a, b, id), await send(a, d, id)];
  await take(b, B2);
  const C2 = await send(b, c, id);
  const [row] = (await a.call('recall.board', {})).rows;
  if (row === undefined) throw new Error('no withdrawal on the board');
  return { receivers, senders: { A: a, B: b }, bundles: { B1, B2, C1, C2, D1, D2 }, erasure: row.withdrawal };
}

/** What a receiver is after what came to it, in order, with the receipt for the last of it. */
interface Reached {
  readonly agency: MemoryAgency;
  readonly receipt?: Uint8Array;
}

/** Plays each history of a store once. */
function player(world: World) {
  const receivers = new Map<string, Promise<Reached>>();
  const boards = new Map<string, Promise<MemoryAgency>>();
  const receiverAfter = (receiver: Receiver, history: readonly Delivery[]): Promise<Reached> =>
    once(receivers, [receiver, ...history].join(' '), async () => {
      const last = history.at(-1);
      if (last === undefined) return { agency: world.receivers[receiver] };
      const agency = (await receiverAfter(receiver, history.slice(0, -1))).agency.copy();
      return { agency, receipt: await take(agency, world.bundles[last]) };
    });
  const senderAfter = (sender: 'A' | 'B', history: readonly Delivery[]): Promise<MemoryAgency> =>
    once(boards, [sender, ...history].join(' '), async () => {
      const last = history.at(-1);
      if (last === undefined) return world.senders[sender];
      const agency = (await senderAfter(sender, history.slice(0, -1))).copy();
      const { receipt } = await receiverAfter(receiverOf(last), upTo(history, receiverOf(last)));
      if (receipt === undefined) throw new Error('nothing was delivered');
      await agency.call('receive.open', { bytes: receipt });
      return agency;
    });
  return { receiverAfter, senderAfter };
}

async function once<T>(known: Map<string, Promise<T>>, key: string, play: () => Promise<T>): Promise<T> {
  const found = known.get(key) ?? play();
  known.set(key, found);
  return found;
}

function receiverOf(delivery: Delivery): Receiver {
  return delivery.charAt(0) as Receiver;
}

function upTo(history: readonly Delivery[], receiver: Receiver): Delivery[] {
  return history.filter((delivery) => receiverOf(delivery) === receiver);
}

function permutations<T>(list: readonly T[]): T[][] {
  if (list.length === 0) return [[]];
  return list.flatMap((first, at) => permutations(list.toSpliced(at, 1)).map((rest) => [first, ...rest]));
}

/** Every order, whole and with each one lost. */
const HISTORIES = permutations(DELIVERIES).flatMap((order) =>
  [undefined, ...DELIVERIES].map((lost) => order.filter((delivery) => delivery !== lost)),
);

/** What the board has to say, worked out from what was delivered and from nothing that the application keeps. */
function boardOf(
  sender: 'A' | 'B',
  delivered: readonly Delivery[],
  names: Readonly<Record<Receiver, string>>,
): object[] {
  const asked: readonly Receiver[] = sender === 'A' ? ['B', 'D'] : ['C'];
  return asked.map((receiver) => ({
    partnerName: names[receiver],
    isOurs: sender === 'A',
    action: 'erase',
    held: { epoch: 1, sequence: 1 },
    sent: { epoch: 1, sequence: 2 },
    answer: delivered.includes(`${receiver}2`) ? 'applied' : 'none',
    hasHeard: delivered.some((delivery) => receiverOf(delivery) === receiver),
    isRestoredSince: false,
  }));
}

describe('A → B → C, A → D: six bundles with one erasure, in all 720 orders and with each single one lost', () => {
  let world: World;
  let play: ReturnType<typeof player>;
  const ends: (() => void)[] = [];
  beforeAll(async () => {
    world = await prepare((end) => ends.push(end));
    play = player(world);
  }, MOST_TIME);
  afterAll(() => {
    for (const end of ends.toReversed()) end();
  });

  test('where the same arrived the stores are the same, in whatever order it came', async () => {
    expect(HISTORIES).toHaveLength(5040);
    const found = new Map<string, Set<string>>();
    for (const history of HISTORIES) {
      for (const receiver of ['B', 'C', 'D'] as const) {
        const came = upTo(history, receiver);
        const { agency } = await play.receiverAfter(receiver, came);
        const key = [receiver, ...came.toSorted()].join(' ');
        found.set(key, (found.get(key) ?? new Set()).add(fingerprint(agency.store)));
      }
    }
    for (const [came, fingerprints] of found) expect([came, fingerprints.size]).toEqual([came, 1]);
    expect(found.size).toBe(9);
    // A told B and D the same: so their stores are the same, too
    for (const numbers of [[1], [2], [1, 2]]) {
      const at = (receiver: Receiver) =>
        found.get([receiver, ...numbers.map((number) => `${receiver}${number}`)].join(' '));
      expect(at('B')).toEqual(at('D'));
    }
  });

  test('once the erasure has arrived, the erased value is in no byte of the store', async () => {
    let scanned = 0;
    for (const receiver of ['B', 'C', 'D'] as const) {
      for (const numbers of [[1], [2], [1, 2], [2, 1]] as const) {
        const came = numbers.map((number): Delivery => `${receiver}${number}`);
        const { agency } = await play.receiverAfter(receiver, came);
        const image = agency.image();
        const found = TRACES.filter((trace) => image.includes(trace));
        const isErased = came.includes(`${receiver}2`);
        expect([came, found.length > 0]).toEqual([came, !isErased]);
        scanned += 1;
      }
    }
    expect(scanned).toBe(12);
  });

  test('nor in any file of it on a disk, its log included, while it is open and when it is closed', async () => {
    for (const receiver of ['B', 'C', 'D'] as const) {
      for (const numbers of [[1], [2], [1, 2], [2, 1]] as const) {
        const came = numbers.map((number): Delivery => `${receiver}${number}`);
        const folder = mkdtempSync(join(tmpdir(), 'chirograph-orders-'));
        ends.push(() => rmSync(folder, { recursive: true }));
        const agency = world.receivers[receiver].copyTo(folder);
        for (const delivery of came) await take(agency, world.bundles[delivery]);
        const isErased = came.includes(`${receiver}2`);
        expect([came, tracesIn(folder)]).toEqual([came, isErased ? [] : expect.arrayContaining(['store.db-wal'])]);
        closeStore(agency.store);
        expect([came, tracesIn(folder)]).toEqual([came, isErased ? [] : ['store.db']]);
      }
    }
  });

  test('a bundle that only waits when the erasure arrives is gone as well, packed as it was', async () => {
    for (const receiver of ['B', 'C', 'D'] as const) {
      const agency = world.receivers[receiver].copy();
      await agency.call('receive.open', { bytes: world.bundles[`${receiver}1`] });
      const { bytes } = agency.store.sqlite.prepare('SELECT bytes FROM quarantine').get() as { readonly bytes: Buffer };
      const body = slicesOf(parseFrame(bytes).storedBody);
      const waiting = agency.image();
      expect(body.filter((slice) => waiting.includes(slice)).length).toBeGreaterThan(body.length / 2);
      await take(agency, world.bundles[`${receiver}2`]);
      const image = agency.image();
      expect(TRACES.filter((trace) => image.includes(trace))).toEqual([]);
      expect(body.filter((slice) => image.includes(slice))).toEqual([]);
      expect((await agency.call('receive.list', {})).quarantined).toEqual([]);
    }
  });

  test('the recall boards of A and of B say exactly what was stated, after every delivery', async () => {
    const names = { B: 'Suedhafen Office', C: 'Ostbruck Bureau', D: 'Westhaven Unit' };
    const seen = new Map<string, unknown>();
    for (const history of HISTORIES) {
      for (const sender of ['A', 'B'] as const) {
        const heard = history.filter((delivery) => (receiverOf(delivery) === 'C') === (sender === 'B'));
        const key = [sender, ...heard].join(' ');
        if (!seen.has(key)) {
          const { rows } = await (await play.senderAfter(sender, heard)).call('recall.board', {});
          expect(rows.every(({ withdrawal }) => withdrawal === world.erasure)).toBe(true);
          seen.set(key, rows.map(told).toSorted(byPartner));
        }
        expect([key, seen.get(key)]).toEqual([key, boardOf(sender, heard, names).toSorted(byPartner)]);
      }
    }
  });

  test('and nobody is alarmed', async () => {
    for (const history of [['B1', 'B2'], ['B2', 'B1'], ['B2'], ['B1']] as Delivery[][]) {
      const { agency } = await play.receiverAfter('B', history);
      const { partners } = await agency.call('stream.list', {});
      expect(partners.flatMap(({ alarms }) => alarms)).toEqual([]);
      const gaps = partners.flatMap(({ incoming }) => incoming.gaps.flatMap(({ numbers }) => numbers));
      expect(gaps).toEqual(history.includes('B2') && !history.includes('B1') ? [1] : []);
    }
    for (const history of permutations(['B1', 'B2', 'D1', 'D2'] as Delivery[])) {
      const { partners } = await (await play.senderAfter('A', history)).call('stream.list', {});
      expect(partners.flatMap(({ alarms }) => alarms)).toEqual([]);
    }
  });
});

/** The files of a folder that have a trace of what was erased. */
function tracesIn(folder: string): string[] {
  const files = readdirSync(folder).map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
  return files.filter(({ bytes }) => TRACES.some((trace) => bytes.includes(trace))).map(({ name }) => name);
}

/** Short enough that most of them stand in one page of a database. */
function slicesOf(bytes: Uint8Array): Buffer[] {
  const length = 32;
  return Array.from({ length: Math.floor(bytes.length / length) }, (_, i) =>
    Buffer.from(bytes.subarray(i * length, (i + 1) * length)),
  );
}

type Row = Awaited<ReturnType<typeof boardRows>>[number];

async function boardRows(agency: MemoryAgency) {
  return (await agency.call('recall.board', {})).rows;
}

function told({ partnerName, isOurs, action, held, sent, answer, heardAt, isRestoredSince }: Row): object {
  return {
    partnerName,
    isOurs,
    action,
    held: { epoch: held.epoch, sequence: held.sequence },
    sent: sent === undefined ? undefined : { epoch: sent.epoch, sequence: sent.sequence },
    answer,
    hasHeard: heardAt !== undefined,
    isRestoredSince,
  };
}

function byPartner(one: object, other: object): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}
