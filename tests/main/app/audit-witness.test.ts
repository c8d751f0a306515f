import { expect, onTestFinished, test } from 'vitest';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import { caseAt, introduce, sayAt, send, take } from '../../support/memory-pair.ts';
import { memoryAgency } from '../../support/memory-agency.ts';
import type { MemoryAgency } from '../../support/memory-agency.ts';

/** docs/formats/bundle.md B33, Q13, Q14; vault.md V62: through the calls that a person makes. */

const now = () => new Date('2026-03-01T09:30:00.000Z');

async function pair(): Promise<{ a: MemoryAgency; b: MemoryAgency; id: SubjectId }> {
  const [a, b] = await Promise.all([
    memoryAgency('Northmark Agency', 'NL', now, onTestFinished),
    memoryAgency('Suedhafen Office', 'DE', now, onTestFinished),
  ]);
  await introduce(a, b);
  return { a, b, id: await caseAt(a) };
}

async function witnessedBy(at: MemoryAgency) {
  const { partners } = await at.call('stream.list', {});
  const log = partners[0]?.incoming.log;
  if (log === undefined) throw new Error('nothing was witnessed');
  return { checkpoint: { size: log.size, root: log.root }, alarms: partners[0]?.alarms ?? [] };
}

test('[B33, Q14] a receipt carries the log as it was, the partner keeps it, and the log is proved against it ever after', async () => {
  const { a, b, id } = await pair();
  expect((await a.call('stream.list', {})).partners[0]?.incoming.log).toBeUndefined();
  const before = (await b.call('audit.list', { limit: 1 })).total;
  const receipt = await take(b, await send(a, b, id));
  await a.call('receive.open', { bytes: receipt });
  const { checkpoint, alarms } = await witnessedBy(a);
  // what opening the bundle entered is before the receipt, what applying it enters comes after
  const entries = (await b.call('audit.list', { limit: 500 })).entries.toReversed();
  expect(checkpoint.size).toBeGreaterThanOrEqual(before);
  expect(entries[checkpoint.size]?.action).toBe('receive.apply');
  expect(alarms).toEqual([]);
  expect(await b.call('audit.verify', { checkpoint })).toMatchObject({ ok: true, checkpoint: 'same' });
  await caseAt(b, 'Karl Erfunden');
  expect(await b.call('audit.verify', { checkpoint })).toMatchObject({ ok: true, checkpoint: 'same' });
  expect(await a.call('audit.verify', { checkpoint })).toMatchObject({
    ok: true,
    checkpoint: expect.not.stringMatching('same'),
  });
});

test('[Q13] two copies of one store whose receipts tell of two logs are an alarm, with the receipts as evidence', async () => {
  const { a, b, id } = await pair();
  const copyOfB = b.copy();
  await caseAt(b, 'Karl Erfunden');
  await caseAt(copyOfB, 'Ana Madeup');
  const bytes = await send(a, b, id);
  await a.call('receive.open', { bytes: await take(b, bytes) });
  expect((await witnessedBy(a)).alarms).toEqual([]);
  await a.call('receive.open', { bytes: await take(copyOfB, bytes) });
  const { alarms } = await witnessedBy(a);
  expect(alarms).toMatchObject([{ kind: 'log-rewritten', isNoted: false }]);
  const [alarm] = alarms;
  expect(alarm?.entries?.[0]).toBe(alarm?.entries?.[1]);
  const proof = await a.call('stream.evidence', { agency: b.id, manifests: alarm?.manifests ?? [] });
  const told = JSON.parse(new TextDecoder().decode(proof.bytes)) as { statements: { manifest: string }[] };
  const logs = told.statements.map(({ manifest }) => {
    const said = JSON.parse(Buffer.from(manifest, 'base64url').toString()) as {
      receipt: { audit: { size: number; root: string } };
    };
    return said.receipt.audit;
  });
  expect(new Set(logs.map(({ size }) => size)).size).toBe(1);
  expect(new Set(logs.map(({ root }) => root)).size).toBe(2);
});

test('[Q13] a store that was put back and goes on tells of a shorter log', async () => {
  const { a, b, id } = await pair();
  const early = b.copy();
  const first = await send(a, b, id);
  await a.call('receive.open', { bytes: await take(b, first) });
  for (const name of ['Karl Erfunden', 'Ana Madeup', 'Rea Invented']) await caseAt(b, name);
  await sayAt(a, id, 'phone', { number: '+44 7700 900123' });
  await a.call('receive.open', { bytes: await take(b, await send(a, b, id)) });
  const { checkpoint } = await witnessedBy(a);
  await send(early, a, await caseAt(early, 'Somebody Else'));
  await a.call('receive.open', { bytes: await take(early, first) });
  const { alarms } = await witnessedBy(a);
  expect(alarms.map(({ kind }) => kind).toSorted()).toEqual(['log-rewritten', 'rollback']);
  const shrunk = alarms.find(({ kind }) => kind === 'log-rewritten')?.entries ?? [0, 0];
  expect(shrunk[0]).toBe(checkpoint.size);
  expect(shrunk[1]).toBeLessThan(checkpoint.size);
  expect(await early.call('audit.verify', { checkpoint })).toMatchObject({ ok: true, checkpoint: 'shorter' });
});
