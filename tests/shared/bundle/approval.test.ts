import { expect, test } from 'vitest';
import { approve, approvedBy, contentHash } from '../../../src-shared/bundle/approval.ts';
import type { Approvable } from '../../../src-shared/bundle/approval.ts';
import { keySetOf } from '../../../src-shared/bundle/key-set.ts';
import { fromHex, joinBytes, sha256, toBytes, toHex } from '../../../src-shared/crypto/hash.ts';
import { withhold } from '../../../src-shared/records/redact.ts';
import { claimHash } from '../../../src-shared/records/record-id.ts';
import { isDisclosed } from '../../../src-shared/domain/record.ts';
import { northmark, people, southmark, eastmark } from '../../support/bundle-samples.ts';
import { firstCard, following, listed, testKey } from '../../support/key-changes.ts';

const ada = testKey('ada');
const ben = testKey('ben');
const cyd = testKey('cyd');
const one = firstCard(testKey('first'), northmark.recipient);
const keySet = keySetOf(following(one.keySet, { approving: listed(ada, ben) }));
const what: Approvable = {
  audience: [southmark.id, eastmark.id],
  content: 'ab'.repeat(32),
  issuer: one.agencyId,
  legalBases: ['b', 'a'],
  purpose: 'Joint investigation',
};

test('[K22] approvals count by key, in any order of the audience', () => {
  const swapped = { ...what, audience: what.audience.toReversed() };
  expect(approvedBy(keySet, what, [approve(what, ada), approve(swapped, ben)])).toEqual([ada.kid, ben.kid]);
  expect(approvedBy(keySet, what, [])).toEqual([]);
});

test('[K22] one key approves once however often it stands there', () => {
  expect(approvedBy(keySet, what, [approve(what, ada), approve(what, ada)])).toEqual([ada.kid]);
});

test.each<readonly [name: string, change: Partial<Approvable>]>([
  ['other contents', { content: 'cd'.repeat(32) }],
  ['one recipient more', { audience: [...what.audience, one.agencyId] }],
  ['one recipient less', { audience: [southmark.id] }],
  ['another purpose', { purpose: 'Another' }],
  ['another legal basis', { legalBases: ['a', 'c'] }],
  ['another order of legal bases', { legalBases: ['a', 'b'] }],
  ['another issuer', { issuer: southmark.id }],
])('[K22, B22, B24] an approval of %s is none of this', (_name, change) => {
  expect(approvedBy(keySet, what, [approve(what, ada), approve({ ...what, ...change }, ben)])).toBeUndefined();
});

test('[B24] an approval by somebody else, or under the key id of somebody else, is none', () => {
  expect(approvedBy(keySet, what, [approve(what, cyd)])).toBeUndefined();
  expect(approvedBy(keySet, what, [{ ...approve(what, cyd), kid: ada.kid }])).toBeUndefined();
  const otherwise = { kid: ada.kid, signature: toHex(ada.sign('chirograph/bundle/v1', toBytes('x'))) };
  expect(approvedBy(keySet, what, [otherwise])).toBeUndefined();
});

test('[B23] the content is every id with what is withheld of it, in any order', () => {
  const [first, second] = people(2);
  if (first === undefined || second === undefined) throw new Error('two people');
  const hidden = { id: first.id, record: withhold(first.record, ({ property }) => property === 'name') };
  const hashes = first.record.claims.flatMap((claim) =>
    isDisclosed(claim) && claim.property === 'name' ? [fromHex(claimHash(claim))] : [],
  );
  expect(hashes.length).toBeGreaterThan(0);
  const parts = [
    { id: first.id, bytes: joinBytes(fromHex(first.id), Uint8Array.of(0, 0, 0, hashes.length), ...hashes) },
    { id: second.id, bytes: joinBytes(fromHex(second.id), Uint8Array.of(0, 0, 0, 0)) },
  ].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const expected = toHex(sha256(joinBytes(toBytes('chirograph/content/v1\n'), ...parts.map(({ bytes }) => bytes))));
  expect(contentHash([hidden, second])).toBe(expected);
  expect(contentHash([second, hidden])).toBe(expected);
  expect(contentHash([second, first])).not.toBe(expected);
});
