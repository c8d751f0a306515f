interface Ways {
  readonly title: string;
  readonly reading: boolean;
  readonly accept: boolean;
  /** False where nothing is wrong with the vault itself. */
  readonly restore: boolean;
}

const NOT_AS_LEFT = 'This vault is not as it was left';

/** What the unlock is refused with when the files are not what was written, and which ways on there are. */
const WAYS: Readonly<Record<string, Ways>> = {
  'vault.rolled-back': { title: NOT_AS_LEFT, reading: true, accept: true, restore: true },
  'vault.head-damaged': { title: NOT_AS_LEFT, reading: true, accept: true, restore: true },
  'vault.store-damaged': { title: 'This vault is damaged', reading: true, accept: true, restore: true },
  'vault.plaintext-store': { title: NOT_AS_LEFT, reading: false, accept: false, restore: true },
  'vault.store-missing': { title: 'This vault is not complete', reading: false, accept: false, restore: true },
  'vault.header-changed': { title: NOT_AS_LEFT, reading: false, accept: false, restore: true },
  'vault.newer-version': { title: 'This vault is of a newer version', reading: false, accept: false, restore: false },
};

/** The vault is not what was written, or cannot be read. */
export function isIntegrityCode(code: string): boolean {
  return Object.hasOwn(WAYS, code);
}

export function integrityTitle(code: string): string {
  return WAYS[code]?.title ?? NOT_AS_LEFT;
}

export function canRestore(code: string): boolean {
  return WAYS[code]?.restore === true;
}

export function canOpenForReading(code: string): boolean {
  return WAYS[code]?.reading === true;
}

export function canAccept(code: string): boolean {
  return WAYS[code]?.accept === true;
}
