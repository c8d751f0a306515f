import { expect, test } from 'vitest';
import {
  canAccept,
  canOpenForReading,
  canRestore,
  integrityTitle,
  isIntegrityCode,
} from '../../../src-renderer/features/unlock/integrity.ts';

test('a vault of a newer version is not called damaged, and no backup is offered for it', () => {
  expect(isIntegrityCode('vault.newer-version')).toBe(true);
  expect(integrityTitle('vault.newer-version')).toBe('This vault is of a newer version');
  expect(canRestore('vault.newer-version')).toBe(false);
});

test('a database that is not ours can only be replaced by a backup', () => {
  expect(canRestore('vault.plaintext-store')).toBe(true);
  expect(canOpenForReading('vault.plaintext-store')).toBe(false);
  expect(canAccept('vault.plaintext-store')).toBe(false);
});

test('a wrong passphrase is no matter of integrity', () => {
  expect(isIntegrityCode('vault.wrong-passphrase')).toBe(false);
});
