const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Twelve bits as two digits. */
const PAIRS: readonly string[] = Array.from(ALPHABET, (high) => Array.from(ALPHABET, (low) => high + low)).flat();

/** Base64url without padding (RFC 4648 §5). */
export function toBase64url(bytes: Uint8Array): string {
  let text = '';
  const whole = bytes.length - (bytes.length % 3);
  for (let i = 0; i < whole; i += 3) {
    const bits = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += (PAIRS[bits >> 12] ?? '') + (PAIRS[bits & 0xfff] ?? '');
  }
  for (let i = whole; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const bits = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const digits = left === 1 ? 2 : left === 2 ? 3 : 4;
    for (let digit = 0; digit < digits; digit += 1) text += ALPHABET[(bits >> (18 - 6 * digit)) & 63];
  }
  return text;
}

/** The bytes of a text that `toBase64url` could have written; undefined for any other (spare bits set, padding, other characters). */
export function fromBase64url(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const character of text) {
    const digit = ALPHABET.indexOf(character);
    if (digit < 0) return undefined;
    bits = ((bits << 6) | digit) & 0xff_ff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[at] = (bits >> held) & 0xff;
      at += 1;
    }
  }
  return toBase64url(bytes) === text ? bytes : undefined;
}
