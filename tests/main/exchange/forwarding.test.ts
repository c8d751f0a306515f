import { describe, expect, test } from 'vitest';
import {
  agencies,
  confirmed,
  knows,
  LAST_DAY,
  permits,
  sends,
  smallCase,
  takes,
  terms,
  trusts,
} from '../../support/forwarding.ts';
import type { Member } from '../../support/forwarding.ts';
import { handling, source } from '../../support/agency.ts';
import { openFully } from '../../support/review.ts';

/** What A says goes to C by way of B: bundle.md B17–B28, X6; record.md R21–R25. */

/** A and B know each other, B and C too; A and C do not. A's case is at B, with leave to pass it on to C. */
async function threeInARow() {
  const [a, b, c] = (await agencies(3)) as [Member, Member, Member];
  await confirmed(a, b);
  await confirmed(b, c);
  const made = await smallCase(a);
  await knows(a, c);
  const permission = await permits(a, [c], made.id);
  await takes(b, (await sends(a, [b], made.id)).bytes);
  return { a, b, c, made, permission };
}

describe('A → B → C', () => {
  test('[B17, B21] C verifies what A said by the card that B passed on, and says whose word the name is', async () => {
    const { a, b, c, made } = await threeInARow();
    const { preview, bytes } = await sends(b, [c], made.id);
    expect(preview.totals.records).toBeGreaterThan(3);
    const plan = await takes(c, bytes);
    expect(plan.refused).toEqual([]);
    const name = `${a.name} (vouched for by ${b.name})`;
    const suspect = plan.items.find(({ subject, kind }) => subject === made.suspect && kind === 'entity');
    expect(suspect).toMatchObject({
      label: 'Sergo Madeupson',
      authorName: name,
      isThirdParty: true,
      vouchedBy: b.name,
    });
    const shown = await c.at.call('subject.show', { subject: made.suspect });
    expect(shown.statements.map(({ authorName }) => authorName)).toContain(name);
    expect(shown.history[0]).toMatchObject({
      author: a.id,
      authorName: name,
      vouched: { by: b.name, isRefuted: false },
      permissions: [{ until: LAST_DAY, to: [{ agency: c.id, name: c.name }], isOver: false }],
    });
  });

  test('[B21] once C has confirmed the card of A, the same records are verified without being received again', async () => {
    const { a, b, c, made } = await threeInARow();
    await takes(c, (await sends(b, [c], made.id)).bytes);
    await trusts(c, a);
    const shown = await c.at.call('subject.show', { subject: made.suspect });
    expect(shown.history.map(({ authorName, vouched }) => [authorName, vouched])).toEqual(
      shown.history.map(() => [a.name, undefined]),
    );
  });

  test('[B17] with A confirmed at C from the start nobody has to vouch', async () => {
    const { a, b, c, made } = await threeInARow();
    await trusts(c, a);
    const plan = await takes(c, (await sends(b, [c], made.id)).bytes);
    expect(plan.items.find(({ subject }) => subject === made.suspect)).toMatchObject({ authorName: a.name });
    expect((await c.at.call('subject.show', { subject: made.suspect })).history[0]?.vouched).toBeUndefined();
  });

  test('[X2] a revoked author is not vouched for', async () => {
    const { a, b, c, made } = await threeInARow();
    await trusts(c, a);
    await c.at.call('partner.revoke', { agency: a.id, reason: 'lost its keys' });
    const plan = await takes(c, (await sends(b, [c], made.id)).bytes);
    expect(new Set(plan.refused.map(({ rule }) => rule))).toEqual(new Set(['X2']));
    expect(plan.items.filter(({ author }) => author === a.id)).toEqual([]);
  });

  test('[B27, V176] B withholds more, and C sees how much', async () => {
    const { b, c, made } = await threeInARow();
    const withhold = { claims: [], properties: [{ type: 'person', property: 'dateOfBirth' }] };
    const plan = await takes(c, (await sends(b, [c], made.id, { withhold })).bytes);
    expect(plan.withheld.claims).toBe(1);
    const shown = await c.at.call('subject.show', { subject: made.suspect });
    expect(shown.history[0]).toMatchObject({ withheld: 1 });
    expect(shown.statements.map(({ property }) => property)).not.toContain('dateOfBirth');
  });

  test('what B says against A is one conflict at C, with both sides, of which one can be held by itself', async () => {
    const { a, b, c, made } = await threeInARow();
    const against = { case: made.id, subject: made.suspect, supersedes: [], type: 'person' };
    const claims = [{ property: 'dateOfBirth', value: '1979-12-31' }];
    await b.at.call('entity.save', { ...against, claims, source, handling });
    const plan = await openFully(c.at, (await sends(b, [c], made.id)).bytes);
    expect(plan.counts.conflicting).toBe(1);
    const items = plan.items.filter(({ subject, kind }) => subject === made.suspect && kind === 'entity');
    expect(items).toMatchObject([{ state: 'conflicting', sides: [{}] }]);
    const [item] = items;
    const born = item?.statements.filter(({ property }) => property === 'dateOfBirth').map(({ theirs }) => theirs);
    expect(born?.toSorted()).toEqual(['1979-12-31', '1980-01-02']);
    const [side] = item?.sides ?? [];
    if (item === undefined || side === undefined) throw new Error('no conflict');
    expect(new Set([item.author, side.author])).toEqual(new Set([a.id, b.id]));
    await c.at.call('receive.apply', {
      quarantine: plan.quarantine,
      accept: {
        choices: [
          { decision: 'accept', which: { all: true } },
          { decision: 'hold', which: { items: [side.item] } },
        ],
      },
    });
    const { history } = await c.at.call('subject.show', { subject: made.suspect });
    expect(new Set(history.map(({ author }) => author))).toEqual(new Set([item.author]));
  });

  test('[R22] without leave nothing of A goes on: not to others, for other purposes, or after it was taken back', async () => {
    const { a, b, c, made, permission } = await threeInARow();
    const [, , , d] = (await agencies(4)) as [Member, Member, Member, Member];
    await confirmed(b, d);
    const leaving = async (to: Member, more: object = {}) => {
      const request = { case: made.id, to: [to.id], ...terms, ...more };
      return (await b.at.call('release.preview', request)).totals.records;
    };
    expect(await leaving(c)).toBeGreaterThan(3);
    expect(await leaving(c, { purposeCode: 'border-control' })).toBe(0);
    expect(await leaving(d)).toBe(0);
    await a.at.call('record.retract', { records: permission.permissions, action: 'correct', reason: 'not any more' });
    await takes(b, (await sends(a, [b], made.id)).bytes);
    expect(await leaving(c)).toBe(0);
  });
});

