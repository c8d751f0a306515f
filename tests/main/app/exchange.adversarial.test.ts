import { describe, expect, test } from 'vitest';
import { encodeCard } from '../../../src-shared/bundle/card.ts';
import { newAgency } from '../../../src-main/app/new-agency.ts';
import { sign, signingKeys } from '../../../src-shared/crypto/signature.ts';
import { toBytes } from '../../../src-shared/crypto/hash.ts';
import { withhold } from '../../../src-shared/records/redact.ts';
import { confirmedPair, createdAgency, handling } from '../../support/agency.ts';
import type { TestAgency } from '../../support/agency.ts';
import { barePartner, newSubjectId, randomBytes } from '../../support/bare-partner.ts';
import {
  addEntity,
  addLink,
  claimsOf,
  openCase,
  receiveAll,
  release,
  releaseRequest,
  stateOf,
  sealing,
} from '../../support/case-steps.ts';
import { openFully } from '../../support/review.ts';

const DAY = 24 * 60 * 60 * 1000;

async function lampCase(a: TestAgency) {
  const id = await openCase(a);
  const suspect = await addEntity(a, id, 'person', { name: 'Sergo Madeupson', subjectCategory: 'suspect' });
  const victim = await addEntity(a, id, 'person', { name: 'Vera Inventova', subjectCategory: 'victim' });
  const phone = await addEntity(a, id, 'phone', { number: '+44 7700 900123' });
  await addLink(a, id, 'recruited', [suspect.subject, victim.subject]);
  await addLink(a, id, 'uses', [suspect.subject, phone.subject]);
  return { id, suspect, victim, phone };
}

async function again(a: TestAgency, id: Awaited<ReturnType<typeof lampCase>>['id'], number: string) {
  return addEntity(a, id, 'phone', { number });
}

/** Nothing that a refused file could have changed has changed. */
async function refusedUnchanged(at: TestAgency, bytes: Uint8Array): Promise<string> {
  const before = await stateOf(at);
  const code = await at.refusal('receive.open', { bytes });
  expect(await stateOf(at)).toEqual(before);
  return code;
}

/** Refused, and kept as a statement: the audit log says so, once, and nothing else has changed (bundle.md Q10). */
async function refusedAsStatement(at: TestAgency, bytes: Uint8Array): Promise<string> {
  const before = await stateOf(at);
  const code = await at.refusal('receive.open', { bytes });
  const after = await stateOf(at);
  expect({ ...after, actions: [] }).toEqual({ ...before, actions: [] });
  expect(after.actions.filter((action) => !before.actions.includes(action))).toEqual([
    expect.stringMatching(/ receive\.unknown-receipt$/),
  ]);
  expect(await refusedUnchanged(at, bytes)).toBe(code);
  return code;
}

