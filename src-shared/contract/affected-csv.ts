import type { AffectedSubject } from './keys.ts';

/** What rests on a partner, for a spreadsheet: RFC 4180, every cell quoted; one that would begin a formula gets an apostrophe. */
export function affectedCsv(rows: readonly AffectedSubject[]): string {
  const lines = rows.map(({ what, type, label, subject, isAlone }) => [
    what,
    type,
    label,
    subject,
    isAlone ? 'yes' : 'no',
  ]);
  return [['what', 'type', 'name', 'subject', 'rests on it alone'], ...lines].map(lineOf).join('');
}

const FORMULA = /^[=+\-@\t\r]/;

function lineOf(cells: readonly string[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`;
}

function cellOf(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
