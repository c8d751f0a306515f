import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PlainClaim } from '../../../src-shared/catalogue/claim.ts';
import { entityKinds } from '../../../src-shared/catalogue/entity-kinds.ts';
import { propertyKind } from '../../../src-shared/catalogue/kinds.ts';
import { codeList } from '../../../src-shared/catalogue/lists.ts';
import { canBeStored, type ClaimCheck, validateClaims } from '../../../src-shared/catalogue/validate-claims.ts';
import { Claim } from '../../../src-shared/domain/record.ts';

test('a phone number stays as the source wrote it, with its international form beside it', () => {
  const check = one('phone', 'number', '07700 900123', 'GB');
  expect(check.claims).toEqual([
    { property: 'number', value: '07700 900123' },
    { property: 'e164', value: '+447700900123' },
  ]);
  expect(rules(check)).toEqual(['phone.country-assumed', 'phone.not-valid']);
  expect(one('phone', 'number', '+1 202-555-0123').problems).toEqual([]);
});

test('a phone number that is none is kept and warned about', () => {
  for (const text of ['call me', '07700 900123', '12', 'ext. 5']) {
    const check = one('phone', 'number', text);
    expect(check.claims).toEqual([{ property: 'number', value: text }]);
    expect(rules(check)).toEqual(['phone.not-a-number']);
  }
});

test('a default country that is no country is ignored', () => {
  expect(rules(one('phone', 'number', '07700 900123', 'Freedonia'))).toEqual(['phone.not-a-number']);
});

test.for([
  ['citizenship', 'México', 'MX'],
  ['dateOfBirth', '1984', '1984'],
  ['dateOfBirth', '1984-03~', '1984-03~'],
  ['dateOfBirth', '17.03.1984', '1984-03-17'],
  ['dateOfBirth', '1984/03/17', '1984-03-17'],
  ['gender', 'female', 'Feminine'],
  ['subjectCategory', 'Possible victim', 'possible-victim'],
  ['isMinor', 'yes', true],
  ['name', '  Ida Testova ', 'Ida Testova'],
] as const)('%s “%s” is stored as %s without a word', ([property, text, value]) => {
  const check = validateClaims('person', [
    { property: 'name', value: 'Ida' },
    { property, value: text },
  ]);
  expect(check.claims.find((claim) => claim.property === property && claim.value === value)).toBeDefined();
  expect(rules(check).filter((rule) => rule !== 'property.several')).toEqual([]);
});

test.for([
  ['citizenship', 'stateless since birth', 'country.kept-as-text'],
  ['dateOfBirth', '03/04/1984', 'date.kept-as-text'],
  ['dateOfBirth', '1984-02-30', 'date.kept-as-text'],
  ['gender', 'Martian', 'code.kept-as-text'],
  ['isMinor', 'perhaps', 'truth.kept-as-text'],
] as const)('%s “%s” is kept verbatim as an attribute', ([property, text, rule]) => {
  const check = validateClaims('person', [
    { property: 'name', value: 'Ida' },
    { property, value: text },
  ]);
  expect(check.claims.at(-1)).toEqual({ property: 'attribute', value: { name: property, value: text } });
  expect(rules(check)).toEqual([rule]);
  expect(canBeStored(check)).toBe(true);
});

test('a subject category that nobody knows is refused: kept as text it would unprotect a victim', () => {
  const check = one('person', 'subjectCategory', 'vitcim');
  expect(check.claims).toEqual([]);
  expect(rules(check)).toContain('code.unknown');
  expect(canBeStored(check)).toBe(false);
});

test.for([
  ['', 'value.empty'],
  [' \n', 'value.empty'],
  ['\ud800', 'value.not-text'],
  ['a\0b', 'value.not-text'],
  ['a'.repeat(65_537), 'value.too-long'],
  [Number.NaN, 'value.not-a-value'],
  [null, 'value.not-a-value'],
  [[1], 'value.not-a-value'],
  [{ latitude: 1, longitude: 2 }, 'value.not-a-value'],
] as const)('what is not a value at all is refused (%#)', ([value, rule]) => {
  const check = one('person', 'name', value);
  expect(check.claims).toEqual([]);
  expect(rules(check)).toContain(rule);
});