describe('[B8] the stream of bundles', () => {
  test('names a gap, takes the missing one as late, and knows a replay', async () => {
    const { a, b, idB } = await confirmedPair();
    const { id } = await lampCase(a);
    const one = await release(a, id, idB);
    await again(a, id, '+44 7700 900456');
    const two = await release(a, id, idB);
    expect([one.sealed.sequence, two.sealed.sequence]).toEqual([1, 2]);
    const second = await receiveAll(b, two.sealed.bytes);
    expect(second.plan).toMatchObject({ stream: 'gap', missing: [1], sequence: 2 });
    const first = await b.call('receive.open', { bytes: one.sealed.bytes });
    expect(first).toMatchObject({ stream: 'late', missing: [], verdict: 'review' });
    expect(first.counts).toMatchObject({ new: 0, changed: 0, conflicting: 0 });
    await b.call('receive.apply', { quarantine: first.quarantine, accept: 'all' });
    const before = await stateOf(b);
    expect(await b.call('receive.open', { bytes: one.sealed.bytes })).toMatchObject({
      stream: 'replay',
      verdict: 'known',
    });
    expect(await stateOf(b)).toEqual(before);
    await again(a, id, '+44 7700 900789');
    expect((await receiveAll(b, (await release(a, id, idB)).sealed.bytes)).plan.stream).toBe('next');
  });

  test('shows a fork as what it is, keeps it as evidence and takes nothing of it', async () => {
    const b = await createdAgency('Suedhafen Office', 'DE');
    const partner = await barePartner(b);
    const one = await partner.sealed([partner.group([partner.person({ name: 'Sergo Madeupson' })])]);
    const other = await partner.sealed([partner.group([partner.person({ name: 'Karl Erfunden' })])]);
    await receiveAll(b, one);
    const before = await stateOf(b);
    expect(await b.refusal('receive.open', { bytes: other })).toBe('receive.fork');
    const after = await stateOf(b);
    expect({ ...after, actions: [] }).toEqual({ ...before, actions: [] });
    expect(after.actions.filter((action) => !before.actions.includes(action))).toEqual([
      expect.stringMatching(/ receive\.fork$/),
    ]);
    const { entries } = await b.call('audit.list', { limit: 1 });
    expect(entries[0]?.details).toMatchObject({ issuer: partner.id, sequence: 1 });
    expect(await b.refusal('receive.open', { bytes: other })).toBe('receive.fork');
  });

  test('shows a fork that only the next bundle gives away', async () => {
    const b = await createdAgency('Suedhafen Office', 'DE');
    const partner = await barePartner(b);
    const us = (await b.call('vault.status', {})).agencyId;
    await receiveAll(b, await partner.sealed([partner.group([partner.person({ name: 'Sergo Madeupson' })])]));
    const elsewhere = partner.bundle([partner.group([partner.person({ name: 'Karl Erfunden' })])]);
    const next = await partner.sealed([partner.group([partner.person({ name: 'Third Person' })])], {
      audience: [{ agency: us, sequence: 2, previous: elsewhere.manifestHash }],
    });
    expect(await b.refusal('receive.open', { bytes: next })).toBe('receive.fork');
  });

  test('gives each recipient its own numbers, and one file serves all of them', async () => {
    const { a, b, idB } = await confirmedPair();
    const c = await createdAgency('Westfjord Office', 'NO');
    const seenByA = await a.call('partner.add', { bytes: (await c.call('partner.card', {})).bytes });
    await a.call('partner.confirm', { agency: seenByA.agency, words: seenByA.words, with: 'C', channel: 'phone' });
    const seenByC = await c.call('partner.add', { bytes: (await a.call('partner.card', {})).bytes });
    await c.call('partner.confirm', { agency: seenByC.agency, words: seenByC.words, with: 'A', channel: 'phone' });
    const { id } = await lampCase(a);
    await release(a, id, idB);
    await again(a, id, '+44 7700 900456');
    const both = await release(a, id, [idB, seenByA.agency]);
    expect(Object.fromEntries(both.sealed.sequences.map(({ agency, sequence }) => [agency, sequence]))).toEqual({
      [idB]: 2,
      [seenByA.agency]: 1,
    });
    expect((await receiveAll(c, both.sealed.bytes)).plan).toMatchObject({ stream: 'first', sequence: 1 });
    expect((await receiveAll(b, both.sealed.bytes)).plan).toMatchObject({ stream: 'gap', missing: [1] });
    const fingerprints = await Promise.all([a, b, c].map((at) => at.call('case.fingerprint', { case: id })));
    expect(new Set(fingerprints.map(({ digest }) => digest)).size).toBe(1);
  });
});

