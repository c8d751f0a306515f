import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Output } from '../../../src-shared/contract/methods.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import { createdAgency, handling, source } from '../../support/agency.ts';
import { barePartner } from '../../support/bare-partner.ts';
import { receiveAll, sealing, stateOf } from '../../support/case-steps.ts';
import { memoryAgency } from '../../support/memory-agency.ts';
import type { MemoryAgency } from '../../support/memory-agency.ts';

/** docs/formats/bundle.md §11 and §12, through the calls that a person makes. */

const DAY = 24 * 60 * 60 * 1000;
const NOWHERE = '0'.repeat(64);

async function withPartner() {
  const b = await createdAgency('Suedhafen Office', 'DE');
  const partner = await barePartner(b);
  const us = (await b.call('vault.status', {})).agencyId;
  const say = (name: string, sequence: number, previous: string | null, more: object = {}) =>
    partner.bundle([partner.group([partner.person({ name })])], {
      audience: [{ agency: us, sequence, previous }],
      ...more,
    });
  return { b, partner, us, say };
}

type Streams = Output<'stream.list'>;

async function streamsOf(at: { call(name: 'stream.list', input: object): Promise<Streams> }) {
  const { partners } = await at.call('stream.list', {});
  const [only] = partners;
  if (only === undefined) throw new Error('no partner');
  return only;
}

describe('[Q4] a fork', () => {
  test('is an alarm with both manifests, which prove it to anybody; noted it calls no more, and stays', async () => {
    const { b, partner, say } = await withPartner();
    await receiveAll(b, await partner.seal(say('Sergo Madeupson', 1, null).inner));
    const twin = await partner.seal(say('Karl Erfunden', 1, null).inner);
    expect(await b.refusal('receive.open', { bytes: twin })).toBe('receive.fork');
    const { alarms, incoming } = await streamsOf(b);
    expect(alarms).toMatchObject([{ kind: 'fork', epoch: 1, sequence: 1, isNoted: false }]);
    expect(incoming).toMatchObject({ last: { sequence: 1 }, gaps: [] });
    const [alarm] = alarms;
    const proof = await b.call('stream.evidence', { agency: partner.id, manifests: alarm?.manifests ?? [] });
    const told = JSON.parse(new TextDecoder().decode(proof.bytes)) as {
      card: string;
      statements: { manifest: string; signature: string }[];
    };
    expect(Buffer.from(told.card, 'base64url').equals(Buffer.from(partner.card.bytes))).toBe(true);
    const manifests = told.statements.map(({ manifest, signature }) => {
      const bytes = Buffer.from(manifest, 'base64url');
      expect(isSigned(bytes, Buffer.from(signature, 'hex'), partner.card.publicKey)).toBe(true);
      return JSON.parse(bytes.toString('utf8')) as { audience: { sequence: number }[]; id: string };
    });
    expect(manifests.map(({ audience }) => audience[0]?.sequence)).toEqual([1, 1]);
    expect(new Set(manifests.map(({ id }) => id)).size).toBe(2);
    expect(await b.call('stream.note', { agency: partner.id, note: 'asked them' })).toEqual({ noted: 1 });
    expect(await b.call('stream.note', { agency: partner.id, note: 'again' })).toEqual({ noted: 0 });
    expect((await streamsOf(b)).alarms).toMatchObject([{ kind: 'fork', isNoted: true }]);
    const strange = { agency: partner.id, manifests: [NOWHERE] };
    expect(await b.refusal('stream.evidence', strange)).toBe('store.not-found');
  });
});

/** By Node's own Ed25519 and the formats alone. */
function isSigned(manifest: Buffer, signature: Buffer, publicKey: Uint8Array): boolean {
  const type = 'application/vnd.chirograph.bundle.v1+json';
  const head = Buffer.from(`DSSEv1 ${type.length} ${type} ${manifest.length} `);
  const x = Buffer.from(publicKey).toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, Buffer.concat([head, manifest]), key, signature);
}

describe('[Q7] a number out of reach', () => {
  test('is refused, and nothing is learned from it', async () => {
    const { b, partner, say } = await withPartner();
    await receiveAll(b, await partner.seal(say('Sergo Madeupson', 1, null).inner));
    const before = await stateOf(b);
    const streams = await streamsOf(b);
    for (const [sequence, more] of [
      [2 ** 31 - 1, {}],
      [1002, {}],
      [1, { epoch: 2 ** 31 - 1 }],
    ] as const) {
      const bytes = await partner.seal(say('Karl Erfunden', sequence, sequence === 1 ? null : NOWHERE, more).inner);
      expect(await b.refusal('receive.open', { bytes })).toBe('receive.fast-forward');
    }
    expect({ ...(await stateOf(b)), actions: [] }).toEqual({ ...before, actions: [] });
    expect(await streamsOf(b)).toEqual(streams);
  });
});

