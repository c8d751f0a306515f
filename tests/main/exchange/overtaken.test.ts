import { expect, onTestFinished, test } from 'vitest';
import { saveStream } from '../../../src-main/store/streams.ts';
import { write } from '../../../src-main/store/store.ts';
import { memoryAgency } from '../../support/memory-agency.ts';
import type { MemoryAgency } from '../../support/memory-agency.ts';
import { caseAt, introduce, previewFor, sayAt, send, take } from '../../support/memory-pair.ts';
import { note } from '../../support/store-builders.ts';

/** docs/formats/bundle.md B8: what happens to a bundle while another one is sealed. */

let clock = Date.UTC(2026, 4, 1);
let atNow: (() => void) | undefined;
const now = (): Date => {
  atNow?.();
  return new Date((clock += 1000));
};

async function twoAgencies(): Promise<readonly [MemoryAgency, MemoryAgency]> {
  const [a, b] = await Promise.all([
    memoryAgency('Northmark Agency', 'NL', now, onTestFinished),
    memoryAgency('Suedhafen Office', 'DE', now, onTestFinished),
  ]);
  await introduce(a, b);
  return [a, b];
}

async function alarmsAt(at: MemoryAgency) {
  const { partners } = await at.call('stream.list', {});
  return partners.flatMap(({ alarms }) => alarms.map(({ kind }) => kind));
}

test('[B8 Q5] a bundle that comes while a release is sealed is acknowledged by it, and nobody is alarmed', async () => {
  const [a, b] = await twoAgencies();
  const [ofA, ofB] = [await caseAt(a), await caseAt(b, 'Bea Invented')];
  await take(a, await send(b, a, ofB));
  await sayAt(b, ofB, 'phone', { number: '+44 7700 900456' });
  const late = await send(b, a, ofB);
  const { seal } = await previewFor(a, [b], ofA);
  let receipt: Uint8Array | undefined;
  a.interrupt('seal', async () => void (receipt = await take(a, late)));
  const { bytes, sequence } = await seal();
  if (receipt === undefined) throw new Error('nothing came meanwhile');
  expect(sequence).toBe(1);
  await b.call('receive.open', { bytes: receipt });
  await take(b, bytes);
  expect(await alarmsAt(b)).toEqual([]);
  const { partners } = await b.call('stream.list', {});
  expect(partners[0]?.outgoing.acknowledged).toMatchObject({ sequence: 2 });
});

test('[B8] two releases that are sealed at once have two numbers, in the order in which they are entered', async () => {
  const [a, b] = await twoAgencies();
  const [one, other] = [await caseAt(a), await caseAt(a, 'Bea Invented')];
  const [first, second] = [await previewFor(a, [b], one), await previewFor(a, [b], other)];
  const numbers: number[] = [];
  a.interrupt('seal', async () => void numbers.push((await second.seal()).sequence));
  numbers.push((await first.seal()).sequence);
  expect(numbers).toEqual([1, 2]);
});

test('what is withdrawn while it is sealed does not leave', async () => {
  const [a, b] = await twoAgencies();
  const id = await caseAt(a);
  const { record } = await sayAt(a, id, 'phone', { number: '+44 7700 900456' });
  const { seal } = await previewFor(a, [b], id);
  a.interrupt(
    'seal',
    async () => void (await a.call('record.retract', { records: [record], action: 'correct', reason: 'misread' })),
  );
  await expect(seal()).rejects.toMatchObject({ code: 'release.changed-since-preview' });
  expect((await a.call('ledger.list', {})).disclosures).toEqual([]);
});

test('a partner that is revoked while a release is sealed gets nothing', async () => {
  const [a, b] = await twoAgencies();
  const { seal } = await previewFor(a, [b], await caseAt(a));
  a.interrupt('seal', async () => void (await a.call('partner.revoke', { agency: b.id, reason: 'lost its keys' })));
  await expect(seal()).rejects.toMatchObject({ code: 'release.stopped' });
});

test('[B8 B25] a receipt names the last release of its own moment, also when one was entered while it was sealed', async () => {
  const [a, b] = await twoAgencies();
  const [ofA, ofB] = [await caseAt(a), await caseAt(b, 'Bea Invented')];
  await take(b, await send(a, b, ofA));
  const bundle = await send(b, a, ofB);
  const manifest = 'ab'.repeat(32);
  a.interrupt('receipt', async () => {
    atNow = () => {
      atNow = undefined;
      write(a.store, note('release.seal'), (tx) =>
        saveStream(tx, 'out', { agency: b.id, epoch: 1, sequence: 7, manifest }),
      );
    };
  });
  const receipt = await take(a, bundle);
  await b.call('receive.open', { bytes: receipt });
  const { partners } = await b.call('stream.list', {});
  expect(partners[0]?.incoming.behind).toMatchObject({ from: 2, sequence: 7 });
});
