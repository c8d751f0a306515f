import { describe, expect, test } from 'vitest';
import { createdAgency, handling } from '../../support/agency.ts';
import type { TestAgency } from '../../support/agency.ts';
import { barePartner } from '../../support/bare-partner.ts';
import type { BarePartner } from '../../support/bare-partner.ts';
import { openFully } from '../../support/review.ts';
import { encodeCard, parseCard } from '../../../src-shared/bundle/card.ts';
import { fromHex } from '../../../src-shared/crypto/hash.ts';
import { attest } from '../../../src-shared/records/attestation.ts';
import { changedCard, listed, testKey } from '../../support/key-changes.ts';
import type { TestKey } from '../../support/key-changes.ts';
import type { ReleasedGroup } from '../../../src-shared/bundle/encode-bundle.ts';
import type { ParsedRecord } from '../../../src-shared/records/parse-record.ts';
import type { AgencyId } from '../../../src-shared/domain/ids.ts';

/** What a partner passes on that the application would not: bundle.md X1–X6, B28. C is real, A and B are keys. */

const YEAR = new Date().getUTCFullYear();
const TODAY = new Date().toISOString().slice(0, 10);

function dayBefore(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}

interface Scene {
  readonly c: TestAgency;
  readonly us: AgencyId;
  readonly a: BarePartner;
  readonly b: BarePartner;
  readonly stream: { sequence: number; previous: string | null };
}

async function scene(): Promise<Scene> {
  const c = await createdAgency('Ostbruck Bureau', 'FR');
  const { agencyId: us } = parseCard((await c.call('partner.card', {})).bytes);
  const a = await barePartner(c, 'Northmark Agency', 'unknown');
  const b = await barePartner(c, 'Suedhafen Office');
  return { c, us, a, b, stream: { sequence: 0, previous: null } };
}

/** B passes groups on, with the cards it likes. */
async function passes({ c, us, b, stream }: Scene, groups: readonly ReleasedGroup[], cards: readonly BarePartner[]) {
  stream.sequence += 1;
  const { inner, manifestHash } = b.bundle(
    groups,
    { audience: [{ agency: us, ...stream }] },
    cards.map(({ card }) => card),
  );
  stream.previous = manifestHash;
  return openFully(c, await b.seal(inner));
}

function permission({ a, us }: Scene, targets: readonly ParsedRecord[], more: object = {}): ParsedRecord {
  return a.say({
    kind: 'permission',
    targets: targets.map(({ id }) => id).toSorted(),
    recipients: [us],
    until: `${YEAR + 1}-12-31`,
    handling: { ...handling, purposes: ['investigation'] },
    ...more,
  });
}

describe('[X6] without its author’s leave for us nothing is taken', () => {
  test.each<
    readonly [
      refused: readonly string[],
      name: string,
      given: (scene: Scene, said: ParsedRecord) => readonly ParsedRecord[],
    ]
  >([
    [['X6'], 'no permission at all', () => []],
    [[], 'a permission that covers it', (scene, said) => [permission(scene, [said])]],
    [[], 'a permission of which today is the last day', (scene, said) => [permission(scene, [said], { until: TODAY })]],
    [['X6'], 'a permission that is over', (scene, said) => [permission(scene, [said], { until: dayBefore(3) })]],
    [
      ['X6'],
      'a permission for somebody else',
      (scene, said) => [permission(scene, [said], { recipients: [scene.b.id] })],
    ],
    [['X6'], 'a permission for another record', (scene) => [permission(scene, [scene.a.person({ name: 'Other' })])]],
    [
      ['X6'],
      'a permission that it took back',
      (scene, said) => {
        const given = permission(scene, [said]);
        return [given, scene.a.say({ kind: 'retract', targets: [given.id], action: 'correct' })];
      },
    ],
    [
      ['X6'],
      'a permission that it replaced by one for somebody else',
      (scene, said) => {
        const given = permission(scene, [said]);
        const { subject } = given.record;
        return [given, permission(scene, [said], { subject, supersedes: [given.id], recipients: [scene.b.id] })];
      },
    ],
  ])('%j: %s', async (refused, _name, given) => {
    const at = await scene();
    const said = at.a.person({ name: 'Invented Person' });
    const plan = await passes(at, [at.a.group([said, ...given(at, said)])], [at.a]);
    expect(plan.refused).toEqual(refused.map((rule) => ({ record: said.id, rule })));
  });

  test('[R23] a permission of another agency than its author permits nothing', async () => {
    const at = await scene();
    const said = at.a.person({ name: 'Invented Person' });
    const byB = at.b.say({
      kind: 'permission',
      targets: [said.id],
      recipients: [at.us],
      until: `${YEAR + 1}-12-31`,
      handling: { ...handling, purposes: ['investigation'] },
    });
    const plan = await passes(at, [at.a.group([said]), at.b.group([byB])], [at.a]);
    expect(plan.refused).toEqual([{ record: said.id, rule: 'X6' }]);
  });

  test('[R25] a permission may come before what it permits, and by another way', async () => {
    const at = await scene();
    const said = at.a.person({ name: 'Invented Person' });
    const first = await passes(at, [at.a.group([permission(at, [said])])], [at.a]);
    expect(first.refused).toEqual([]);
    await at.c.call('receive.apply', { quarantine: first.quarantine, accept: 'all' });
    const second = await passes(at, [at.a.group([said])], [at.a]);
    expect(second.refused).toEqual([]);
  });
});