describe('[Q10] a receipt for a file that was never sent', () => {
  test('is kept as a statement and alarms: our own store may be older, or somebody signs in our name', async () => {
    const { b, partner, us } = await withPartner();
    const counts = { sequence: 4, accepted: 1, known: 0, held: 0, refused: [], pendingRecalls: [], refusedRecalls: [] };
    const recalls = { applied: 0, pending: 0, refused: 0 };
    const receipt = { ...counts, manifest: 'f'.repeat(64), recalls, audit: { root: 'e'.repeat(64), size: 7 } };
    const bytes = await partner.sealed([], {
      kind: 'receipt',
      audience: [{ agency: us, sequence: 0, previous: null }],
      acks: [{ agency: us, epoch: 1, sequence: 4, manifest: 'f'.repeat(64) }],
      sent: null,
      receipt,
    });
    expect(await b.refusal('receive.open', { bytes })).toBe('receive.unknown-receipt');
    const { alarms } = await streamsOf(b);
    expect(alarms).toMatchObject([{ kind: 'ours-older', epoch: 1, sequence: 4 }]);
    const after = await stateOf(b);
    expect(await b.refusal('receive.open', { bytes })).toBe('receive.unknown-receipt');
    expect(await stateOf(b)).toEqual(after);
  });
});

let clock = Date.UTC(2026, 4, 1);
const now = (): Date => new Date((clock += 1000));
const later = (days: number): void => void (clock += days * DAY);

/** Two agencies in memory that know each other, and a case of the first that the second has. */
async function pair() {
  const [a, b] = await Promise.all([
    memoryAgency('Northmark Agency', 'NL', now, onTestFinished),
    memoryAgency('Suedhafen Office', 'DE', now, onTestFinished),
  ]);
  for (const [at, of] of [
    [a, b],
    [b, a],
  ] as const) {
    const { bytes } = await of.call('partner.card', {});
    const { agency, words } = await at.call('partner.add', { bytes });
    await at.call('partner.confirm', { agency, words, with: 'Somebody', channel: 'phone' });
  }
  const { id } = await a.call('case.save', { title: 'Operation Test Lamp', handling });
  const { record } = await addPhone(a, id, '+44 7700 900123');
  return { a, b, id, record };
}

function addPhone(at: MemoryAgency, id: SubjectId, number: string) {
  const claims = [{ property: 'number', value: number }];
  return at.call('entity.save', { case: id, supersedes: [], type: 'phone', claims, source, handling });
}

async function send(from: MemoryAgency, to: MemoryAgency, id: SubjectId, more: object = {}) {
  const terms = { purpose: 'joint investigation', legalBases: ['untoc-27'], include: [], exclude: [] };
  const request = { case: id, to: [to.id], ...terms, ...more };
  const preview = await from.call('release.preview', request);
  return from.call('release.seal', sealing(request, preview));
}

async function take(at: MemoryAgency, bytes: Uint8Array, accept: 'all' | string[] = 'all') {
  const { quarantine } = await at.call('receive.open', { bytes });
  const { bytes: receipt } = await at.call('receive.apply', { quarantine, accept });
  if (receipt === undefined) throw new Error('no receipt');
  return receipt;
}

describe('a withdrawal', () => {
  test('[Q20, Q21] is followed on the board: not sent, sent, not applied by their officer, applied', async () => {
    const { a, b, id, record } = await pair();
    await a.call('receive.open', { bytes: await take(b, (await send(a, b, id)).bytes) });
    expect(await a.call('recall.board', {})).toEqual({ rows: [], total: 0, open: 0 });
    await a.call('record.retract', { records: [record], action: 'erase', reason: 'wrong number' });
    const board = async () => (await a.call('recall.board', {})).rows;
    expect(await board()).toMatchObject([
      {
        action: 'erase',
        reason: 'wrong number',
        partner: b.id,
        isOurs: true,
        held: { sequence: 1, epoch: 1, targets: 1, isRedacted: false },
        answer: 'none',
        case: id,
      },
    ]);
    expect((await board())[0]?.sent).toBeUndefined();
    const recall = await send(a, b, id, { only: 'withdrawals' });
    expect(recall.records).toBe(1);
    expect((await board())[0]).toMatchObject({ sent: { sequence: 2 }, answer: 'none' });
    later(3);
    const notTaken = await take(b, recall.bytes, []);
    const taken = await take(b, recall.bytes);
    await a.call('receive.open', { bytes: notTaken });
    expect((await board())[0]).toMatchObject({ answer: 'pending', silentDays: 0 });
    await a.call('receive.open', { bytes: taken });
    expect((await board())[0]).toMatchObject({ answer: 'applied', isRestoredSince: false });
    expect(await a.call('recall.board', { isOpen: true })).toMatchObject({ rows: [], total: 1, open: 0 });
    later(9);
    expect((await board())[0]).toMatchObject({ silentDays: 9 });
  });

  test('[Q11, V171] the receipt that was made last counts, whichever came last', async () => {
    const { a, b, id, record } = await pair();
    await take(b, (await send(a, b, id)).bytes);
    await a.call('record.retract', { records: [record], action: 'correct', reason: 'wrong number' });
    const { bytes } = await send(a, b, id, { only: 'withdrawals' });
    const [notTaken, taken] = [await take(b, bytes, []), await take(b, bytes)];
    await a.call('receive.open', { bytes: taken });
    await a.call('receive.open', { bytes: notTaken });
    expect((await a.call('recall.board', {})).rows[0]).toMatchObject({ answer: 'applied' });
  });

  test('only withdrawals leave when only they are asked for', async () => {
    const { a, b, id, record } = await pair();
    await take(b, (await send(a, b, id)).bytes);
    await addPhone(a, id, '+44 7700 900456');
    await a.call('record.retract', { records: [record], action: 'suppress', reason: 'not for now' });
    const { bytes } = await send(a, b, id, { only: 'withdrawals' });
    const { quarantine } = await b.call('receive.open', { bytes });
    const { items } = await b.call('receive.items', { quarantine, limit: 100 });
    expect(items.map(({ kind }) => kind)).toEqual(['retract']);
  });
});

