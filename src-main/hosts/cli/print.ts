import type { WireError } from '../../../src-shared/errors.ts';

/** Controls, and marks that turn text around: an imported label must not be able to steer or fool the terminal. */
const UNSAFE = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/g;

/** One line for a person. */
export function printLine(text: string): string {
  return `${text.replaceAll(UNSAFE, escape).replaceAll('\n', ' ')}\n`;
}

/** One JSON object and nothing else; bytes went to a file and are left out. */
export function printJson(value: object): string {
  const json = JSON.stringify(value, (_key, part: unknown) => (part instanceof Uint8Array ? undefined : part));
  return `${json.replaceAll(UNSAFE, escape)}\n`;
}

/** `chirograph: code details`, the form of every refusal on standard error. */
export function printRefusal({ code, details }: WireError): string {
  const facts = Object.entries(details).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return printLine(['chirograph:', code, ...facts].join(' '));
}

/** Columns of equal width, the last one as long as it is. */
export function table(rows: readonly (readonly (string | number)[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => String(row[i] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, i) => String(cell).padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
