import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { undoBatch } from '../../../src-main/app/handlers/audit-handlers.ts';
import { applyPlan } from '../../../src-main/app/receive/apply.ts';
import { openFile } from '../../../src-main/app/receive/open-file.ts';
import type { OpenSession } from '../../../src-main/app/session.ts';
import { verifyHead } from '../../../src-main/store/store.ts';
import type { BatchId, SubjectId } from '../../../src-shared/domain/ids.ts';
import type { ParsedRecord } from '../../../src-shared/records/parse-record.ts';
import { withhold } from '../../../src-shared/records/redact.ts';
import { confirmedPair, createdAgency, source } from '../../support/agency.ts';
import type { TestAgency } from '../../support/agency.ts';
import { barePartner, newSubjectId } from '../../support/bare-partner.ts';
import type { BarePartner } from '../../support/bare-partner.ts';
import { addEntity, addLink, claimsOf, openCase, receiveAll, release } from '../../support/case-steps.ts';
import { rowsOf, vaultSession } from '../../support/vault-session.ts';

async function lampCase(a: TestAgency) {
  const id = await openCase(a, 'Operation Test Lamp');
  const suspect = await addEntity(a, id, 'person', { name: 'Sergo Madeupson', subjectCategory: 'suspect' });
  const victim = await addEntity(a, id, 'person', { name: 'Vera Inventova', subjectCategory: 'victim' });
  await addLink(a, id, 'recruited', [suspect.subject, victim.subject], {});
  return { id, suspect };
}

/** What an undo leaves behind on purpose: that it happened, and that the bundle came (vault.md V34); and numbers of ids, which mean nothing. */
const KEPT = new Set(['audit', 'head', 'batches', 'manifests', 'streams', 'stream_statements', 'subjects', 'agencies']);
const stateOf = ({ store }: OpenSession) => rowsOf(store, KEPT);

type Step =
  | { readonly say: 'person'; readonly about: number; readonly name: string; readonly again: boolean }
  | { readonly say: 'link'; readonly from: number; readonly to: number }
  | { readonly say: 'retract'; readonly which: number; readonly action: 'correct' | 'suppress' }
  | { readonly say: 'case'; readonly members: readonly number[] }
  | { readonly say: 'disclose'; readonly which: number };

const number = fc.integer({ min: 0, max: 7 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    say: fc.constant('person' as const),
    about: number,
    name: fc.constantFrom('Ana', 'Bo', 'Cy'),
    again: fc.boolean(),
  }),
  fc.record({ say: fc.constant('link' as const), from: number, to: number }),
  fc.record({
    say: fc.constant('retract' as const),
    which: number,
    action: fc.constantFrom('correct' as const, 'suppress' as const),
  }),
  fc.record({ say: fc.constant('case' as const), members: fc.array(number, { maxLength: 4 }) }),
  fc.record({ say: fc.constant('disclose' as const), which: number }),
);

/** Somebody who sends bundles about the same few subjects, with records superseded, withdrawn, and disclosed bit by bit. */
function sender(partner: BarePartner, us: string) {
  const subjects = Array.from({ length: 8 }, newSubjectId);
  const about = (at: number): SubjectId => subjects[at] ?? newSubjectId();
  const said: ParsedRecord[] = [];
  let sequence = -1;
  const pick = (at: number): ParsedRecord | undefined => said[at % Math.max(1, said.length)];

  function recordOf(one: Step): readonly ParsedRecord[] {
    const old = 'which' in one ? pick(one.which) : undefined;
    if (one.say === 'person') {
      const before = said.findLast(({ record }) => record.kind === 'entity' && record.subject === about(one.about));
      const supersedes = one.again && before !== undefined ? [before.id] : [];
      const claims = { name: one.name, alias: `The ${one.name}` };
      return [partner.person(claims, { subject: about(one.about), supersedes })];
    }
    if (one.say === 'link') {
      const ends = { from: about(one.from), to: about(one.to), directed: true };
      return one.from === one.to ? [] : [partner.say({ kind: 'link', type: 'associate-of', source, ...ends })];
    }
    if (one.say === 'case') {
      const members = [...new Set(one.members)].map((at) => ({ property: 'member', value: about(at) }));
      return [
        partner.say({ kind: 'case', subject: about(0), claims: [...claimsOf({ title: 'Invented' }), ...members] }),
      ];
    }
    if (old === undefined || old.record.kind === 'retract') return [];
    return one.say === 'disclose' ? [old] : [partner.say({ kind: 'retract', targets: [old.id], action: one.action })];
  }

  return async (steps: readonly Step[], isWhole: boolean): Promise<Uint8Array> => {
    const records = new Map<string, ParsedRecord>();
    for (const one of steps) {
      for (const made of recordOf(one)) {
        records.set(made.id, made);
        if (!said.some(({ id }) => id === made.id)) said.push(made);
      }
    }
    const extra = partner.person({ name: 'Somebody Else' });
    const group = partner.group([...records.values(), extra]);
    const shown = group.records.map((one) =>
      isWhole || one.record.kind !== 'entity'
        ? one
        : { ...one, record: withhold(one.record, ({ property }) => property === 'alias') },
    );
    sequence += 2;
    const audience = [{ agency: us, sequence, previous: sequence === 1 ? null : '0'.repeat(64) }];
    return partner.sealed([{ ...group, records: shown }], { audience });
  };
}

