import { expect, test } from 'vitest';
import { ChirographError } from '../../../src-shared/errors.ts';
import { confirmedPair } from '../../support/agency.ts';
import type { TestAgency } from '../../support/agency.ts';
import { addEntity, openCase, release, stateOf } from '../../support/case-steps.ts';

/** Two windows, or a window and a command, ask about one bundle at the same moment. */

async function waitingAt(): Promise<{ b: TestAgency; bytes: Uint8Array; idA: string }> {
  const { a, b, idA, idB } = await confirmedPair();
  const id = await openCase(a);
  await addEntity(a, id, 'phone', { number: '+44 7700 900123' });
  return { b, idA, bytes: (await release(a, id, idB)).sealed.bytes };
}

/** Whose calls verified a waiting bundle, of those that came after so many events: each says so as it goes on. */
function verifiers({ events }: TestAgency, after: number): readonly string[] {
  const jobs = events
    .slice(after)
    .flatMap((event) => (event.type === 'progress' && event.stage === 'verify' ? [event.job] : []));
  return [...new Set(jobs)];
}

async function actions(agency: TestAgency): Promise<readonly string[]> {
  const { entries } = await agency.call('audit.list', { limit: 100 });
  return entries.map(({ action }) => action);
}

/** What became of calls that ran together: the codes of those that were refused. */
async function refusalsOf(calls: readonly Promise<unknown>[]): Promise<readonly string[]> {
  const settled = await Promise.allSettled(calls);
  return settled.flatMap((one) => {
    if (one.status === 'fulfilled') return [];
    if (one.reason instanceof ChirographError) return [one.reason.code];
    throw one.reason;
  });
}

test('a waiting bundle that two ask about at once is verified once', async () => {
  const { b, idA, bytes } = await waitingAt();
  const { quarantine } = await b.call('receive.open', { bytes });
  await b.call('partner.describe', { agency: idA, kind: 'prosecution' });
  const before = b.events.length;
  const [one, other] = await Promise.all([
    b.call('receive.plan', { quarantine, job: 'one' }),
    b.call('receive.plan', { quarantine, job: 'other' }),
  ]);
  expect(one).toEqual(other);
  expect(verifiers(b, before)).toEqual(['one']);
});

test('whoever waits for the work of one who cancels does it again', async () => {
  const { b, idA, bytes } = await waitingAt();
  const { quarantine } = await b.call('receive.open', { bytes });
  await b.call('partner.describe', { agency: idA, kind: 'prosecution' });
  const first = b.refusal('receive.plan', { quarantine, job: 'one' });
  const second = b.call('receive.plan', { quarantine, job: 'other' });
  await b.call('job.cancel', { job: 'one' });
  expect(await first).toBe('request.cancelled');
  expect((await second).quarantine).toBe(quarantine);
});

test('one file that is opened twice at once waits once, and says so once', async () => {
  const { b, bytes } = await waitingAt();
  const [one, other] = await Promise.all([b.call('receive.open', { bytes }), b.call('receive.open', { bytes })]);
  expect(one.quarantine).toBe(other.quarantine);
  expect((await b.call('receive.list', {})).quarantined).toHaveLength(1);
  expect((await actions(b)).filter((action) => action === 'receive.quarantine')).toHaveLength(1);
});

test('one bundle that two accept at once is taken once, with one receipt', async () => {
  const { b, bytes } = await waitingAt();
  const { quarantine } = await b.call('receive.open', { bytes });
  const apply = () => b.call('receive.apply', { quarantine, accept: 'all' });
  expect(await refusalsOf([apply(), apply()])).toEqual(['store.not-found']);
  expect((await actions(b)).filter((action) => action === 'receive.apply')).toHaveLength(1);
  expect((await b.call('batch.list', { limit: 10 })).batches.filter(({ kind }) => kind === 'receive')).toHaveLength(1);
});

test('what one discards while another accepts it is taken or discarded, never both', async () => {
  const { b, bytes } = await waitingAt();
  const { quarantine } = await b.call('receive.open', { bytes });
  const before = await stateOf(b);
  const refused = await refusalsOf([
    b.call('receive.apply', { quarantine, accept: 'all' }),
    b.call('receive.discard', { quarantine, reason: 'not for us' }),
  ]);
  expect(refused).toEqual(['store.not-found']);
  const done = (await actions(b)).filter((action) => action === 'receive.apply' || action === 'receive.discard');
  expect(done).toHaveLength(1);
  expect(before).not.toEqual(await stateOf(b));
});
