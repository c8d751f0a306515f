import { expect, test } from 'vitest';
import { confidenceOf, formatGrade, Grade, GradingScheme, parseGrade } from '../../../src-shared/domain/grading.ts';
import { parseTlp, stricterTlp, TLP_LABELS } from '../../../src-shared/domain/marking.ts';
import { PartialDate } from '../../../src-shared/domain/partial-date.ts';
import { Claim, Handling } from '../../../src-shared/domain/record.ts';
import { gradingSchemes } from '../../../src-shared/catalogue/lists/grading.ts';

test('every grade survives being written and read', () => {
  for (const { scheme, source, information } of gradingSchemes) {
    for (const one of source) {
      for (const other of information) {
        const grade = Grade.parse({ scheme, source: one.code, information: other.code });
        expect(parseGrade(formatGrade(grade))).toEqual(grade);
      }
    }
  }
});

test.for([
  '',
  'europol-4x4',
  'europol-4x4:',
  'europol-4x4:D1',
  'europol-4x4:A5',
  'uk-3x5x2:A1',
  'nato-admiralty:G1',
  'none:A1',
])('“%s” is no grade', (text) => {
  expect(parseGrade(text)).toBeUndefined();
});

test('a code that means "cannot be judged" or "suspected false" is never drawn as confirmed', () => {
  expect(confidenceOf(undefined)).toBe('tentative');
  const worst = { 'europol-4x4': 'X4', 'uk-3x5x2': '3E', 'uk-5x5x5': 'E5', 'nato-admiralty': 'F6' };
  for (const scheme of GradingScheme.options)
    expect(confidenceOf(parseGrade(`${scheme}:${worst[scheme]}`))).toBe('tentative');
  expect(confidenceOf(parseGrade('uk-3x5x2:1A'))).toBe('confirmed');
});

test('the stricter of two labels does not depend on their order', () => {
  for (const one of TLP_LABELS)
    for (const other of TLP_LABELS) expect(stricterTlp(one, other)).toBe(stricterTlp(other, one));
  expect(stricterTlp('TLP:AMBER', 'TLP:AMBER+STRICT')).toBe('TLP:AMBER+STRICT');
});

test.for(['1984', '1984-03', '1984-03-17', '1984~', '1984-03?', '1984/1986', '2024-02-29', '2026-03-01T21:48Z'])(
  '“%s” is a partial date',
  (text) => {
    expect(PartialDate.safeParse(text).success).toBe(true);
  },
);

test.for([
  '',
  '84',
  '1984-13',
  '1984-00',
  '1984-02-30',
  '2023-02-29',
  '1984/',
  '17.03.1984',
  '1984-03-17T25:00',
  '1984 ',
])('“%s” is not', (text) => {
  expect(PartialDate.safeParse(text).success).toBe(false);
});

test('[R6] H3 and C need a caveat in words', () => {
  const handling = { tlp: 'TLP:AMBER+STRICT', purposes: [], legalBases: [] };
  for (const code of ['H3', 'C']) {
    expect(Handling.safeParse({ ...handling, codes: [code] }).success).toBe(false);
    expect(Handling.safeParse({ ...handling, codes: [code], caveat: 'Ask first.' }).success).toBe(true);
  }
  expect(Handling.safeParse({ ...handling, codes: ['H1', 'H2'] }).success).toBe(true);
});

test('[R7] a value is a text, a number, a truth or a flat object of these', () => {
  expect([isClaim('a'), isClaim(1), isClaim(false), isClaim({ name: 'a', value: 'b' })]).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect([isClaim(null), isClaim([1]), isClaim({ a: { b: 1 } }), isClaim(Number.POSITIVE_INFINITY)]).toEqual([
    false,
    false,
    false,
    false,
  ]);
  expect([isClaim('a'.repeat(65_536)), isClaim('a'.repeat(65_537))]).toEqual([true, false]);
});

function isClaim(value: unknown): boolean {
  return Claim.safeParse({ property: 'note', value }).success;
}

test.each([
  ['europol:b2', 'europol-4x4:B2'],
  ['4x4:B2', 'europol-4x4:B2'],
  ['nato_admiralty:C3', 'nato-admiralty:C3'],
  ['Admiralty:C3', 'nato-admiralty:C3'],
  ['3x5x2:1A', 'uk-3x5x2:1A'],
  ['5x5x5:E4', 'uk-5x5x5:E4'],
])('the grade typed as %s is %s', (typed, meant) => {
  expect(parseGrade(typed)).toEqual(parseGrade(meant));
  expect(parseGrade(typed)).toBeDefined();
});

test.each(['uk:1A', 'europol:B22', 'europol:B2:x', 'europol:Z9'])('%s is no grade', (typed) => {
  expect(parseGrade(typed)).toBeUndefined();
});

test.each([
  ['amber', 'TLP:AMBER'],
  ['TLP:amber+strict', 'TLP:AMBER+STRICT'],
  [' red ', 'TLP:RED'],
  ['white', undefined],
  ['TLP:TLP:RED', undefined],
])('the label typed as %s is %s', (typed, meant) => {
  expect(parseTlp(typed)).toBe(meant);
});