describe('[Q9] a freeze', () => {
  test('of what we sealed: nothing that came since confirms it, for more than seven days', async () => {
    const { a, b, id } = await pair();
    const { bytes } = await send(a, b, id);
    later(6);
    expect((await streamsOf(a)).outgoing).toMatchObject({ isFrozen: false, unansweredCount: 1 });
    later(2);
    expect(await streamsOf(a)).toMatchObject({ outgoing: { isFrozen: true }, silentDays: 8 });
    await a.call('receive.open', { bytes: await take(b, bytes) });
    expect(await streamsOf(a)).toMatchObject({
      outgoing: { isFrozen: false, unansweredCount: 0, acknowledged: { epoch: 1, sequence: 1 } },
      silentDays: 0,
    });
  });

  test('of what they sealed: their receipt says that there is more than came', async () => {
    const { a, b, id } = await pair();
    const receipt = await (async () => {
      const { bytes } = await send(a, b, id);
      const { quarantine } = await b.call('receive.open', { bytes });
      await b.call('receive.apply', { quarantine, accept: 'all' });
      await addPhone(b, id, '+44 7700 900789');
      await send(b, a, id);
      const more = await send(a, b, id);
      return take(b, more.bytes);
    })();
    await a.call('receive.open', { bytes: receipt });
    expect((await streamsOf(a)).incoming).toMatchObject({ behind: { from: 1, sequence: 1 }, isFrozen: false });
    later(8);
    expect((await streamsOf(a)).incoming.isFrozen).toBe(true);
  });
});

test('[Q5] a store that was put back forgets what it confirmed: that is a rollback, and its second file with a number is a fork', async () => {
  const { a, b, id } = await pair();
  await take(b, (await send(a, b, id)).bytes);
  await addPhone(b, id, '+44 7700 900456');
  const copyOfB = b.copy();
  await take(b, (await send(a, b, id)).bytes);
  await take(a, (await send(b, a, id)).bytes);
  await addPhone(copyOfB, id, '+44 7700 900789');
  await send(copyOfB, a, id);
  const second = await send(copyOfB, a, id);
  await expect(a.call('receive.open', { bytes: second.bytes })).rejects.toThrow('receive.fork');
  expect((await streamsOf(a)).alarms.map(({ kind }) => kind).toSorted()).toEqual(['fork', 'rollback']);
});

describe('[R15] what its author has withdrawn already', () => {
  test.each(['correct', 'suppress'] as const)(
    'and comes after the withdrawal (%s) is shown as withdrawn, not as new',
    async (action) => {
      const { a, b, id, record } = await pair();
      const first = await send(a, b, id);
      await a.call('record.retract', { records: [record], action, reason: 'wrong number' });
      await take(b, (await send(a, b, id, { only: 'withdrawals' })).bytes);
      const { quarantine } = await b.call('receive.open', { bytes: first.bytes });
      const { items } = await b.call('receive.items', { quarantine, limit: 100 });
      expect(items.find(({ kind }) => kind === 'entity')).toMatchObject({ state: 'changed', withdrawn: action });
      await b.call('receive.apply', { quarantine, accept: 'all' });
      expect((await b.call('search.find', { text: '900123', limit: 5 })).hits).toEqual([]);
    },
  );

  test('and comes with it in one file is too', async () => {
    const { b, partner, us } = await withPartner();
    const said = partner.person({ name: 'Sergo Madeupson' });
    const withdrawal = partner.say({ kind: 'retract', targets: [said.id], action: 'correct' });
    const bytes = await partner.sealed([partner.group([said, withdrawal])], {
      audience: [{ agency: us, sequence: 1, previous: null }],
    });
    const { quarantine } = await b.call('receive.open', { bytes });
    const { items } = await b.call('receive.items', { quarantine, limit: 100 });
    expect(items.map(({ kind, withdrawn }) => [kind, withdrawn])).toEqual([
      ['retract', undefined],
      ['entity', 'correct'],
    ]);
  });
});
