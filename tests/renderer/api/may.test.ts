import { expect, test } from 'vitest';
import { mayExchange, mayWrite } from '../../../src-renderer/api/may.ts';

test('[V97] nobody is offered a change in a vault that was opened for reading', () => {
  expect(mayWrite({ role: 'officer', isReadOnly: true })).toBe(false);
  expect(mayWrite({ role: 'analyst', isReadOnly: true })).toBe(false);
  expect(mayExchange({ role: 'officer', isReadOnly: true })).toBe(false);
});

test('a lead is offered no change, an analyst no exchange', () => {
  expect(mayWrite({ role: 'lead', isReadOnly: false })).toBe(false);
  expect(mayWrite({ role: 'analyst', isReadOnly: false })).toBe(true);
  expect(mayExchange({ role: 'analyst', isReadOnly: false })).toBe(false);
  expect(mayExchange({ role: 'officer', isReadOnly: false })).toBe(true);
});
