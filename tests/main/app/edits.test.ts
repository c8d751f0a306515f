import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { closeVault, unlockVault } from '../../../src-main/vault/open-vault.ts';
import { SubjectId } from '../../../src-shared/domain/ids.ts';
import { confirmedPair, createdAgency, handling, PASSPHRASE, source } from '../../support/agency.ts';
import type { TestAgency } from '../../support/agency.ts';
import {
  addEntity,
  addLink,
  claimsOf,
  liveRecordsOf,
  openCase,
  receiveAll,
  release,
  releaseRequest,
} from '../../support/case-steps.ts';

const unknown = SubjectId.parse(randomUUID());

async function lastEdit(at: TestAgency): Promise<number> {
  const { batches } = await at.call('batch.list', { limit: 50 });
  const found = batches.find(({ canUndo }) => canUndo);
  if (found === undefined) throw new Error('nothing to undo');
  return found.id;
}

async function values(at: TestAgency, subject: SubjectId, property: string) {
  const { statements } = await at.call('subject.show', { subject });
  return statements.filter((each) => each.property === property).map(({ value }) => value);
}

describe('an edit', () => {
  test('takes the place of our record, shows both in the history, and its undo brings the old value back', async () => {
    const a = await createdAgency('Northmark Agency');
    const id = await openCase(a);
    const { subject, record } = await addEntity(a, id, 'person', { name: 'Sergo Madeupson' });
    await addEntity(a, id, 'person', { name: 'Sergo M. Madeupson' }, { subject, supersedes: [record] });
    expect(await values(a, subject, 'name')).toEqual(['Sergo M. Madeupson']);
    const { history } = await a.call('subject.show', { subject });
    expect(history.map(({ state }) => state).toSorted()).toEqual(['live', 'superseded']);
    expect(await a.call('batch.undo', { batch: await lastEdit(a) })).toEqual({ removed: 1 });
    expect(await values(a, subject, 'name')).toEqual(['Sergo Madeupson']);
    expect((await a.call('case.chart', { case: id })).entities).toHaveLength(1);
  });

  test('of what does not exist, of another subject’s record or of another agency’s is refused', async () => {
    const { a, b, idB } = await confirmedPair();
    const id = await openCase(a);
    const one = await addEntity(a, id, 'person', { name: 'Sergo Madeupson' });
    const other = await addEntity(a, id, 'phone', { number: '+44 7700 900123' });
    const said = { case: id, type: 'person', claims: claimsOf({ name: 'X' }), source, handling };
    const elsewhere = { ...said, subject: other.subject, supersedes: [one.record] };
    expect(await a.refusal('entity.save', elsewhere)).toBe('record.not-ours');
    const nowhere = { ...said, subject: one.subject, supersedes: ['0'.repeat(64) as never] };
    expect(await a.refusal('entity.save', nowhere)).toBe('store.not-found');
    expect(await a.refusal('entity.save', { ...said, case: unknown, supersedes: [] })).toBe('store.not-found');
    await receiveAll(b, (await release(a, id, idB)).sealed.bytes);
    const foreign = { ...said, subject: one.subject, supersedes: [one.record] };
    expect(await b.refusal('entity.save', foreign)).toBe('record.not-ours');
    const retract = { records: [one.record], action: 'erase' as const, reason: 'not yours' };
    expect(await b.refusal('record.retract', retract)).toBe('record.not-ours');
  });

  test('about an unknown subject, or about a subject of another kind, is refused', async () => {
    const a = await createdAgency('Northmark Agency');
    const id = await openCase(a);
    const one = await addEntity(a, id, 'person', { name: 'Sergo Madeupson' });
    const two = await addEntity(a, id, 'person', { name: 'Karl Erfunden' });
    const link = await addLink(a, id, 'associate-of', [one.subject, two.subject]);
    const said = { case: id, type: 'person', claims: claimsOf({ name: 'X' }), source, handling };
    expect(await a.refusal('entity.save', { ...said, subject: unknown, supersedes: [] })).toBe('store.not-found');
    expect(await a.refusal('entity.save', { ...said, subject: link.subject, supersedes: [] })).toBe('store.not-found');
    const titleRecord = await liveRecordsOf(a, id);
    expect(await a.refusal('entity.save', { ...said, subject: id, supersedes: titleRecord })).toBe('store.not-found');
    const ends = { from: one.subject, to: two.subject, directed: true, type: 'associate-of' };
    expect(await a.refusal('link.save', { ...said, ...ends, subject: one.subject, supersedes: [] })).toBe(
      'store.not-found',
    );
    expect((await a.call('case.list', {})).cases).toMatchObject([{ title: 'Operation Test Lamp' }]);
  });

  test('that was released cannot be undone', async () => {
    const { a, idB } = await confirmedPair();
    const id = await openCase(a);
    await addEntity(a, id, 'person', { name: 'Sergo Madeupson' });
    const batch = (await lastEdit(a)) as never;
    await release(a, id, idB);
    expect(await a.refusal('batch.undo', { batch })).toBe('batch.not-undoable');
    expect(await a.refusal('batch.undo', { batch: 4711 })).toBe('store.not-found');
  });

  test('of a link replaces its ends and claims', async () => {
    const a = await createdAgency('Northmark Agency');
    const id = await openCase(a);
    const one = await addEntity(a, id, 'person', { name: 'Sergo Madeupson' });
    const two = await addEntity(a, id, 'phone', { number: '+44 7700 900123' });
    const link = await addLink(a, id, 'uses', [one.subject, two.subject], { note: 'before' });
    const more = { subject: link.subject, supersedes: [link.record] };
    await addLink(a, id, 'owns', [one.subject, two.subject], { note: 'after' }, more);
    const shown = await a.call('subject.show', { subject: link.subject });
    expect([shown.type, shown.statements.map(({ value }) => value)]).toEqual(['owns', ['after']]);
    expect(await a.refusal('link.save', { ...saveLink(id), from: unknown, to: two.subject })).toBe('link.unknown-end');
  });
});

