/** The least that a vault accepts (docs/formats/vault.md, V12). */
export const LEAST_PASSPHRASE = 8;

export interface PassphraseAdvice {
  readonly level: 'none' | 'short' | 'fair' | 'good';
  readonly text: string;
}

/** How a vault counts: characters after NFC; blanks around it do not count here. */
export function passphraseLength(passphrase: string): number {
  return Array.from(passphrase.normalize('NFC').trim()).length;
}

/**
 * A hint, not a gate: length counts, and so does not repeating oneself (NIST SP 800-63B asks for length and forbids composition rules).
 */
export function advisePassphrase(passphrase: string): PassphraseAdvice {
  const plain = passphrase.normalize('NFC').trim();
  const length = passphraseLength(passphrase);
  if (length === 0)
    return { level: 'none', text: 'Five or more unrelated words are easy to remember and hard to guess.' };
  if (length < LEAST_PASSPHRASE) {
    return { level: 'short', text: `Too short: ${length} of at least ${LEAST_PASSPHRASE} characters.` };
  }
  if (length < 20 || new Set(plain.toLowerCase()).size < 8) {
    return { level: 'fair', text: 'Accepted, but a longer one is much harder to guess. Add another word or two.' };
  }
  return { level: 'good', text: 'Long enough. Do not use it anywhere else.' };
}
