const FORM = /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}$/;

/** True for a name that a vault folder may have. */
export function isVaultName(name: string): boolean {
  return FORM.test(name);
}

/** A folder name from the agency's: letters and digits of the Latin alphabet, the rest as hyphens; `vault` when none is left. */
export function vaultNameFor(agency: string): string {
  const plain = agency
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
  return plain === '' ? 'vault' : plain;
}
