import { expect, test } from 'vitest';
import { isUsablePassphrase } from '../../../src-renderer/ui/NewPassphraseFields.tsx';
import { LEAST_PASSPHRASE, advisePassphrase, passphraseLength } from '../../../src-renderer/ui/passphrase-advice.ts';

test('[V12] a passphrase is as long as its characters after NFC, and blanks around it do not count', () => {
  expect(passphraseLength('  e\u0301te\u0301  ')).toBe(3);
  expect(passphraseLength('🗝🗝')).toBe(2);
});

test('the hint names what is missing until the vault would accept the passphrase', () => {
  expect(advisePassphrase('').level).toBe('none');
  expect(advisePassphrase('a'.repeat(LEAST_PASSPHRASE - 1)).level).toBe('short');
  expect(advisePassphrase('walnut harbour').level).toBe('fair');
  expect(advisePassphrase('walnut harbour ninety lantern').level).toBe('good');
});

test('a long passphrase of a few letters is not called good', () => {
  expect(advisePassphrase('ab'.repeat(20)).level).toBe('fair');
});

test('a new passphrase is usable when it is long enough and typed the same twice', () => {
  expect(isUsablePassphrase({ first: 'walnut harbour', second: 'walnut harbour' })).toBe(true);
  expect(isUsablePassphrase({ first: 'walnut harbour', second: 'walnut harbor' })).toBe(false);
  expect(isUsablePassphrase({ first: 'short', second: 'short' })).toBe(false);
  expect(isUsablePassphrase({ first: ' '.repeat(20), second: ' '.repeat(20) })).toBe(false);
});
