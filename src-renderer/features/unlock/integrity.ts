/** What the unlock is refused with when the files are not what was written, and which ways on there are. */
const WAYS: Readonly<Record<string, { readonly reading: boolean; readonly accept: boolean }>> = {
  'vault.rolled-back': { reading: true, accept: true },
  'vault.head-damaged': { reading: true, accept: true },
  'vault.store-damaged': { reading: true, accept: true },
  'vault.plaintext-store': { reading: false, accept: false },
  'vault.store-missing': { reading: false, accept: false },
  'vault.header-changed': { reading: false, accept: false },
  'vault.newer-version': { reading: false, accept: false },
};

/** The vault is not what was written, or cannot be read. */
export function isIntegrityCode(code: string): boolean {
  return Object.hasOwn(WAYS, code);
}

export function canOpenForReading(code: string): boolean {
  return WAYS[code]?.reading === true;
}

export function canAccept(code: string): boolean {
  return WAYS[code]?.accept === true;
}
