import { expect, test } from 'vitest';
import { codeList } from '../../../src-shared/catalogue/lists.ts';
import { namesProtectedPerson, readRole } from '../../../src-shared/catalogue/role-words.ts';

test.for([
  ['trafficker', { subjectCategory: 'suspect' }],
  ['bottom', { subjectCategory: 'possible-victim' }],
  ['victim, minor', { subjectCategory: 'victim', isMinor: true }],
  ['victim, adult', { subjectCategory: 'victim', isMinor: false }],
  ['Víctima', { subjectCategory: 'victim' }],
  ['Reclutador', { subjectCategory: 'suspect', htcdsRole: 'RecruiterOrIntermediary' }],
  ['VICTIMA RECLUTADOR', { subjectCategory: 'victim', htcdsRole: 'RecruiterOrIntermediary' }],
  ['testigo', { subjectCategory: 'witness' }],
  ['driver', undefined],
  ['', undefined],
  ['victimology expert', undefined],
] as const)('the role “%s” is read as %o', ([text, reading]) => {
  expect(readRole(text)).toEqual(reading);
});

test('every reading is in the code lists', () => {
  for (const text of ['transporter', 'smuggler', 'exploiter', 'cuidador', 'recruiter']) {
    expect(codeList('perpetrator-role')?.codes.map((entry) => entry.code)).toContain(readRole(text)?.htcdsRole);
  }
});

test('a name with a word for a victim is noticed; a name with such letters inside another word is not', () => {
  expect(namesProtectedPerson('Victima reclutador 1 ')).toBe(true);
  expect(namesProtectedPerson('Victimar Testov')).toBe(false);
  expect(namesProtectedPerson('Rock Bottom')).toBe(false);
});
