import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { caseLabel, labelOf, pseudonymOf } from '../../../src-shared/catalogue/label-of.ts';
import { displayValue } from '../../../src-shared/catalogue/display.ts';
import type { ReadableClaim } from '../../../src-shared/catalogue/claim.ts';
import { ClaimHash } from '../../../src-shared/domain/ids.ts';
import { PartialDate } from '../../../src-shared/domain/partial-date.ts';

const subject = '0197a0de-0000-7000-8000-00000000f7c4';
const withheld: ReadableClaim = { withheld: ClaimHash.parse('ab'.repeat(32)) };

test('a person is called by name, else by alias', () => {
  expect(labelOf('person', [claim('alias', 'Lantern'), claim('name', 'Ida Testova')], subject)).toBe('Ida Testova');
  expect(labelOf('person', [claim('alias', 'Lantern')], subject)).toBe('Lantern');
});

test('a victim whose name is withheld has a pseudonym, and an informant is not called one', () => {
  expect(labelOf('person', [withheld, claim('subjectCategory', 'victim')], subject)).toBe('Victim F7C4');
  expect(labelOf('person', [withheld, claim('subjectCategory', 'informant')], subject)).toBe('Protected person F7C4');
  expect(labelOf('person', [withheld], subject)).toBe('Person F7C4');
  expect(pseudonymOf('person', [claim('name', 'Ida Testova'), claim('subjectCategory', 'victim')], subject)).toBe(
    'Victim F7C4',
  );
});

test('labels are put together by the kind’s rule', () => {
  expect(labelOf('phone', [claim('e164', '+447700900123'), claim('number', '07700 900123')], subject)).toBe(
    '07700 900123',
  );
  expect(labelOf('document', [claim('number', 'X0000001'), claim('documentType', 'passport')], subject)).toBe(
    'Passport X0000001',
  );
  expect(labelOf('event', [claim('eventType', 'border-crossing'), claim('startOn', '2026-03')], subject)).toBe(
    'Border crossing 2026-03',
  );
  expect(labelOf('place', [claim('city', 'Northmark'), claim('country', 'GB')], subject)).toBe(
    'Northmark United Kingdom',
  );
  expect(labelOf('payment', [claim('amount', 150), claim('currency', 'EUR')], subject)).toBe('150 EUR');
  expect(labelOf('zeppelin', [], subject)).toBe('zeppelin F7C4');
  expect(labelOf('called', [], subject)).toBe('called');
  expect(caseLabel([claim('title', 'Operation Lantern')], subject)).toBe('Operation Lantern');
  expect(caseLabel([], subject)).toBe('Case F7C4');
});

test('a name that has ended gives way to one that has not', () => {
  const ended = { property: 'name', value: 'Ida Testova-Longername', validTo: PartialDate.parse('2024') };
  expect(labelOf('person', [ended, claim('name', 'Ida Nova')], subject)).toBe('Ida Nova');
});

test('the order in which claims arrived never changes a label', () => {
  const names = fc.array(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(names, fc.nat(), (values, seed) => {
      const claims = values.map((value) => claim('name', value));
      const at = seed % claims.length;
      const shuffled = [...claims.slice(at).reverse(), ...claims.slice(0, at)];
      expect(labelOf('person', shuffled, subject)).toBe(labelOf('person', claims, subject));
    }),
  );
});

test('a name cannot break its line, turn its surroundings round or grow without end', () => {
  expect(labelOf('person', [claim('name', 'Ida\u202E\n\tTestova')], subject)).toBe('Ida Testova');
  expect(labelOf('person', [claim('name', '\u202E')], subject)).toBe('Person F7C4');
  expect(Array.from(labelOf('person', [claim('name', '𝔸'.repeat(500))], subject))).toHaveLength(120);
});

test('values are shown in words and codes that nobody knows as they are', () => {
  expect(displayValue('person', 'subjectCategory', 'possible-victim')).toBe('Possible victim');
  expect(displayValue('person', 'citizenship', 'MX')).toBe('Mexico');
  expect(displayValue('person', 'gender', 'Martian')).toBe('Martian');
  expect(displayValue('person', 'isMinor', true)).toBe('Yes');
  expect(displayValue('person', 'attribute', { name: 'colour', value: 'royalblue' })).toBe('colour: royalblue');
  expect(displayValue('bank-account', 'iban', 'GB33BUKB20201555555555')).toBe('GB33 BUKB 2020 1555 5555 55');
});

function claim(property: string, value: string | number | boolean | Record<string, string>): ReadableClaim {
  return { property, value };
}