describe('a bundle that was put aside', () => {
  test('by discarding it comes again as if for the first time', async () => {
    const { a, b, idB } = await confirmedPair();
    const { id } = await lampCase(a);
    const { sealed } = await release(a, id, idB);
    const plan = await b.call('receive.open', { bytes: sealed.bytes });
    await b.call('receive.discard', { quarantine: plan.quarantine, reason: 'not today' });
    expect((await b.call('receive.list', {})).quarantined).toEqual([]);
    expect((await b.call('audit.list', { limit: 1 })).entries[0]?.details).toMatchObject({ reason: 'not today' });
    const apply = { quarantine: plan.quarantine, accept: 'all' } as const;
    expect(await b.refusal('receive.apply', apply)).toBe('store.not-found');
    const second = await receiveAll(b, sealed.bytes);
    expect(second.plan).toMatchObject({ stream: 'first', verdict: 'review' });
    expect((await b.call('vault.status', {})).entities).toBe(3);
  });

  test('partly accepted, comes again with what was held, and what was accepted is known', async () => {
    const { a, b, idB } = await confirmedPair();
    const { id, suspect, victim } = await lampCase(a);
    const { sealed } = await release(a, id, idB);
    const plan = await openFully(b, sealed.bytes);
    const some = { quarantine: plan.quarantine, accept: [suspect.subject, suspect.subject] };
    expect(await b.refusal('receive.apply', { ...some, accept: ['nothing of it'] })).toBe('receive.unknown-item');
    expect(await b.call('receive.apply', some)).toMatchObject({ new: 1, held: plan.items.length - 1 });
    const second = await openFully(b, sealed.bytes);
    expect(second).toMatchObject({ stream: 'replay', verdict: 'review' });
    expect(second.items.find(({ item }) => item === suspect.subject)?.state).toBe('known');
    await b.call('receive.apply', { quarantine: second.quarantine, accept: 'all' });
    expect((await b.call('case.chart', { case: id })).entities.map((each) => each.id)).toContain(victim.subject);
  });

  test('is not applied into a case that does not exist', async () => {
    const { a, b, idB } = await confirmedPair();
    const { id } = await lampCase(a);
    const plan = await b.call('receive.open', { bytes: (await release(a, id, idB)).sealed.bytes });
    const apply = { quarantine: plan.quarantine, accept: 'all', case: newSubjectId() } as const;
    expect(await b.refusal('receive.apply', apply)).toBe('store.not-found');
    const own = await openCase(b, 'Our own case');
    await b.call('receive.apply', { ...apply, case: own });
    expect((await b.call('case.chart', { case: own })).entities).toHaveLength(3);
  });

  test('waits in the list over a change of its signer, and is refused once the signer is revoked', async () => {
    const { a, b, idA, idB } = await confirmedPair();
    const { id } = await lampCase(a);
    const plan = await b.call('receive.open', { bytes: (await release(a, id, idB)).sealed.bytes });
    expect((await b.call('receive.list', {})).quarantined).toMatchObject([{ issuer: idA, sequence: 1 }]);
    await b.call('partner.revoke', { agency: idA, reason: 'key lost' });
    expect((await b.call('audit.list', { limit: 1 })).entries[0]?.details).toMatchObject({ reason: 'key lost' });
    const apply = { quarantine: plan.quarantine, accept: 'all' } as const;
    expect(await b.refusal('receive.apply', apply)).toBe('bundle.revoked-signer');
    expect((await b.call('vault.status', {})).records).toBe(0);
  });
});

