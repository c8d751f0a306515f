import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isVaultName, vaultNameFor } from '../../../src-renderer/features/unlock/vault-name.ts';

test('the folder of a vault is called after its agency', () => {
  expect(vaultNameFor('Südhafen Zentralstelle')).toBe('sudhafen-zentralstelle');
  expect(vaultNameFor('Northmark Agency (GB)')).toBe('northmark-agency-gb');
});

test('an agency without Latin letters gets a name too', () => {
  expect(vaultNameFor('Агенція')).toBe('vault');
});

test('whatever the agency is called, its folder name is one that the vault accepts', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (agency) => {
      expect(isVaultName(vaultNameFor(agency))).toBe(true);
    }),
  );
});

test('a folder name cannot leave its folder', () => {
  for (const name of ['../x', '.hidden', 'a/b', 'a\\b', '', 'a\0b']) expect(isVaultName(name)).toBe(false);
});
