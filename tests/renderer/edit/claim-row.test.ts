import { expect, test } from 'vitest';
import { carryRows, checkRows, emptyRow, firstRows, rowsOf } from '../../../src-renderer/features/edit/claim-row.ts';

const row = (property: string, text: string) => ({ ...emptyRow(0, property), text });

test('a form begins with what tells one such thing from another', () => {
  expect(firstRows('person').map((each) => each.property)).toEqual([
    'name',
    'alias',
    'subjectCategory',
    'dateOfBirth',
    'identityNumber',
  ]);
  expect(firstRows('phone').map((each) => each.property)).not.toContain('e164');
});

test('empty rows are left out of what is saved', () => {
  const checked = checkRows('person', [row('name', 'Ana Lupu'), { ...row('alias', ' '), key: 1 }], 'LV');
  expect(checked.claims).toEqual([{ property: 'name', value: 'Ana Lupu' }]);
  expect(checked.isStorable).toBe(true);
});

test('nothing at all cannot be saved', () => {
  expect(checkRows('person', [row('name', '')], 'LV').isStorable).toBe(false);
});

test('a partial date stays partial, and what is no date is kept as text with a warning', () => {
  expect(checkRows('person', [row('dateOfBirth', '1984-03')], 'LV').claims[0]?.value).toBe('1984-03');
  const doubtful = checkRows('person', [row('dateOfBirth', 'spring 1984')], 'LV');
  expect(doubtful.claims[0]).toEqual({ property: 'attribute', value: { name: 'dateOfBirth', value: 'spring 1984' } });
  expect(doubtful.problems).toEqual([{ key: 0, rule: 'date.kept-as-text', isError: false }]);
});

test('a phone number keeps its spelling and gets its international form beside it', () => {
  const { claims } = checkRows('phone', [row('number', '07700 900123')], 'GB');
  expect(claims).toEqual([
    { property: 'number', value: '07700 900123' },
    { property: 'e164', value: '+447700900123' },
  ]);
});

test('a subject category outside its list is refused', () => {
  const checked = checkRows('person', [row('subjectCategory', 'villain')], 'LV');
  expect([checked.isStorable, checked.problems[0]?.isError]).toEqual([false, true]);
});

test('a time of validity that is no date is refused', () => {
  expect(checkRows('person', [{ ...row('name', 'Ana'), validFrom: 'yesterday' }], 'LV').isStorable).toBe(false);
  const good = checkRows('person', [{ ...row('name', 'Ana'), validFrom: '2024-03', validTo: '2025' }], 'LV');
  expect(good.claims[0]).toEqual({ property: 'name', value: 'Ana', validFrom: '2024-03', validTo: '2025' });
});

test('editing a record and changing nothing says the same again', () => {
  const claims = [
    { property: 'name', value: 'Ana Lupu' },
    { property: 'isMinor', value: true },
    { property: 'attribute', value: { name: 'weight', value: '7' } },
    { property: 'phone', value: '+44 7700 900123' },
    { property: 'e164', value: '+447700900123' },
  ];
  expect(checkRows('person', rowsOf('person', claims), 'LV').claims).toEqual(claims);
});

test('an edited phone number does not keep the international form of the old one', () => {
  const rows = rowsOf('phone', [
    { property: 'number', value: '+44 7700 900123' },
    { property: 'e164', value: '+447700900123' },
  ]);
  const edited = rows.map(({ key, property, validFrom, validTo }) => ({
    key,
    property,
    validFrom,
    validTo,
    text: '+44 7700 900456',
  }));
  expect(checkRows('phone', edited, 'GB').claims.map((claim) => claim.value)).toEqual([
    '+44 7700 900456',
    '+447700900456',
  ]);
});

test('what was typed for one kind is carried to another as far as it has the same properties', () => {
  const rows = carryRows('organisation', [row('name', 'Lotus Ltd'), row('dateOfBirth', '1984')]);
  expect(rows.find((each) => each.property === 'name')?.text).toBe('Lotus Ltd');
  expect(rows.map((each) => each.property)).not.toContain('dateOfBirth');
  expect(new Set(rows.map((each) => each.key)).size).toBe(rows.length);
});