function saveLink(id: SubjectId) {
  return { case: id, supersedes: [], type: 'uses', directed: true, claims: [], source, handling };
}

describe('a case', () => {
  test('keeps its members when its title changes, and what was stated of it', async () => {
    const a = await createdAgency('Northmark Agency');
    const id = await openCase(a);
    await addEntity(a, id, 'person', { name: 'Sergo Madeupson' });
    const act = claimsOf({ act: 'recruitment' });
    await a.call('case.state', { case: id, supersedes: [], claims: act, source, handling });
    const saved = await a.call('case.save', { case: id, title: 'Another title', reference: 'NM/7', handling });
    expect(saved).toMatchObject({ title: 'Another title', reference: 'NM/7', entities: 1 });
    const again = await a.call('case.save', { case: id, title: 'Third title', handling });
    expect(again.reference).toBeUndefined();
    const { statements } = await a.call('subject.show', { subject: id });
    const stated = statements.find(({ property }) => property === 'act');
    expect(stated).toMatchObject({ value: 'recruitment', source: { reference: 'report 7', grade: source.grade } });
    expect(statements.filter(({ property }) => property === 'title').map(({ value }) => value)).toEqual([
      'Third title',
    ]);
  });

  test('that does not exist is not saved, stated of, drawn or received into', async () => {
    const a = await createdAgency('Northmark Agency');
    expect(await a.refusal('case.save', { case: unknown, title: 'X', handling })).toBe('store.not-found');
    const stated = { case: unknown, supersedes: [], claims: claimsOf({ act: 'recruitment' }), source, handling };
    expect(await a.refusal('case.state', stated)).toBe('store.not-found');
    expect(await a.refusal('chart.save', { case: unknown, positions: [] })).toBe('store.not-found');
    expect(await a.refusal('case.remove-members', { case: unknown, members: [unknown] })).toBe('store.not-found');
    expect((await a.call('case.list', {})).cases).toEqual([]);
  });

  test('has its title and its members from nothing but the calls for them', async () => {
    const a = await createdAgency('Northmark Agency');
    const id = await openCase(a);
    for (const property of ['title', 'reference', 'description', 'member']) {
      const claims = claimsOf({ [property]: unknown });
      expect(await a.refusal('case.state', { case: id, supersedes: [], claims, source, handling })).toBe(
        'entity.invalid-claim',
      );
    }
    const title = await liveRecordsOf(a, id);
    const taking = { case: id, supersedes: title, claims: claimsOf({ act: 'recruitment' }), source, handling };
    expect(await a.refusal('case.state', taking)).toBe('record.not-ours');
    expect((await a.call('case.list', {})).cases[0]?.title).toBe('Operation Test Lamp');
  });

  test('loses a member and the links that end there, and gets them back by undo', async () => {
    const a = await createdAgency('Northmark Agency');
    const id = await openCase(a);
    const one = await addEntity(a, id, 'person', { name: 'Sergo Madeupson' });
    const two = await addEntity(a, id, 'phone', { number: '+44 7700 900123' });
    const three = await addEntity(a, id, 'phone', { number: '+44 7700 900456' });
    await addLink(a, id, 'uses', [one.subject, two.subject], { note: 'first' });
    const kept = await addLink(a, id, 'uses', [one.subject, three.subject]);
    await a.call('case.remove-members', { case: id, members: [two.subject] });
    const chart = await a.call('case.chart', { case: id });
    expect(chart.entities.map(({ id: each }) => each).toSorted()).toEqual([one.subject, three.subject].toSorted());
    expect(chart.links.map(({ id: each }) => each)).toEqual([kept.subject]);
    expect((await a.call('subject.show', { subject: two.subject })).links).toHaveLength(1);
    await a.call('batch.undo', { batch: await lastEdit(a) });
    expect((await a.call('case.chart', { case: id })).links).toHaveLength(2);
  });

  test('from which nothing is removed changes nothing', async () => {
    const a = await createdAgency('Northmark Agency');
    const id = await openCase(a);
    const { batches } = await a.call('batch.list', { limit: 50 });
    await a.call('case.remove-members', { case: id, members: [unknown] });
    expect((await a.call('batch.list', { limit: 50 })).batches).toEqual(batches);
  });
});

