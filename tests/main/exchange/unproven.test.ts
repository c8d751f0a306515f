import { expect, onTestFinished, test } from 'vitest';
import { handling, source } from '../../support/agency.ts';
import { sealing } from '../../support/case-steps.ts';
import { memoryAgency } from '../../support/memory-agency.ts';
import type { MemoryAgency } from '../../support/memory-agency.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';

/** docs/policy.md P31, docs/formats/vault.md V176: what a store holds and cannot prove to a third agency. */

const now = () => new Date('2026-05-01T08:00:00.000Z');
const terms = { purpose: 'joint investigation', legalBases: ['untoc-27'], include: [], exclude: [] };
const QUAY = [{ property: 'name', value: 'Northmark Quay' }];

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

async function send(from: MemoryAgency, to: MemoryAgency, of: SubjectId, more: object = {}) {
  const request = { case: of, to: [to.id], ...terms, ...more };
  const preview = await from.call('release.preview', request);
  return { preview, seal: async () => (await from.call('release.seal', sealing(request, preview))).bytes };
}

async function take(at: MemoryAgency, bytes: Uint8Array) {
  const plan = await at.call('receive.open', { bytes });
  await at.call('receive.apply', { quarantine: plan.quarantine, accept: 'all' });
}

/** A, B and C in a row; A's case is at B, which may pass it on to C. */
async function threeInARow() {
  const agencies = [
    ['Northmark Agency', 'NL'],
    ['Suedhafen Office', 'DE'],
    ['Ostbruck Bureau', 'FR'],
  ] as const;
  const [a, b, c] = (await Promise.all(
    agencies.map(([name, country]) => memoryAgency(name, country, now, onTestFinished)),
  )) as [MemoryAgency, MemoryAgency, MemoryAgency];
  await introduce(a, b);
  await introduce(b, c);
  await a.call('partner.add', { bytes: (await c.call('partner.card', {})).bytes });
  const { id } = await a.call('case.save', { title: 'Operation Test Lamp', handling });
  const add = (type: string, property: string, value: string) =>
    a.call('entity.save', { case: id, supersedes: [], type, claims: [{ property, value }], source, handling });
  const phone = await add('phone', 'number', '+44 7700 900123');
  await add('person', 'name', 'Sergo Madeupson');
  await a.call('permission.create', { case: id, to: [c.id], purposes: ['investigation'], until: '2027-12-31' });
  await take(b, await (await send(a, b, id)).seal());
  return { a, b, c, id, phone };
}

/** As a store of schema 6 is where it holds a part of a batch that came whole: neither leaves nor proofs. */
function withoutProofs({ store }: MemoryAgency): void {
  store.sqlite.exec('DELETE FROM attestation_leaves; UPDATE placements SET proof = NULL');
}

test('[P31] records that came without a proof stay home, and the preview says so of each', async () => {
  const { b, c, id } = await threeInARow();
  const before = (await send(b, c, id)).preview;
  expect(before.totals.records).toBeGreaterThan(3);
  withoutProofs(b);
  const own = { case: id, supersedes: [], type: 'phone', claims: [{ property: 'number', value: '+44 7700 900456' }] };
  await b.call('entity.save', { ...own, source, handling });
  const { preview, seal } = await send(b, c, id);
  expect(preview.totals.byRule).toContainEqual({ rule: 'P31', records: before.totals.records, claims: 0 });
  const rules = preview.subjects.flatMap(({ records }) => records.map(({ verdict }) => verdict.rule));
  expect(rules.filter((rule) => rule === 'P31')).toHaveLength(before.totals.records);
  const plan = await c.call('receive.open', { bytes: await seal() });
  expect(plan.counts).toMatchObject({ new: preview.totals.subjects, refused: 0 });
});

test('[P31 B28] a withdrawal that came without a proof stays home too, and leaves once it came again', async () => {
  const { a, b, c, id, phone } = await threeInARow();
  await take(c, await (await send(b, c, id)).seal());
  await a.call('record.retract', { records: [phone.record], action: 'erase', reason: 'wrong number' });
  await a.call('entity.save', { case: id, supersedes: [], type: 'place', claims: QUAY, source, handling });
  await take(b, await (await send(a, b, id)).seal());
  withoutProofs(b);
  const { preview } = await send(b, c, id, { only: 'withdrawals' });
  expect(preview.totals).toMatchObject({ records: 0, byRule: [{ rule: 'P31', records: 1, claims: 0 }] });
  await take(b, await (await send(a, b, id)).seal());
  const again = await send(b, c, id);
  expect(again.preview.totals.byRule.map(({ rule }) => rule)).not.toContain('P31');
  await take(c, await again.seal());
  expect((await c.call('search.find', { text: '900123', limit: 1 })).hits).toEqual([]);
});

test('[A6] what we said ourselves is attested anew where its proof is lost, and from then on by that', async () => {
  const { a, b, id } = await threeInARow();
  withoutProofs(a);
  await a.call('entity.save', {
    case: id,
    supersedes: [],
    type: 'phone',
    claims: [{ property: 'number', value: '+44 7700 900456' }],
    source,
    handling,
  });
  const attested = () => a.store.sqlite.prepare('SELECT count(*) AS n FROM attestations').pluck().get();
  await take(b, await (await send(a, b, id)).seal());
  const after = attested();
  await take(b, await (await send(a, b, id, { exclude: [] })).seal());
  expect(attested()).toBe(after);
  expect((await b.call('search.find', { text: '900456', limit: 1 })).hits).toHaveLength(1);
});