describe('records that a bundle must not bring:', () => {
  test('[X1 X2 X6] of a third author whom we do not know, or have not confirmed, or who does not let them go on', async () => {
    const b = await createdAgency('Suedhafen Office', 'DE');
    const partner = await barePartner(b);
    const known = await barePartner(b, 'Known Office');
    const unknown = await barePartner(b, 'Unknown Office', 'unknown');
    const strange = unknown.person({ name: 'Third Person' });
    const unverified = await barePartner(b, 'Unverified Office', 'unverified');
    const early = unverified.person({ name: 'Fourth Person' });
    const passed = known.person({ name: 'Karl Erfunden' });
    const secret = known.person({ name: 'Fifth Person' });
    const permission = known.say({
      kind: 'permission',
      targets: [passed.id],
      recipients: [(await b.call('vault.status', {})).agencyId],
      until: '2099-12-31',
      handling: { ...handling, purposes: ['investigation'] },
    });
    const bytes = await partner.sealed([
      partner.group([partner.person({ name: 'Sergo Madeupson' })]),
      known.group([passed, secret, permission]),
      unknown.group([strange]),
      unverified.group([early]),
    ]);
    const { plan, result } = await receiveAll(b, bytes);
    const rules = Object.fromEntries(plan.refused.map(({ record, rule }) => [record, rule]));
    expect(rules).toEqual({ [strange.id]: 'X1', [early.id]: 'X2', [secret.id]: 'X6' });
    expect(result.refused.toSorted((one, other) => one.rule.localeCompare(other.rule))).toEqual([
      { rule: 'X1', count: 1 },
      { rule: 'X2', count: 1 },
      { rule: 'X6', count: 1 },
    ]);
    const { hits } = await b.call('search.find', { text: 'Person', limit: 10 });
    expect(hits).toEqual([]);
    const [hit] = (await b.call('search.find', { text: 'Karl', limit: 10 })).hits;
    if (hit === undefined) throw new Error('not found');
    const shown = await b.call('subject.show', { subject: hit.id });
    expect(shown.statements[0]?.authorName).toBe('Known Office');
  });

  test('[X4] that say they are ours and that we never said', async () => {
    const { a, b, idB } = await confirmedPair();
    const { id, suspect } = await lampCase(a);
    await receiveAll(b, (await release(a, id, idB)).sealed.bytes);
    const ours = (await a.call('vault.status', {})).agencyId;
    const partner = await barePartner(a);
    const forged = partner.person({ name: 'Somebody Else' }, { author: ours, subject: suspect.subject });
    const group = partner.group([forged]);
    const bytes = await partner.sealed([group]);
    expect(await refusedUnchanged(a, bytes)).toBe('bundle.unproven-record');
  });

  test('[X3] that their author erased, in the same bundle or long after', async () => {
    const b = await createdAgency('Suedhafen Office', 'DE');
    const partner = await barePartner(b);
    const us = (await b.call('vault.status', {})).agencyId;
    const person = partner.person({ name: 'Zbigniewicz Canary' });
    const one = partner.bundle([partner.group([person])]);
    await receiveAll(b, await partner.sealed([partner.group([person])], { id: one.manifest.id }));
    const erase = partner.say({
      kind: 'retract',
      targets: [person.id],
      action: 'erase',
      claims: claimsOf({ reason: 'x' }),
    });
    const at = (sequence: number) => ({ audience: [{ agency: us, sequence, previous: '0'.repeat(64) }] });
    const second = await receiveAll(b, await partner.sealed([partner.group([erase])], at(7)));
    expect(second.plan.items).toMatchObject([{ kind: 'retract', state: 'changed', label: 'Withdraws 1 record' }]);
    const told = second.plan.items[0]?.statements.map(({ label, theirs }) => `${label}: ${theirs}`);
    expect(told).toEqual(expect.arrayContaining(['Effect: Erased here for good', 'Withdraws: Zbigniewicz Canary']));
    expect((await b.call('search.find', { text: 'Zbigniewicz', limit: 5 })).hits).toEqual([]);
    const hasty = partner.person({ name: 'Zbigniewicz Hasty' });
    const both = partner.say({ kind: 'retract', targets: [hasty.id], action: 'erase' });
    await receiveAll(b, await partner.sealed([partner.group([hasty, both])], at(11)));
    const third = await receiveAll(b, await partner.sealed([partner.group([person])], at(9)));
    expect(third.plan.refused).toEqual([{ record: person.id, rule: 'X3' }]);
    expect((await b.call('search.find', { text: 'Zbigniewicz', limit: 5 })).hits).toEqual([]);
  });

  test('a partner withdraws only what it said itself', async () => {
    const { a, b, idB } = await confirmedPair();
    const { id, suspect } = await lampCase(a);
    await receiveAll(b, (await release(a, id, idB)).sealed.bytes);
    for (const at of [a, b]) {
      const partner = await barePartner(at);
      const erase = partner.say({ kind: 'retract', targets: [suspect.record], action: 'erase' });
      const over = partner.person({ name: 'Replaced' }, { subject: suspect.subject, supersedes: [suspect.record] });
      await receiveAll(at, await partner.sealed([partner.group([erase, over])]));
      const after = await at.call('subject.show', { subject: suspect.subject });
      expect(after.history.find(({ record }) => record === suspect.record)?.state).toBe('live');
      expect(after.statements.map(({ display }) => display)).toEqual(
        expect.arrayContaining(['Sergo Madeupson', 'Replaced']),
      );
    }
  });

  test('one that rides along under a subject of another kind is its own item', async () => {
    const b = await createdAgency('Suedhafen Office', 'DE');
    const partner = await barePartner(b);
    const person = partner.person({ name: 'Sergo Madeupson' });
    const us = (await b.call('vault.status', {})).agencyId;
    await receiveAll(b, await partner.sealed([partner.group([person])]));
    const subject = person.record.subject;
    const alias = partner.person({ alias: 'The Lamplighter' }, { subject });
    const erase = partner.say({ kind: 'retract', subject, targets: [person.id], action: 'erase' });
    const audience = [{ agency: us, sequence: 5, previous: '0'.repeat(64) }];
    const plan = await openFully(b, await partner.sealed([partner.group([alias, erase])], { audience }));
    expect(plan.items.map(({ kind, records }) => `${kind} ${records.length}`).toSorted()).toEqual([
      'entity 1',
      'retract 1',
    ]);
    const entity = plan.items.find(({ kind }) => kind === 'entity');
    await b.call('receive.apply', { quarantine: plan.quarantine, accept: [entity?.item ?? ''] });
    expect((await b.call('subject.show', { subject })).history.map(({ state }) => state)).toEqual(['live', 'live']);
  });
});