test('that two subjects are, or are not, the same is kept, shown on both sides and taken back', async () => {
  const { a, b, idB } = await confirmedPair();
  const id = await openCase(a);
  const one = await addEntity(a, id, 'person', { name: 'Sergo Madeupson' });
  const other = await addEntity(a, id, 'person', { name: 'S. Madeupson' });
  const third = await addEntity(a, id, 'person', { name: 'Karl Erfunden' });
  const said = { source, handling };
  const same = { kind: 'same', one: other.subject, other: one.subject, reason: 'one telephone', ...said } as const;
  const { record } = await a.call('identity.save', same);
  await a.call('identity.save', { ...same, kind: 'not-same', one: one.subject, other: third.subject });
  expect(await a.refusal('identity.save', { ...same, other: unknown })).toBe('link.unknown-end');
  expect(await a.refusal('identity.save', { ...same, other: other.subject })).toBe('record.malformed');
  await receiveAll(b, (await release(a, id, idB)).sealed.bytes);
  for (const at of [a, b]) {
    const { identities } = await at.call('subject.show', { subject: one.subject });
    expect(identities.map(({ kind, other: far, reason }) => `${kind} ${far} ${reason}`).toSorted()).toEqual([
      `not-same ${third.subject} one telephone`,
      `same ${other.subject} one telephone`,
    ]);
    expect((await at.call('subject.show', { subject: other.subject })).identities).toHaveLength(1);
  }
  await a.call('record.retract', { records: [record], action: 'correct', reason: 'two telephones' });
  expect((await a.call('subject.show', { subject: other.subject })).identities).toEqual([]);
  await receiveAll(b, (await release(a, id, idB)).sealed.bytes);
  expect((await b.call('subject.show', { subject: other.subject })).identities).toEqual([]);
});

async function withPerson() {
  const a = await createdAgency('Northmark Agency');
  const id = await openCase(a);
  const kept = await addEntity(a, id, 'person', { alias: 'The Lamplighter' });
  const { subject } = kept;
  const { record } = await addEntity(a, id, 'person', { name: 'Zbigniewicz Canary' }, { subject });
  return { a, id, subject, record };
}

const hits = async (a: TestAgency, text: string) => (await a.call('search.find', { text, limit: 10 })).hits.length;

