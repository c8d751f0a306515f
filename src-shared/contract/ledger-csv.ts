import { csvOf } from './csv.ts';
import type { Disclosure } from './views.ts';

const HEADS = [
  'released at',
  'released by',
  'partner',
  'partner id',
  'kind',
  'subject',
  'records',
  'values withheld',
  'values kept home by the officer',
  'purpose code',
  'purpose',
  'legal bases',
  'valid until',
  'stops answered for',
  'bundle',
  'number',
  'receipt',
];

/**
 * The ledger for an inspector (28 CFR 23.20(d), (g); Directive (EU) 2016/680 art. 25): who holds what, for what purpose, on which basis, since when
 * and until when. Subjects stand in it by kind and id and never by name, so that a file that anybody can read discloses nobody (docs/policy.md P5);
 * whom an id is of, the vault says.
 */
export function ledgerCsv(rows: readonly Disclosure[]): string {
  return csvOf([HEADS, ...rows.map(cellsOf)]);
}

function cellsOf(row: Disclosure): string[] {
  return [
    row.releasedAt,
    row.releasedBy,
    row.partnerName,
    row.partner,
    row.subjectType,
    row.subject,
    String(row.records),
    String(row.withheldClaims),
    String(row.kept),
    row.purposeCode ?? '',
    row.purpose,
    row.legalBases.join(' '),
    row.validUntil,
    String(row.answers),
    row.bundle,
    String(row.sequence),
    row.isLeft ? 'nothing taken' : row.isConfirmed ? 'yes' : 'no',
  ];
}