test('a copy that discloses other claims than ours, as many, is news and adds up', async () => {
  const b = await createdAgency('Suedhafen Office', 'DE');
  const partner = await barePartner(b);
  const us = (await b.call('vault.status', {})).agencyId;
  const full = partner.person({ name: 'Sergo Madeupson', alias: 'The Lamplighter' });
  const copy = (hidden: string) => ({
    id: full.id,
    record: withhold(full.record, ({ property }) => property === hidden),
  });
  const send = async (hidden: string, sequence: number) => {
    const group = { ...partner.group([full]), records: [{ ...copy(hidden), leaf: 0 }] };
    const audience = [{ agency: us, sequence, previous: sequence === 1 ? null : '0'.repeat(64) }];
    return receiveAll(b, await partner.sealed([group], { audience }));
  };
  expect((await send('alias', 1)).plan.counts).toMatchObject({ new: 1 });
  expect((await send('name', 3)).plan.counts).toMatchObject({ changed: 1, known: 0 });
  expect((await send('name', 5)).plan.counts).toMatchObject({ changed: 0, known: 1 });
  const shown = await b.call('subject.show', { subject: full.record.subject });
  expect(shown.statements.map(({ display }) => display).toSorted()).toEqual(['Sergo Madeupson', 'The Lamplighter']);
  expect(shown.withheld.claims).toBe(0);
});

async function exchanged() {
  const pair = await confirmedPair();
  const { id } = await lampCase(pair.a);
  const { sealed } = await release(pair.a, id, pair.idB);
  const { result } = await receiveAll(pair.b, sealed.bytes);
  if (result.bytes === undefined) throw new Error('no receipt');
  return { ...pair, id, receipt: result.bytes };
}

