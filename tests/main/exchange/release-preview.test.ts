import anyAscii from 'any-ascii';
import { expect, test } from 'vitest';
import { releasePreview } from '../../../src-main/exchange/release-preview.ts';
import { propertiesOf } from '../../../src-shared/catalogue/kinds.ts';
import { planRelease } from '../../../src-shared/policy/plan-release.ts';
import type { ParsedRecord } from '../../../src-shared/records/parse-record.ts';
import { AGENCY_A, AGENCY_B, claim, entity, subjectId } from '../../support/records.ts';

function subjectsOf(records: readonly ParsedRecord[]) {
  const plan = planRelease({
    us: AGENCY_A,
    candidates: records,
    context: records.map(({ record }) => record),
    past: [],
    elsewhere: [],
    recipients: [{ agency: AGENCY_B, isConfirmed: true }],
    purpose: 'joint investigation',
    legalBases: ['untoc-27'],
    include: [],
    exclude: new Set(),
    today: '2026-03-01',
    foldToAscii: anyAscii,
  });
  return releasePreview(plan, 'digest', { label: () => undefined, heldBy: () => [] }).subjects;
}

const said: Parameters<typeof claim>[] = [
  ['subjectCategory', 'victim'],
  ['dateOfBirth', '2003-04-05'],
  ['name', 'Vera Inventova'],
];

test('a person comes with the category that protects most of those claimed, and nothing else has one', () => {
  const subject = subjectId(910);
  const subjects = subjectsOf([
    entity('person', { subject, claims: [claim('subjectCategory', 'suspect')] }),
    entity('person', { subject, claims: [claim('subjectCategory', 'victim')] }),
    entity('phone', { claims: [claim('number', '+44 7700 900123')] }),
  ]);
  expect(subjects.map(({ subjectCategory }) => subjectCategory)).toEqual(['victim', undefined]);
});

test('the claims of a record stand in the order of the catalogue, each with its own verdict', () => {
  const order = propertiesOf('person').map(({ name }) => name);
  for (const claims of [said, said.toReversed()]) {
    const [subject] = subjectsOf([entity('person', { claims: claims.map((each) => claim(...each)) })]);
    const shown = subject?.records[0]?.claims ?? [];
    expect(shown.map(({ property }) => property)).toEqual(order.filter((name) => said.some(([has]) => has === name)));
    const leaves = shown.filter(({ verdict }) => verdict.action === 'release').map(({ property }) => property);
    expect(leaves).toEqual(['subjectCategory']);
  }
});
