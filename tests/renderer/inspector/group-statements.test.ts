import { expect, test } from 'vitest';
import { groupStatements } from '../../../src-renderer/features/inspector/group-statements.ts';
import type { Statement } from '../../../src-shared/contract/views.ts';
import { RecordId } from '../../../src-shared/domain/ids.ts';
import { OURS } from '../chart/chart-builders.ts';

test('different values of a property with one value stand side by side as a disagreement, the shown one first', () => {
  const [born] = groupStatements('person', [
    stated('dateOfBirth', '1988'),
    stated('dateOfBirth', '1999', { isShown: true }),
  ]);
  expect(born?.isDisputed).toBe(true);
  expect(born?.values.map((value) => value.display)).toEqual(['1999', '1988']);
});

test('one value from two sources is one value with two sources, and no disagreement', () => {
  const [name] = groupStatements('person', [stated('gender', 'Feminine'), stated('gender', 'Feminine')]);
  expect(name?.isDisputed).toBe(false);
  expect(name?.values.map((value) => value.statements.length)).toEqual([2]);
});

test('several values of a property that may have many are no disagreement', () => {
  const [alias] = groupStatements('person', [stated('alias', 'Dori'), stated('alias', 'M. D.')]);
  expect([alias?.isDisputed, alias?.values.length]).toEqual([false, 2]);
});

test('properties come in the order of the catalogue, and none is left out', () => {
  const properties = groupStatements('person', [stated('madeUp', 'x'), stated('gender', 'y'), stated('name', 'z')]);
  expect(properties.map((property) => property.property)).toEqual(['name', 'gender', 'madeUp']);
});

function stated(property: string, display: string, more: Partial<Statement> = {}): Statement {
  return {
    record: RecordId.parse('c'.repeat(64)),
    property,
    label: property,
    value: display,
    display,
    author: OURS,
    authorName: 'Northmark Agency',
    tlp: 'TLP:AMBER',
    isShown: false,
    ...more,
  };
}