describe('[X1, X2] without a card nobody is believed', () => {
  test('an author of whom no card came is unknown', async () => {
    const at = await scene();
    const said = at.a.person({ name: 'Invented Person' });
    const plan = await passes(at, [at.a.group([said, permission(at, [said])])], []);
    expect(new Set(plan.refused.map(({ rule }) => rule))).toEqual(new Set(['X1']));
  });

  test('[B19] a card of another agency with the author’s name refuses the bundle', async () => {
    const at = await scene();
    const impostor = await barePartner(at.c, 'Northmark Agency', 'unknown');
    const said = at.a.person({ name: 'Invented Person' });
    const passed = [at.a.group([said, permission(at, [said])])];
    // the encoder leaves cards of strangers out; with nobody's card the author is unknown
    expect(new Set((await passes(at, passed, [impostor])).refused.map(({ rule }) => rule))).toEqual(new Set(['X1']));
  });
});

describe('[B28] a withdrawal through a third party', () => {
  test.each(['before', 'after', 'together with'] as const)('erases what came %s it', async (order) => {
    const at = await scene();
    const said = at.a.person({ name: 'Invented Person' });
    const leave = permission(at, [said]);
    const recall = at.a.say({ kind: 'retract', targets: [said.id], action: 'erase' });
    const steps: ParsedRecord[][] =
      order === 'before'
        ? [[said, leave], [recall]]
        : order === 'after'
          ? [[recall], [said, leave]]
          : [[said, leave, recall]];
    for (const records of steps) {
      const plan = await passes(at, [at.a.group(records)], [at.a]);
      if (plan.quarantine !== '') await at.c.call('receive.apply', { quarantine: plan.quarantine, accept: 'all' });
    }
    const found = await at.c.call('search.find', { text: 'Invented', limit: 10 });
    expect(found.hits).toEqual([]);
    const again = await passes(at, [at.a.group([said, leave])], [at.a]);
    expect(again.refused).toContainEqual({ record: said.id, rule: 'X3' });
  });
});

describe('[B21, V174] the author’s own card, once confirmed', () => {
  test('that does not prove what was vouched for lists it as not verified', async () => {
    const at = await scene();
    const [old, passedOn, other] = ['old', 'passed on', 'other'].map(testKey) as [TestKey, TestKey, TestKey];
    const first = encodeCard(
      {
        agency: { name: 'Northmark Agency', country: 'NL', sample: false },
        publicKey: fromHex(old.listed.publicKey),
        sealing: [at.a.card.keySet.sealing[0] ?? ''],
      },
      old.sign,
    );
    // two histories that the old key signed: somebody else had it too
    const cardOfB = changedCard(first, { signing: listed(passedOn) }, [old], passedOn);
    const confirmedCard = changedCard(first, { signing: listed(other) }, [old], other);
    const said = at.a.person({ name: 'Invented Person' }, { author: first.agencyId });
    const leave = at.a.say({
      kind: 'permission',
      author: first.agencyId,
      targets: [said.id],
      recipients: [at.us],
      until: `${YEAR + 1}-12-31`,
      handling: { ...handling, purposes: ['investigation'] },
    });
    const both = [said, leave];
    const ids = both.map(({ id }) => id);
    const { signed, leaves } = attest(ids, first.agencyId, passedOn.kid, passedOn.sign);
    const group = { signed, leaves, records: both.map((one) => ({ ...one, leaf: leaves.indexOf(one.id) })) };
    const plan = await passes(at, [group], [{ ...at.a, card: cardOfB }]);
    expect(plan.refused).toEqual([]);
    await at.c.call('receive.apply', { quarantine: plan.quarantine, accept: 'all' });
    const history = async () => (await at.c.call('subject.show', { subject: said.record.subject })).history;
    expect(await history()).toMatchObject([{ vouched: { by: 'Suedhafen Office', isRefuted: false } }]);
    const { agency, words } = await at.c.call('partner.add', { bytes: confirmedCard.bytes });
    await at.c.call('partner.confirm', { agency, words, with: 'Ada', channel: 'phone' });
    expect(await history()).toMatchObject([{ vouched: { by: 'Suedhafen Office', isRefuted: true } }]);
    expect(await at.c.call('partner.list', {})).toMatchObject({
      partners: expect.arrayContaining([expect.objectContaining({ agency, unproven: 2 })]),
    });
  });
});