async function apply(session: OpenSession, bytes: Uint8Array, into?: SubjectId): Promise<BatchId> {
  const { quarantine } = await openFile(session, { bytes });
  const { batch } = await applyPlan(session, {
    quarantine,
    accept: 'all',
    ...(into !== undefined && { case: into }),
  });
  if (batch === undefined) throw new Error('no batch');
  return batch;
}

test(
  '[V34] whatever a bundle brought, undone it leaves row for row what there was before, and the same file again brings the same',
  { timeout: 300_000 },
  async () => {
    const agency = await createdAgency('Suedhafen Office', 'DE');
    const partner = await barePartner(agency);
    const us = (await agency.call('vault.status', {})).agencyId;
    const own = await openCase(agency, 'Our own case');
    const session = await vaultSession(agency);
    const send = sender(partner, us);
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 6 }),
        fc.array(step, { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        async (before, steps, isWhole) => {
          await apply(session, await send(before, false));
          const bytes = await send(steps, isWhole);
          const state = stateOf(session);
          const batch = await apply(session, bytes, own);
          const applied = stateOf(session);
          expect(applied).not.toEqual(state);
          const undone = await undoBatch(session, { batch });
          expect(undone.bytes).toBeInstanceOf(Uint8Array);
          expect(stateOf(session)).toEqual(state);
          expect(verifyHead(session.store).ok).toBe(true);
          const again = await openFile(session, { bytes });
          expect(again).toMatchObject({ verdict: 'review' });
          expect(again.stream).not.toBe('replay');
        },
      ),
      { numRuns: 12, endOnFailure: true },
    );
  },
);

const refusal = (at: TestAgency, batch: BatchId | undefined) =>
  at.call('batch.undo', { batch: batch ?? 0 }).then(
    () => 'done',
    (error: unknown) => (error as { details: { reason?: string } }).details.reason,
  );

describe('[V34] a received bundle cannot be taken back', () => {
  test('twice', async () => {
    const { a, b, idB } = await confirmedPair();
    const { id } = await lampCase(a);
    const { result } = await receiveAll(b, (await release(a, id, idB)).sealed.bytes);
    expect(await refusal(b, result.batch)).toBe('done');
    expect(await refusal(b, result.batch)).toBe('undone');
  });

  test('where it erased something', async () => {
    const b = await createdAgency('Suedhafen Office', 'DE');
    const partner = await barePartner(b);
    const us = (await b.call('vault.status', {})).agencyId;
    const person = partner.person({ name: 'Sergo Madeupson' });
    await receiveAll(b, await partner.sealed([partner.group([person])]));
    const erase = partner.say({ kind: 'retract', targets: [person.id], action: 'erase' });
    const audience = [{ agency: us, sequence: 5, previous: '0'.repeat(64) }];
    const { result } = await receiveAll(b, await partner.sealed([partner.group([erase])], { audience }));
    expect(await refusal(b, result.batch)).toBe('erased');
  });

  test('where a link of ours joins what it brought; that one taken back, it can', async () => {
    const { a, b, idB } = await confirmedPair();
    const { id, suspect } = await lampCase(a);
    const { result } = await receiveAll(b, (await release(a, id, idB)).sealed.bytes);
    const own = await openCase(b, 'Our own case');
    const car = await addEntity(b, own, 'vehicle', { plate: 'ZZ99 ZZZ' });
    await addLink(b, own, 'uses', [suspect.subject, car.subject], {});
    expect(await refusal(b, result.batch)).toBe('built-on');
    const { batches } = await b.call('batch.list', { limit: 1 });
    expect(await refusal(b, batches[0]?.id)).toBe('done');
    expect(await refusal(b, result.batch)).toBe('done');
    expect((await b.call('vault.status', {})).entities).toBe(1);
  });

  test('before a later one that brought its records again', async () => {
    const { a, b, idB } = await confirmedPair();
    const { id } = await lampCase(a);
    const first = await receiveAll(b, (await release(a, id, idB)).sealed.bytes);
    await addEntity(a, id, 'vehicle', { plate: 'ZZ99 ZZZ' });
    const second = await receiveAll(b, (await release(a, id, idB)).sealed.bytes);
    expect(await refusal(b, first.result.batch)).toBe('repeated');
    expect(await refusal(b, second.result.batch)).toBe('done');
    expect(await refusal(b, first.result.batch)).toBe('done');
  });

  test('where some of it was passed on', async () => {
    const { a, b, idA, idB } = await confirmedPair();
    const { id } = await lampCase(a);
    const { result } = await receiveAll(b, (await release(a, id, idB)).sealed.bytes);
    await addEntity(b, id, 'vehicle', { plate: 'ZZ99 ZZZ' });
    await release(b, id, idA);
    expect(['released', 'done']).toContain(await refusal(b, result.batch));
  });
});