test('wrong check digits, addresses and links are warned about and kept', () => {
  expect(rules(one('bank-account', 'iban', 'GB33 BUKB 2020 1555 5555 55'))).toEqual([]);
  expect(rules(one('bank-account', 'iban', 'GB34 BUKB 2020 1555 5555 55'))).toEqual(['iban.check-digits']);
  expect(rules(one('email', 'address', 'ida at example'))).toEqual(['email.not-an-address']);
  expect(rules(one('email', 'address', 'ida@example.test'))).toEqual([]);
  expect(rules(one('advert', 'url', 'javascript:alert(1)'))).toEqual(['url.not-an-address']);
  expect(rules(one('advert', 'url', 'https://ads.example.test/1?x=2'))).toEqual([]);
});

test('coordinates are two numbers within the globe', () => {
  expect(one('place', 'coordinates', '45.1, -0.5').claims[0]?.value).toEqual({ latitude: 45.1, longitude: -0.5 });
  expect(rules(one('place', 'coordinates', '95, 0'))).toContain('coordinates.kept-as-text');
  expect(rules(one('place', 'coordinates', { latitude: 0, longitude: 181 }))).toContain('value.not-a-value');
});

test('a property of a newer version is kept with a warning, a name that is none is refused', () => {
  const check = validateClaims('person', [
    { property: 'name', value: 'Ida' },
    { property: 'shoeSize', value: 41 },
    { property: 'Shoe size', value: 41 },
  ]);
  expect(check.claims).toContainEqual({ property: 'shoeSize', value: 41 });
  expect(check.problems).toEqual([
    { property: 'shoeSize', rule: 'property.unknown', severity: 'warning', at: 1 },
    { property: 'Shoe size', rule: 'property.name', severity: 'error', at: 2 },
  ]);
});

test('one record that says two dates of birth, or nothing that tells who, is warned about', () => {
  const two = ['1984', '1985'].map((value) => ({ property: 'dateOfBirth', value }));
  expect(rules(validateClaims('person', two))).toEqual(['property.several']);
  expect(rules(validateClaims('person', [{ property: 'gender', value: 'f' }]))).toEqual(['key.missing']);
});

test('[R11] equal claims are kept once', () => {
  const check = validateClaims(
    'person',
    [1, 2].map(() => ({ property: 'name', value: 'Ida' })),
  );
  expect(check.claims).toHaveLength(1);
});

test('whatever comes in, what comes out is a claim of the format, codes are in their list, and a second check changes nothing', () => {
  const properties = entityKinds.flatMap((kind) => kind.properties.map((entry) => [kind.type, entry.name] as const));
  const value = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.boolean(),
    fc.object(),
    fc.constant('+1 202-555-0123'),
  );
  fc.assert(
    fc.property(fc.constantFrom(...properties), value, ([type, property], raw) => {
      const check = validateClaims(type, [{ property, value: raw }], { defaultCountry: 'MX' });
      expect(check.claims.filter((claim) => !Claim.safeParse(claim).success)).toEqual([]);
      expect(check.claims.filter((claim) => !isOfItsList(type, claim))).toEqual([]);
      expect(validateClaims(type, check.claims, { defaultCountry: 'MX' }).claims).toEqual(check.claims);
    }),
    { numRuns: 500 },
  );
});

function isOfItsList(type: string, claim: PlainClaim): boolean {
  const kind = propertyKind(type, claim.property);
  if (kind?.valueType !== 'code') return true;
  return codeList(kind.list ?? '')?.codes.some((entry) => entry.code === claim.value) ?? false;
}

function one(type: string, property: string, value: unknown, defaultCountry?: string): ClaimCheck {
  return validateClaims(type, [{ property, value }], { defaultCountry });
}

function rules(check: ClaimCheck): readonly string[] {
  return check.problems.map((entry) => entry.rule);
}
