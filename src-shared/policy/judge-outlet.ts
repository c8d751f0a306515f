import { findCode } from '../catalogue/code-list.ts';
import { processingPurposes } from '../catalogue/lists/processing-purposes.ts';
import type { AnyRecord } from '../domain/record.ts';
import { LEAVES, strictness } from './outlets.ts';
import type { Cell, Outlet } from './outlets.ts';
import type { PermissionState } from './permissions.ts';
import { POLICY_TABLE } from './policy-table.ts';
import type { PolicyRow, RowName } from './policy-table.ts';

/** What a record's header and its circumstances are measured by. */
export interface Circumstances {
  readonly isOurs: boolean;
  /** Of another author's record: what its author allowed. */
  readonly permission: PermissionState;
  /** P31: whether the store can prove who said it. */
  readonly isProven: boolean;
  /** Calendar day, `YYYY-MM-DD`. */
  readonly today: string;
  /** Code of the catalogue's processing purposes, and what the officer wrote beside it. */
  readonly purposeCode: string;
  readonly purpose: string;
}

const ROWS: ReadonlyMap<string, PolicyRow> = new Map(POLICY_TABLE.map((each) => [each.row, each]));

/** The cell of one row of the table. */
export function cellOf(row: RowName, outlet: Outlet): Cell {
  return ROWS.get(row)?.cells[outlet] ?? LEAVES;
}

/** All cells that speak of something, and the strictest of them: the first such one. A further row can never make it laxer. */
export function judgeRows(
  rows: readonly RowName[],
  outlet: Outlet,
): { readonly cell: Cell; readonly cells: readonly Cell[] } {
  const cells = rows.map((each) => cellOf(each, outlet));
  return { cell: cells.reduce((one, other) => (strictness(other) > strictness(one) ? other : one), LEAVES), cells };
}

/** The rows of the table that a record's header and circumstances stand in; who is protected is judged apart. */
export function rowsOf(record: AnyRecord, circumstances: Circumstances): RowName[] {
  const { handling } = record;
  return [
    ...originRows(circumstances),
    ...(record.kind === 'attachment' ? (['evidence:file'] as const) : []),
    `tlp:${handling.tlp}`,
    reviewRow(handling.reviewOn, circumstances.today),
    ...codeRows(handling.codes, circumstances.purposeCode),
    purposesRow(handling.purposes, circumstances),
    ...('source' in record && record.source !== undefined ? ([`assertion:${record.source.basis}`] as const) : []),
  ];
}

/** A purpose that stands in no list of ours cannot be compared by a machine, unless the officer wrote the same words. */
export function purposesInWords(
  record: AnyRecord,
  { purposeCode, purpose }: Pick<Circumstances, 'purposeCode' | 'purpose'>,
): readonly string[] {
  const { purposes } = record.handling;
  if (purposes.includes(purposeCode) || purposes.includes(purpose)) return [];
  return purposes.filter((each) => findCode(processingPurposes, each) === undefined);
}

/** The rows that speak of whose word it is, and of nothing that it says. */
export function originRows(circumstances: Circumstances): RowName[] {
  return [authorRow(circumstances), circumstances.isProven ? 'proof:held' : 'proof:missing'];
}

function authorRow({ isOurs, permission }: Circumstances): RowName {
  if (isOurs) return 'author:own';
  return permission === 'none' ? 'author:third-party' : `author:third-party, ${permission}`;
}

function reviewRow(reviewOn: string | undefined, today: string): RowName {
  if (reviewOn === undefined) return 'review:none';
  return reviewOn < today ? 'review:past' : 'review:ahead';
}

function codeRows(codes: AnyRecord['handling']['codes'], purposeCode: string): readonly RowName[] {
  if (codes.length === 0) return ['code:none'];
  const purpose = findCode(processingPurposes, purposeCode);
  return codes.map((code): RowName => {
    if (code === 'H0' && purpose?.isAgainstCrime !== true) return 'code:H0, not against crime';
    if (code === 'H1' && purpose?.isJudicial === true) return 'code:H1, before a court';
    return `code:${code}`;
  });
}

function purposesRow(purposes: readonly string[], circumstances: Circumstances): RowName {
  if (purposes.length === 0) return 'purposes:none';
  if (purposes.includes(circumstances.purposeCode) || purposes.includes(circumstances.purpose)) {
    return 'purposes:this one';
  }
  return purposes.some((each) => findCode(processingPurposes, each) === undefined)
    ? 'purposes:in words'
    : 'purposes:others';
}