test('[V34] the sender is told by a new receipt that nothing of it is held any more', async () => {
  const { a, b, idB } = await confirmedPair();
  const { id } = await lampCase(a);
  const { result } = await receiveAll(b, (await release(a, id, idB)).sealed.bytes);
  await a.call('receive.open', { bytes: result.bytes ?? new Uint8Array() });
  const { records } = await b.call('vault.status', {});
  const undone = await b.call('batch.undo', { batch: result.batch ?? 0 });
  expect(undone.removed).toBe(records);
  expect(undone.fileName).toMatch(/taken-back\.chiro$/);
  const told = await a.call('receive.open', { bytes: undone.bytes ?? new Uint8Array() });
  expect(told).toMatchObject({ verdict: 'receipt', sequence: 1, issuer: idB });
});

test(
  'a bundle of thousands is applied and taken back in slices; cancelled, either leaves nothing changed',
  { timeout: 300_000 },
  async () => {
    const agency = await createdAgency('Suedhafen Office', 'DE');
    const partner = await barePartner(agency);
    const own = await openCase(agency, 'Our own case');
    const people = Array.from({ length: 2_500 }, (_, i) => partner.person({ name: `Invented ${i}` }));
    const bytes = await partner.sealed([partner.group(people)]);
    const { quarantine } = await agency.call('receive.open', { bytes });
    const accept = { quarantine, accept: 'all', case: own } as const;
    const cancelling = async (work: (job: string) => Promise<unknown>) => {
      const job = 'to be cancelled';
      const running = work(job).then(
        () => 'done',
        (error: { code: string }) => error.code,
      );
      while (!agency.events.some((event) => event.type === 'progress' && event.job === job && event.done > 500))
        await new Promise((resolve) => setImmediate(resolve));
      await agency.call('job.cancel', { job });
      return running;
    };
    const before = await agency.call('vault.status', {});
    expect(await cancelling((job) => agency.call('receive.apply', { ...accept, job }))).toBe('request.cancelled');
    expect(await agency.call('vault.status', {})).toEqual(before);
    const { batch } = await agency.call('receive.apply', accept);
    expect(await agency.call('vault.status', {})).toMatchObject({ entities: 2_500, records: before.records + 2_503 });
    expect((await agency.call('case.list', {})).cases[0]?.entities).toBe(2_500);
    const id = batch ?? 0;
    expect((await agency.call('batch.undo', { batch: id, job: 'undo' })).removed).toBe(2_503);
    expect(await agency.call('vault.status', {})).toMatchObject({ entities: 0, records: before.records });
  },
);

test('a plan that changed since it was looked at is not applied', async () => {
  const { a, b, idB } = await confirmedPair();
  const { id } = await lampCase(a);
  const bytes = (await release(a, id, idB)).sealed.bytes;
  const plan = await b.call('receive.open', { bytes });
  await addEntity(b, await openCase(b, 'Our own case'), 'vehicle', { plate: 'ZZ99 ZZZ' });
  const { quarantine, digest } = plan;
  expect((await b.call('receive.plan', { quarantine })).digest).toBe(digest);
  const other = await release(a, id, idB, { include: ['victims'] });
  await receiveAll(b, other.sealed.bytes);
  expect(await b.refusal('receive.apply', { quarantine, accept: 'all', digest })).toBe('receive.plan-changed');
});
