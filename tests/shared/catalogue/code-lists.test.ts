import { expect, test } from 'vitest';
import { GradingScheme, parseGrade } from '../../../src-shared/domain/grading.ts';
import { HandlingCode, TLP_LABELS } from '../../../src-shared/domain/marking.ts';
import { recogniseCode } from '../../../src-shared/catalogue/code-list.ts';
import { codeList, codeLists } from '../../../src-shared/catalogue/lists.ts';
import { recogniseCountry } from '../../../src-shared/catalogue/lists/countries.ts';
import { gradingSchemes } from '../../../src-shared/catalogue/lists/grading.ts';
import { iloIndicators } from '../../../src-shared/catalogue/lists/ilo.ts';
import { methodsOfControl } from '../../../src-shared/catalogue/lists/htcds.ts';
import { isGateway, legalBases } from '../../../src-shared/catalogue/lists/legal-bases.ts';
import { handlingCodes, tlp } from '../../../src-shared/catalogue/lists/marking.ts';
import { means } from '../../../src-shared/catalogue/lists/palermo.ts';
import { isProtectedCategory } from '../../../src-shared/catalogue/lists/subject-category.ts';

test('every list has a name of its own, and codes that are different, short enough for a record and labelled', () => {
  expect(new Set(codeLists.map((list) => list.name)).size).toBe(codeLists.length);
  for (const list of codeLists) {
    const codes = list.codes.map((entry) => entry.code);
    expect([list.name, new Set(codes).size]).toEqual([list.name, codes.length]);
    for (const entry of list.codes) {
      expect(entry.code.length).toBeGreaterThan(0);
      expect(entry.code.length).toBeLessThanOrEqual(64);
      expect(entry.label).not.toBe('');
    }
  }
});

test('every grade of every scheme has a meaning, and nothing else does', () => {
  expect(gradingSchemes.map((entry) => entry.scheme)).toEqual(GradingScheme.options);
  for (const { scheme, source, information } of gradingSchemes) {
    for (const one of source)
      for (const other of information) expect(parseGrade(`${scheme}:${one.code}${other.code}`)).toBeDefined();
  }
  const sizes = gradingSchemes.map(({ source, information }) => [source.length, information.length]);
  expect(sizes).toEqual([
    [4, 4],
    [3, 5],
    [5, 5],
    [6, 6],
  ]);
});

test('Europol C is mostly unreliable while Admiralty C is fairly reliable', () => {
  expect(meaning('europol-4x4')).toContain('unreliable');
  expect(meaning('nato-admiralty')).toBe('Fairly reliable');
});

test('[R6] every TLP label and handling code has a meaning, and exactly H3 and C need a caveat', () => {
  expect(tlp.codes.map((entry) => entry.code)).toEqual([...TLP_LABELS]);
  expect(handlingCodes.codes.map((entry) => entry.code)).toEqual(HandlingCode.options);
  expect(handlingCodes.codes.filter((entry) => entry.needsCaveat).map((entry) => entry.code)).toEqual(['H3', 'C']);
});

test('a duty, a context or an unknown code opens no gateway', () => {
  expect(isGateway('palermo-10-1')).toBe(true);
  expect(isGateway('untoc-27')).toBe(true);
  expect(isGateway('led-7')).toBe(false);
  expect(isGateway('eu-2011-36')).toBe(false);
  expect(isGateway('')).toBe(false);
  expect(legalBases.codes).toHaveLength(48);
});

test('every crosswalk of an ILO indicator ends at a code that exists', () => {
  expect(iloIndicators.codes).toHaveLength(11);
  for (const entry of iloIndicators.codes) {
    for (const code of entry.htcds) expect(methodsOfControl.codes.map((known) => known.code)).toContain(code);
    for (const code of entry.palermoMeans) expect(means.codes.map((known) => known.code)).toContain(code);
  }
});

test('both spellings of HTCDS methods of control are kept as they are', () => {
  expect(recogniseCode(methodsOfControl, 'PsychoactiveSubstance')?.code).toBe('PsychoactiveSubstance');
  expect(recogniseCode(methodsOfControl, 'PsychoactiveSubstances')?.code).toBe('PsychoactiveSubstances');
  expect(recogniseCode(methodsOfControl, 'debt bondage')?.code).toBe('DebtBondage');
});

test('victims, possible victims, witnesses and informants are protected, and so is a category nobody knows', () => {
  const categories = codeList('subject-category')?.codes.map((entry) => entry.code) ?? [];
  expect(categories.filter(isProtectedCategory)).toEqual(['victim', 'possible-victim', 'witness', 'informant']);
  expect(isProtectedCategory('vitcim')).toBe(true);
});

test.for([
  ['gb', 'GB'],
  ['GBR', 'GB'],
  ['UK', 'GB'],
  ['México', 'MX'],
  ['mexico', 'MX'],
  ['Moldova, Republic of', 'MD'],
  ['Молдова', 'MD'],
  ['Côte d’Ivoire', 'CI'],
  ['Freedonia', undefined],
  ['', undefined],
] as const)('the country that “%s” means is %s', ([text, code]) => {
  expect(recogniseCountry(text)).toBe(code);
});

function meaning(scheme: string): string | undefined {
  return gradingSchemes.find((entry) => entry.scheme === scheme)?.source.find((entry) => entry.code === 'C')?.label;
}
