import { csvOf } from './csv.ts';
import type { AffectedSubject } from './keys.ts';

/** What rests on a partner, for a spreadsheet. */
export function affectedCsv(rows: readonly AffectedSubject[]): string {
  const lines = rows.map(({ what, type, label, subject, isAlone }) => [
    what,
    type,
    label,
    subject,
    isAlone ? 'yes' : 'no',
  ]);
  return csvOf([['what', 'type', 'name', 'subject', 'rests on it alone'], ...lines]);
}
