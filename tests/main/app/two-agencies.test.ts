import { describe, expect, test } from 'vitest';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import { confirmedPair, createdAgency, handling, source } from '../../support/agency.ts';
import type { TestAgency } from '../../support/agency.ts';
import { addEntity, addLink, sealing } from '../../support/case-steps.ts';
import { openFully } from '../../support/review.ts';

async function buildCase(agency: TestAgency) {
  const { id } = await agency.call('case.save', { title: 'Operation Test Lamp', handling });
  const { subject: suspect } = await addEntity(agency, id, 'person', {
    name: 'Sergo Madeupson',
    subjectCategory: 'suspect',
    dateOfBirth: '1980-01-02',
  });
  const { subject: victim } = await addEntity(agency, id, 'person', {
    name: 'Vera Inventova',
    subjectCategory: 'victim',
    dateOfBirth: '2003-04-05',
  });
  const { subject: phone } = await addEntity(agency, id, 'phone', { number: '+44 7700 900123' });
  await addLink(agency, id, 'recruited', [suspect, victim]);
  await addLink(agency, id, 'uses', [suspect, phone]);
  return { id, suspect, victim, phone };
}

const terms = { purpose: 'joint investigation', legalBases: ['untoc-27'], include: [], exclude: [] };

async function release(from: TestAgency, id: SubjectId, to: string, more: object = {}) {
  const request = { case: id, to: [to as never], ...terms, ...more };
  const preview = await from.call('release.preview', request);
  return { preview, sealed: await from.call('release.seal', sealing(request, preview)) };
}

async function receiveAll(at: TestAgency, bytes: Uint8Array) {
  const plan = await openFully(at, bytes);
  return { plan, result: await at.call('receive.apply', { quarantine: plan.quarantine, accept: 'all' }) };
}