describe('a receipt', () => {
  test('is entered once, however often it comes', async () => {
    const { a, receipt, idB } = await exchanged();
    expect(await a.call('receive.open', { bytes: receipt })).toMatchObject({
      verdict: 'receipt',
      sequence: 1,
      issuer: idB,
    });
    const before = await stateOf(a);
    expect((await a.call('receive.open', { bytes: receipt })).verdict).toBe('receipt');
    expect(await stateOf(a)).toEqual(before);
    expect((await a.call('partner.list', {})).partners[0]).toMatchObject({ unconfirmedSent: 0, sent: 1 });
  });

  test('[Q10] of a bundle that was never sent, or from another agency than it was sent to, is refused and kept', async () => {
    const { a, b, id, idB } = await exchanged();
    const other = await barePartner(a, 'Other Office');
    const us = (await a.call('vault.status', {})).agencyId;
    const { sealed } = await release(a, id, idB);
    const plan = await b.call('receive.open', { bytes: sealed.bytes });
    const recalls = { recalls: { applied: 0, pending: 0, refused: 0 }, pendingRecalls: [], refusedRecalls: [] };
    const audit = { root: 'e'.repeat(64), size: 7 };
    const counts = { accepted: 1, known: 0, held: 0, refused: [], audit, ...recalls };
    const draft = {
      kind: 'receipt',
      audience: [{ agency: us, sequence: 0, previous: null }],
      purpose: 'receipt',
      legalBases: [],
      sent: null,
    };
    const stolen = await other.sealed([], { ...draft, receipt: { manifest: plan.quarantine, sequence: 2, ...counts } });
    expect(await refusedAsStatement(a, stolen)).toBe('receive.unknown-receipt');
    const invented = await other.sealed([], {
      ...draft,
      receipt: { manifest: 'f'.repeat(64), sequence: 1, ...counts },
    });
    expect(await refusedAsStatement(a, invented)).toBe('receive.unknown-receipt');
  });
});

describe('a partner', () => {
  test('whose card changed is not trusted until the words were compared again', async () => {
    const b = await createdAgency('Suedhafen Office', 'DE');
    const { secrets, card } = await newAgency({ name: 'Crafted Office', country: 'FR', sample: false }, randomBytes);
    const { publicKey, secretKey } = signingKeys(secrets.seed);
    const renamed = encodeCard(
      {
        agency: { name: 'Crafted Bureau', country: 'FR', sample: false },
        publicKey,
        sealing: card.card.keySet.sealing,
      },
      (label, body) => sign(label, body, secretKey),
    );
    const added = await b.call('partner.add', { bytes: card.bytes });
    expect(added.state).toBe('unverified');
    const words = { agency: added.agency, with: 'Cleo', channel: 'phone' };
    expect(await b.refusal('partner.confirm', { ...words, words: 'abandon ability able' })).toBe(
      'partner.words-differ',
    );
    const shouted = added.words.toUpperCase().replaceAll(' ', ', ');
    expect((await b.call('partner.confirm', { ...words, words: shouted })).state).toBe('confirmed');
    expect((await b.call('partner.add', { bytes: card.bytes })).state).toBe('confirmed');
    const changed = await b.call('partner.add', { bytes: renamed.bytes });
    expect(changed).toMatchObject({ state: 'changed', name: 'Crafted Bureau', agency: added.agency });
    expect(changed.confirmed).toBeUndefined();
    expect(await b.refusal('partner.confirm', { ...words, words: added.words })).toBe('partner.words-differ');
    const id = await openCase(b);
    await addEntity(b, id, 'phone', { number: '+44 7700 900123' });
    const stops = (await b.call('release.preview', releaseRequest(id, added.agency))).stops;
    expect(stops.filter(({ answerable }) => !answerable)).toEqual([
      { rule: 'P10', key: `P10 ${added.agency}`, answerable: false, agency: added.agency },
    ]);
    await b.call('partner.confirm', { ...words, words: changed.words });
    const after = (await b.call('release.preview', releaseRequest(id, added.agency))).stops;
    expect(after.filter(({ answerable }) => !answerable)).toEqual([]);
    await b.call('partner.revoke', { agency: added.agency, reason: 'gone' });
    expect((await b.call('partner.add', { bytes: card.bytes })).state).toBe('revoked');
    expect(await b.refusal('partner.confirm', { ...words, words: added.words })).toBe('partner.not-confirmed');
  });

  test('whose card is newer or malformed is refused with its reason', async () => {
    const b = await createdAgency('Suedhafen Office', 'DE');
    const { card } = await newAgency({ name: 'Crafted Office', country: 'FR', sample: false }, randomBytes);
    const text = new TextDecoder().decode(card.bytes);
    const called = (v: number) => ({ bytes: toBytes(text.replace(/"v":1}$/, `"v":${v}}`)) });
    expect(await b.refusal('partner.add', called(3))).toBe('card.newer-version');
    expect(await b.refusal('partner.add', called(2))).toBe('card.malformed');
    expect(await b.refusal('partner.add', { bytes: toBytes('{}') })).toBe('card.malformed');
    const stolen = text.replace('Crafted', 'Trusted');
    expect(await b.refusal('partner.add', { bytes: toBytes(stolen) })).toBe('card.bad-signature');
    expect((await b.call('partner.list', {})).partners).toEqual([]);
  });
});

