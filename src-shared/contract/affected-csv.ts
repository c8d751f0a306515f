import { csvOf } from './csv.ts';
import type { AffectedSubject } from './keys.ts';

/**
 * What rests on a partner, for a spreadsheet. As in the ledger, subjects stand in it by kind and id and never by name: everything in it was said by
 * somebody else, and a file that anybody can read is an export (docs/policy.md P3, P5).
 */
export function affectedCsv(rows: readonly AffectedSubject[]): string {
  const lines = rows.map(({ what, type, subject, isAlone }) => [what, type, subject, isAlone ? 'yes' : 'no']);
  return csvOf([['what', 'type', 'subject', 'rests on it alone'], ...lines]);
}