describe('a case goes from one agency to another', () => {
  test('with its author, and without what identifies the victim', async () => {
    const { a, b, idA, idB } = await confirmedPair();
    const made = await buildCase(a);
    const { preview, sealed } = await release(a, made.id, idB);
    expect(preview.stops.map(({ rule, answerable }) => `${rule} ${answerable}`)).toEqual(['P20 true', 'P20 true']);
    const { stops } = await a.call('release.preview', { case: made.id, to: [idB as never], ...terms });
    expect(stops).toEqual([]);
    expect(preview.totals.withheldClaims).toBe(2);
    const { plan, result } = await receiveAll(b, sealed.bytes);
    expect(plan).toMatchObject({ verdict: 'review', sequence: 1, stream: 'first', issuer: idA });
    expect(result).toMatchObject({ verdict: 'applied', refused: [] });
    const chart = await b.call('case.chart', { case: made.id });
    expect(chart.case.title).toBe('Operation Test Lamp');
    expect(chart.entities.map(({ label }) => label).toSorted()).toEqual([
      '+44 7700 900123',
      'Sergo Madeupson',
      expect.stringMatching(/^Victim/),
    ]);
    expect(chart.entities.every(({ authors }) => authors.length === 1 && authors[0] === idA)).toBe(true);
    expect(chart.links).toHaveLength(2);
    const shown = await b.call('subject.show', { subject: made.victim });
    expect(shown.withheld.claims).toBe(2);
    expect(JSON.stringify(shown)).not.toContain('Inventova');
    const mine = await a.call('case.fingerprint', { case: made.id });
    expect(await b.call('case.fingerprint', { case: made.id })).toEqual(mine);
  });

  test('and the same file again changes nothing', async () => {
    const { a, b, idB } = await confirmedPair();
    const made = await buildCase(a);
    const { sealed } = await release(a, made.id, idB);
    await receiveAll(b, sealed.bytes);
    const before = await b.call('vault.status', {});
    const plan = await b.call('receive.open', { bytes: sealed.bytes });
    expect(plan.verdict).toBe('known');
    expect(plan.stream).toBe('replay');
    expect(await b.call('vault.status', {})).toEqual(before);
  });

  test('item by item: what the reviewer leaves out is held, and comes with the file again', async () => {
    const { a, b, idB } = await confirmedPair();
    const made = await buildCase(a);
    const { sealed } = await release(a, made.id, idB);
    const plan = await openFully(b, sealed.bytes);
    const result = await b.call('receive.apply', { quarantine: plan.quarantine, accept: [made.suspect] });
    expect(result.held).toBe(plan.items.length - 1);
    const status = await b.call('vault.status', {});
    expect([status.entities, status.links]).toEqual([1, 0]);
    const again = await b.call('receive.open', { bytes: sealed.bytes });
    expect(again.counts.known).toBe(1);
    await b.call('receive.apply', { quarantine: again.quarantine, accept: 'all' });
    expect((await b.call('vault.status', {})).links).toBe(2);
  });

  test('a correction arrives as a change, and the receipt confirms both', async () => {
    const { a, b, idB } = await confirmedPair();
    const made = await buildCase(a);
    const first = await release(a, made.id, idB);
    const one = await receiveAll(b, first.sealed.bytes);
    const { history } = await a.call('subject.show', { subject: made.suspect });
    const supersedes = history.filter(({ state }) => state === 'live').map(({ record }) => record);
    const claims = [
      { property: 'name', value: 'Sergo Madeupson' },
      { property: 'subjectCategory', value: 'suspect' },
      { property: 'dateOfBirth', value: '1981-01-02' },
    ];
    await a.call('entity.save', {
      case: made.id,
      subject: made.suspect,
      supersedes,
      type: 'person',
      claims,
      source,
      handling,
    });
    const second = await release(a, made.id, idB);
    const two = await receiveAll(b, second.sealed.bytes);
    expect(two.plan.stream).toBe('next');
    expect(two.plan.counts).toMatchObject({ new: 0, changed: 1, conflicting: 0 });
    const shown = await b.call('subject.show', { subject: made.suspect });
    expect(shown.statements.filter(({ property }) => property === 'dateOfBirth').map(({ value }) => value)).toEqual([
      '1981-01-02',
    ]);
    expect(shown.history.map(({ state }) => state).toSorted()).toEqual(['live', 'superseded']);
    for (const receipt of [one.result.bytes, two.result.bytes]) {
      if (receipt === undefined) throw new Error('no receipt');
      expect((await a.call('receive.open', { bytes: receipt })).verdict).toBe('receipt');
    }
    const ledger = await a.call('ledger.list', { subject: made.suspect });
    expect(ledger.disclosures.map(({ isConfirmed }) => isConfirmed)).toEqual([true, true]);
  });

  test('a disagreement is shown with both values, and both stay', async () => {
    const { a, b, idA, idB } = await confirmedPair();
    const made = await buildCase(a);
    const { sealed } = await release(a, made.id, idB);
    await receiveAll(b, sealed.bytes);
    const claims = [{ property: 'dateOfBirth', value: '1979-12-31' }];
    await b.call('entity.save', {
      case: made.id,
      subject: made.suspect,
      supersedes: [],
      type: 'person',
      claims,
      source,
      handling,
    });
    const back = await release(b, made.id, idA);
    const { plan } = await receiveAll(a, back.sealed.bytes);
    const item = plan.items.find(({ item }) => item === made.suspect);
    expect(item).toMatchObject({ state: 'conflicting' });
    expect(item?.statements[0]).toMatchObject({ theirs: '1979-12-31', ours: '1980-01-02', state: 'differs' });
    const shown = await a.call('subject.show', { subject: made.suspect });
    expect(shown.statements.filter(({ property }) => property === 'dateOfBirth')).toHaveLength(2);
    expect(shown.entity?.conflicts).toBe(1);
  });

  test('a recall takes the record out of the partner’s graph', async () => {
    const { a, b, idB } = await confirmedPair();
    const made = await buildCase(a);
    await receiveAll(b, (await release(a, made.id, idB)).sealed.bytes);
    const { history } = await a.call('subject.show', { subject: made.phone });
    const retracted = await a.call('record.retract', {
      records: history.map(({ record }) => record),
      action: 'correct',
      reason: 'wrong number',
    });
    expect(retracted.releasedTo).toEqual([idB]);
    const { plan } = await receiveAll(b, (await release(a, made.id, idB)).sealed.bytes);
    expect(plan.items.filter(({ kind }) => kind === 'retract')).toHaveLength(1);
    const chart = await b.call('case.chart', { case: made.id });
    expect(chart.entities.map(({ type }) => type)).toEqual(['person', 'person']);
    expect((await b.call('subject.show', { subject: made.phone })).history[0]?.state).toBe('retracted');
  });
});