/** Terms of a bundle that ended so many days ago. */
function past(days: number) {
  return {
    created: new Date(Date.now() - 9 * DAY).toISOString(),
    notAfter: new Date(Date.now() - days * DAY).toISOString(),
  };
}

describe('a file is refused with its own reason, and nothing changes:', () => {
  test('expired, of a newer version, not a bundle at all', async () => {
    const b = await createdAgency('Suedhafen Office', 'DE');
    const partner = await barePartner(b);
    const group = partner.group([partner.person({ name: 'Sergo Madeupson' })]);
    expect(await refusedUnchanged(b, await partner.sealed([group], past(2)))).toBe('bundle.expired');
    expect(await refusedUnchanged(b, toBytes('hello'))).toBe('bundle.malformed');
    expect(await refusedUnchanged(b, new Uint8Array())).toBe('bundle.malformed');
    const [one] = group.records;
    if (one === undefined) throw new Error('no record');
    const newerRecord = { ...group, records: [{ ...one, record: { ...one.record, v: 2 } as never }] };
    expect(await refusedUnchanged(b, await partner.sealed([newerRecord]))).toBe('record.newer-version');
    const { inner } = partner.bundle([group]);
    const changed = async (from: string, to: string) => {
      const copy = Buffer.from(inner);
      copy.write(to, copy.indexOf(from), 'latin1');
      return partner.seal(new Uint8Array(copy));
    };
    expect(await refusedUnchanged(b, await changed('CHB1', 'CHB2'))).toBe('bundle.newer-version');
    expect(await refusedUnchanged(b, await changed('"v":2}', '"v":4}'))).toBe('bundle.newer-version');
    // a manifest of version 3 says which files come along (B35)
    expect(await refusedUnchanged(b, await changed('"v":2}', '"v":3}'))).toBe('bundle.malformed');
    expect(await refusedUnchanged(b, await changed('"purpose":"test"', '"purpose":"rest"'))).toBe(
      'bundle.bad-signature',
    );
    expect((await b.call('receive.open', { bytes: await partner.sealed([group], past(0.5)) })).verdict).toBe('review');
  });
});