describe('permissions', () => {
  test('[R21] cover what is ours, for known partners, known purposes and a day to come', async () => {
    const { a, b, c, made } = await threeInARow();
    const scope = await a.at.call('permission.scope', { case: made.id });
    expect(scope).toMatchObject({ subjects: 4 });
    expect(scope.named.map(({ label }) => label)).toContain('Sergo Madeupson');
    const ask = { case: made.id, to: [c.id], purposes: ['investigation'], until: LAST_DAY };
    expect(await a.at.refusal('permission.create', { ...ask, purposes: ['gossip'] })).toBe('release.unknown-purpose');
    expect(await a.at.refusal('permission.create', { ...ask, until: '2020-01-01' })).toBe('request.invalid');
    expect(await a.at.refusal('permission.create', { ...ask, until: '2027-02-30' })).toBe('request.invalid');
    expect(await a.at.refusal('permission.create', { ...ask, to: ['ab'.repeat(32) as never] })).toBe('store.not-found');
    expect(await b.at.refusal('permission.create', ask)).toBe('permission.covers-nothing');
  });

  test('[R23, V175] are listed where they are held, until they are taken back', async () => {
    const { a, b, c, made, permission } = await threeInARow();
    const listed = await a.at.call('permission.list', { ours: true });
    expect(listed.permissions).toMatchObject([{ isOurs: true, to: [{ name: c.name }], until: LAST_DAY }]);
    const atB = await b.at.call('permission.list', { subject: made.suspect });
    expect(atB.permissions).toMatchObject([
      { permission: permission.permissions[0], isOurs: false, authorName: a.name },
    ]);
    await a.at.call('record.retract', { records: permission.permissions, action: 'correct', reason: 'not any more' });
    expect((await a.at.call('permission.list', {})).permissions).toEqual([]);
  });
});
