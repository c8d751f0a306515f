import { expect, test } from 'vitest';
import {
  NO_CHOICE,
  keeping,
  lettingGo,
  legalBasis,
  missingIn,
  releaseRequest,
} from '../../../src-renderer/features/release/release-request.ts';
import { AgencyId, ClaimHash, RecordId, SubjectId } from '../../../src-shared/domain/ids.ts';
import { methods } from '../../../src-shared/contract/methods.ts';

const caseId = SubjectId.parse('01a1ff80-d2e3-7495-9632-440e1ab9de7a');
const partner = AgencyId.parse('b'.repeat(64));
const choice = { ...NO_CHOICE, to: [partner], purpose: ' Joint investigation ', gateways: ['untoc-27'] };

test('a release needs a recipient, a purpose and a gateway; a duty alone is not enough', () => {
  expect(Object.keys(missingIn(NO_CHOICE))).toEqual(['to', 'purpose', 'gateways']);
  expect(Object.keys(missingIn({ ...choice, gateways: [], additions: ['palermo-6-1'] }))).toEqual(['gateways']);
  expect(missingIn(choice)).toEqual({});
});

test('nothing protected is included unless an officer says so', () => {
  const request = releaseRequest(caseId, { ...choice, additions: ['palermo-6-1'] });
  expect(request).toMatchObject({
    purpose: 'Joint investigation',
    legalBases: ['untoc-27', 'palermo-6-1'],
    include: [],
    exclude: [],
  });
  expect(methods['release.preview'].input.safeParse(request).success).toBe(true);
});

test('the articles are known by what they are for', () => {
  expect(legalBasis('untoc-27')?.kind).toBe('gateway');
  expect(legalBasis('palermo-6-1')?.kind).toBe('duty');
  expect(legalBasis('none')).toBeUndefined();
});

test('what is kept home goes into the request, and comes out of it again', () => {
  const one = { record: RecordId.parse('1'.repeat(64)), claim: ClaimHash.parse('2'.repeat(64)), words: 'Name: Sergo' };
  const all = { type: 'person', property: 'dateOfBirth', words: 'Every date of birth (person)' };
  const whole = { subject: caseId, words: 'Sergo Madeupson' };
  const kept = keeping(keeping(keeping(choice, { claims: [one] }), { properties: [all] }), { subjects: [whole] });
  const request = releaseRequest(caseId, kept);
  expect(request.exclude).toEqual([caseId]);
  expect(request.withhold).toEqual({
    claims: [{ record: one.record, claim: one.claim }],
    properties: [{ type: 'person', property: 'dateOfBirth' }],
  });
  expect(methods['release.preview'].input.safeParse(request).success).toBe(true);
  const back = [one, all, whole].reduce((before, each) => lettingGo(before, each), kept);
  expect(back).toEqual(choice);
});
