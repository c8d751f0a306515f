import { expect, onTestFinished, test } from 'vitest';
import { memoryAgency } from '../../support/memory-agency.ts';
import type { MemoryAgency } from '../../support/memory-agency.ts';
import { caseAt, introduce, previewFor, sayAt, send, take } from '../../support/memory-pair.ts';

/** docs/policy.md P31, docs/formats/vault.md V176: what a store holds and cannot prove to a third agency. */

const now = () => new Date('2026-05-01T08:00:00.000Z');

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
  const id = await caseAt(a);
  const phone = await sayAt(a, id, 'phone', { number: '+44 7700 900123' });
  await a.call('permission.create', { case: id, to: [c.id], purposes: ['investigation'], until: '2027-12-31' });
  await take(b, await send(a, b, id));
  return { a, b, c, id, phone };
}

/** As a store of schema 6 is where it holds a part of a batch that came whole: neither leaves nor proofs. */
function withoutProofs({ store }: MemoryAgency): void {
  store.sqlite.exec('DELETE FROM attestation_leaves; UPDATE placements SET proof = NULL');
}

test('[P31] records that came without a proof stay home, and the preview says so of each', async () => {
  const { b, c, id } = await threeInARow();
  const before = (await previewFor(b, [c], id)).preview;
  expect(before.totals.records).toBeGreaterThan(3);
  withoutProofs(b);
  await sayAt(b, id, 'phone', { number: '+44 7700 900456' });
  const { preview, seal } = await previewFor(b, [c], id);
  expect(preview.totals.byRule).toContainEqual({ rule: 'P31', records: before.totals.records, claims: 0 });
  const rules = preview.subjects.flatMap(({ records }) => records.map(({ verdict }) => verdict.rule));
  expect(rules.filter((rule) => rule === 'P31')).toHaveLength(before.totals.records);
  const plan = await c.call('receive.open', { bytes: (await seal()).bytes });
  expect(plan.counts).toMatchObject({ new: preview.totals.subjects, refused: 0 });
});

test('[P31 B28] a withdrawal that came without a proof stays home too, and leaves once it came again', async () => {
  const { a, b, c, id, phone } = await threeInARow();
  await take(c, await send(b, c, id));
  await a.call('record.retract', { records: [phone.record], action: 'erase', reason: 'wrong number' });
  await sayAt(a, id, 'place', { name: 'Northmark Quay' });
  await take(b, await send(a, b, id));
  withoutProofs(b);
  const { preview } = await previewFor(b, [c], id, { only: 'withdrawals' });
  expect(preview.totals).toMatchObject({ records: 0, byRule: [{ rule: 'P31', records: 1, claims: 0 }] });
  await take(b, await send(a, b, id));
  const again = await previewFor(b, [c], id);
  expect(again.preview.totals.byRule.map(({ rule }) => rule)).not.toContain('P31');
  await take(c, (await again.seal()).bytes);
  expect((await c.call('search.find', { text: '900123', limit: 1 })).hits).toEqual([]);
});

test('[P31 B21] what the confirmed card of its author does not prove is not passed on', async () => {
  const { b, c, id } = await threeInARow();
  b.store.sqlite.exec('INSERT INTO vouched_attestations SELECT id, author, 1 FROM attestations');
  const { preview } = await previewFor(b, [c], id);
  expect(preview.totals.records).toBe(0);
  expect(preview.totals.byRule).toMatchObject([{ rule: 'P31' }]);
});

test('[A6] what we said ourselves is attested anew where its proof is lost, and from then on by that', async () => {
  const { a, b, id, phone } = await threeInARow();
  withoutProofs(a);
  await sayAt(a, id, 'phone', { number: '+44 7700 900456' });
  const attested = () => a.store.sqlite.prepare('SELECT count(*) AS n FROM attestations').pluck().get();
  const before = attested();
  await take(b, await send(a, b, id, { exclude: [phone.subject] }));
  const after = attested();
  expect(after).not.toBe(before);
  await take(b, await send(a, b, id, { exclude: [phone.subject] }));
  expect(attested()).toBe(after);
  expect((await b.call('search.find', { text: '900456', limit: 1 })).hits).toHaveLength(1);
});