describe('a record that is withdrawn', () => {
  test('as a correction stays in the history and counts no more', async () => {
    const { a, subject, record } = await withPerson();
    await a.call('record.retract', { records: [record], action: 'correct', reason: 'wrong' });
    const shown = await a.call('subject.show', { subject });
    expect(shown.label).toBe('The Lamplighter');
    const item = shown.history.find((each) => each.record === record);
    expect([item?.state, item?.claims.map(({ display }) => display)]).toEqual(['retracted', ['Zbigniewicz Canary']]);
    expect(await hits(a, 'Zbigniewicz')).toBe(0);
    const undone = await a.call('batch.undo', { batch: await lastEdit(a) });
    expect([undone.removed, await hits(a, 'Zbigniewicz')]).toEqual([1, 1]);
  });

  test('by suppression is in the history without its claims', async () => {
    const { a, subject, record } = await withPerson();
    await a.call('record.retract', { records: [record], action: 'suppress', reason: 'court order' });
    const shown = await a.call('subject.show', { subject });
    const item = shown.history.find((each) => each.record === record);
    expect([item?.state, item?.claims]).toEqual(['suppressed', []]);
    expect(JSON.stringify(shown)).not.toContain('Zbigniewicz');
    expect(await hits(a, 'Zbigniewicz')).toBe(0);
  });

  test('by erasure is gone from every table, and only that it was is left', async () => {
    const { a, subject, record } = await withPerson();
    await a.call('record.retract', { records: [record], action: 'erase', reason: 'her request' });
    const shown = await a.call('subject.show', { subject });
    expect(shown.erased).toMatchObject([{ record }]);
    expect(shown.history.map((each) => each.record)).not.toContain(record);
    expect(await hits(a, 'Zbigniewicz')).toBe(0);
    await a.call('vault.lock', {});
    const vault = await unlockVault(join(a.home, 'main'), { passphrase: PASSPHRASE }, { now: () => new Date() });
    const image = Buffer.from(vault.store.sqlite.serialize());
    closeVault(vault);
    expect(image.includes('Lamplighter')).toBe(true);
    expect(image.toString('latin1').toLowerCase()).not.toContain('zbigniewicz');
  });
});

const at = (subject: SubjectId, x: number) => [{ subject, x, y: 7.123456, pinned: true }];

/** As many records of the chart as would leave. */
async function liveChartRecords(agency: TestAgency, id: SubjectId, to: string): Promise<number> {
  const { subjects } = await agency.call('release.preview', releaseRequest(id, to));
  return subjects.filter(({ kind }) => kind === 'chart').reduce((sum, { records }) => sum + records.length, 0);
}

describe('a chart', () => {
  test('saved many times is one record, before and after it left', async () => {
    const { a, b, idB } = await confirmedPair();
    const id = await openCase(a);
    const { subject } = await addEntity(a, id, 'person', { name: 'Sergo Madeupson' });
    const { records } = await a.call('vault.status', {});
    for (const x of [1, 2, 3, 4, 5]) await a.call('chart.save', { case: id, positions: at(subject, x) });
    expect((await a.call('vault.status', {})).records).toBe(records + 1);
    await receiveAll(b, (await release(a, id, idB)).sealed.bytes);
    expect((await b.call('case.chart', { case: id })).positions).toEqual([{ subject, x: 5, y: 7.12, pinned: true }]);
    for (const x of [10, 11, 12, 13, 14, 15, 16, 17]) {
      await a.call('chart.save', { case: id, positions: at(subject, x) });
      expect((await a.call('case.chart', { case: id })).positions).toMatchObject([{ x }]);
      expect(await liveChartRecords(a, id, idB)).toBe(1);
    }
    expect((await a.call('vault.status', {})).records).toBe(records + 2);
    const { plan } = await receiveAll(b, (await release(a, id, idB)).sealed.bytes);
    expect(plan.items.filter(({ kind }) => kind === 'chart')).toMatchObject([{ state: 'changed' }]);
    expect((await b.call('case.chart', { case: id })).positions).toMatchObject([{ x: 17 }]);
  });

  test('of the most subjects that one call takes can still be released', async () => {
    const { a, b, idB } = await confirmedPair();
    const id = await openCase(a);
    await addEntity(a, id, 'person', { name: 'Sergo Madeupson' });
    const positions = Array.from({ length: 8192 }, (_, i) => ({
      subject: SubjectId.parse(randomUUID()),
      x: -12345.67 - i,
      y: -98765.43 + i,
      pinned: false,
    }));
    await a.call('chart.save', { case: id, positions });
    await a.call('chart.save', { case: id, positions });
    await receiveAll(b, (await release(a, id, idB)).sealed.bytes);
    expect((await b.call('case.chart', { case: id })).positions).toHaveLength(8192);
    expect((await a.call('case.chart', { case: id })).positions).toHaveLength(8192);
  });
});