test('an answer with links to the asker’s entities arrives, and the second release reuses what was attested', async () => {
  const { a, b, idA, idB } = await confirmedPair();
  const { id, suspect, victim } = await lampCase(a);
  await receiveAll(b, (await release(a, id, idB)).sealed.bytes);
  const phone = await addEntity(b, id, 'phone', { number: '+49 1525 0000123' });
  await addLink(b, id, 'uses', [suspect.subject, phone.subject], { note: 'his second phone' });
  const answer = await receiveAll(a, (await release(b, id, idA)).sealed.bytes);
  expect(answer.plan.refused).toEqual([]);
  const shown = await a.call('subject.show', { subject: suspect.subject });
  expect(shown.links.map(({ other }) => other.label).toSorted()).toEqual(
    ['+44 7700 900123', '+49 1525 0000123', 'Vera Inventova'].toSorted(),
  );
  expect((await a.call('case.chart', { case: id })).agencies.map(({ name }) => name).toSorted()).toEqual([
    'Northmark Agency',
    'Suedhafen Office',
  ]);
  const excluded = await release(a, id, idB, { include: ['victims'], exclude: [suspect.subject] });
  const part = await receiveAll(b, excluded.sealed.bytes);
  expect(part.plan.items.find(({ item }) => item === victim.subject)?.state).toBe('changed');
  expect((await b.call('subject.show', { subject: victim.subject })).label).toBe('Vera Inventova');
  const without = await receiveAll(b, (await release(a, id, idB)).sealed.bytes);
  expect(without.plan.counts).toMatchObject({ new: 0, changed: 0 });
  expect((await b.call('subject.show', { subject: victim.subject })).label).toBe('Vera Inventova');
});

test('a withdrawal travels in the next bundle, also of another case', async () => {
  const { a, b, idB } = await confirmedPair();
  const { id, phone } = await lampCase(a);
  await receiveAll(b, (await release(a, id, idB)).sealed.bytes);
  const kept = { records: [phone.record], action: 'erase' as const, reason: 'wrong number' };
  expect((await a.call('record.retract', kept)).releasedTo).toEqual([idB]);
  const other = await openCase(a, 'Another case');
  await addEntity(a, other, 'vehicle', { plate: 'ZZ99 ZZZ' });
  const { plan } = await receiveAll(b, (await release(a, other, idB)).sealed.bytes);
  expect(plan.items.map(({ kind }) => kind).toSorted()).toEqual(['case', 'entity', 'retract']);
  expect((await b.call('search.find', { text: '900123', limit: 5 })).hits).toEqual([]);
  expect((await b.call('case.chart', { case: id })).entities).toHaveLength(2);
});

test('the terms of a release are checked', async () => {
  const { a, idB } = await confirmedPair();
  const { id } = await lampCase(a);
  const preview = (more: object) => a.refusal('release.preview', releaseRequest(id, idB, more));
  expect(await preview({ legalBases: ['no-such-basis'] })).toBe('release.unknown-legal-basis');
  expect(await preview({ case: newSubjectId() })).toBe('store.not-found');
  expect(await preview({ to: ['f'.repeat(64)] })).toBe('store.not-found');
  expect(await preview({ to: [] })).toBe('request.invalid');
  expect(await preview({ purpose: '  ' })).toBe('request.invalid');
  const request = releaseRequest(id, idB);
  const shown = await a.call('release.preview', request);
  const seal = (more: object) => a.refusal('release.seal', { ...sealing(request, shown), ...more });
  expect(await seal({ purpose: 'another purpose' })).toBe('release.changed-since-preview');
  expect(await seal({ include: ['victims'] })).toBe('release.stopped');
  const { answers } = sealing(request, await a.call('release.preview', { ...request, include: ['victims'] }));
  expect(await seal({ include: ['victims'], answers })).toBe('release.changed-since-preview');
  expect(await seal({ legalBases: [] })).toBe('release.stopped');
  expect(await seal({ purpose: 'about Vera Inventova' })).toBe('release.stopped');
  expect((await a.call('partner.list', {})).partners[0]?.sent).toBe(0);
});