async function sealedFor() {
  const pair = await confirmedPair();
  const made = await buildCase(pair.a);
  return { ...pair, made, bytes: (await release(pair.a, made.id, pair.idB)).sealed.bytes };
}

describe('a bundle is refused, and nothing changes,', () => {
  test('when it is for someone else', async () => {
    const { bytes } = await sealedFor();
    const stranger = await createdAgency('Third Office', 'FR');
    expect(await stranger.refusal('receive.open', { bytes })).toBe('bundle.not-for-us');
  });

  test('when its signer is unknown, not confirmed, or revoked', async () => {
    const a = await createdAgency('Northmark Agency');
    const b = await createdAgency('Suedhafen Office', 'DE');
    const made = await buildCase(a);
    const cardB = await a.call('partner.add', { bytes: (await b.call('partner.card', {})).bytes });
    await a.call('partner.confirm', { agency: cardB.agency, words: cardB.words, with: 'Bert', channel: 'phone' });
    const { sealed } = await release(a, made.id, cardB.agency);
    expect(await b.refusal('receive.open', { bytes: sealed.bytes })).toBe('bundle.unknown-signer');
    const cardA = await b.call('partner.add', { bytes: (await a.call('partner.card', {})).bytes });
    expect(await b.refusal('receive.open', { bytes: sealed.bytes })).toBe('bundle.unconfirmed-signer');
    await b.call('partner.confirm', { agency: cardA.agency, words: cardA.words, with: 'Ada', channel: 'phone' });
    await b.call('partner.revoke', { agency: cardA.agency, reason: 'key lost' });
    expect(await b.refusal('receive.open', { bytes: sealed.bytes })).toBe('bundle.revoked-signer');
    expect((await b.call('vault.status', {})).records).toBe(0);
  });

  test('when it was truncated or changed', async () => {
    const { b, bytes } = await sealedFor();
    expect(await b.refusal('receive.open', { bytes: bytes.slice(0, -1) })).toBe('bundle.damaged');
    const changed = bytes.slice();
    changed[bytes.length - 100] = (changed[bytes.length - 100] ?? 0) ^ 1;
    expect(await b.refusal('receive.open', { bytes: changed })).toBe('bundle.damaged');
    expect((await b.call('vault.status', {})).records).toBe(0);
  });
});

describe('a release', () => {
  test('[P10] to a partner whose words were not compared is stopped', async () => {
    const a = await createdAgency('Northmark Agency');
    const b = await createdAgency('Suedhafen Office', 'DE');
    const made = await buildCase(a);
    const { agency } = await a.call('partner.add', { bytes: (await b.call('partner.card', {})).bytes });
    const request = { case: made.id, to: [agency], ...terms };
    const preview = await a.call('release.preview', { ...request, include: [], exclude: [] });
    expect(preview.stops.filter(({ answerable }) => !answerable)).toEqual([
      { rule: 'P10', key: `P10 ${agency}`, answerable: false, agency },
    ]);
    expect(await a.refusal('release.seal', sealing(request, preview))).toBe('release.stopped');
  });

  test('is refused when the case changed after the preview', async () => {
    const { a, idB } = await confirmedPair();
    const made = await buildCase(a);
    const request = { case: made.id, to: [idB as never], ...terms, include: [], exclude: [] };
    const preview = await a.call('release.preview', request);
    await a.call('entity.save', {
      case: made.id,
      supersedes: [],
      type: 'phone',
      claims: [{ property: 'number', value: '+44 7700 900456' }],
      source,
      handling,
    });
    expect(await a.refusal('release.seal', sealing(request, preview))).toBe('release.changed-since-preview');
  });

  test('with victims included names them, and the ledger says who holds it', async () => {
    const { a, b, idB } = await confirmedPair();
    const made = await buildCase(a);
    const { sealed } = await release(a, made.id, idB, { include: ['victims'] });
    expect(sealed.withheld).toBe(0);
    await receiveAll(b, sealed.bytes);
    expect((await b.call('subject.show', { subject: made.victim })).label).toBe('Vera Inventova');
    const { disclosures } = await a.call('ledger.list', { subject: made.victim });
    expect(disclosures).toMatchObject([
      { partner: idB, withheldClaims: 0, legalBases: ['untoc-27'], isConfirmed: false },
    ]);
  });
});
