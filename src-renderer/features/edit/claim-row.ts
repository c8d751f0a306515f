import { displayValue } from '../../../src-shared/catalogue/display.ts';
import { propertiesOf, propertyKind } from '../../../src-shared/catalogue/kinds.ts';
import type { Problem } from '../../../src-shared/catalogue/problem.ts';
import { canBeStored, validateClaims } from '../../../src-shared/catalogue/validate-claims.ts';
import type { ClaimInput } from '../../../src-shared/contract/methods.ts';
import { PartialDate } from '../../../src-shared/domain/partial-date.ts';
import type { ClaimValue } from '../../../src-shared/domain/record.ts';

/** One value while a person types it. */
export interface ClaimRow {
  readonly key: number;
  readonly property: string;
  readonly text: string;
  readonly validFrom: string;
  readonly validTo: string;
  /** What a stored claim holds: kept as it is while its text is not touched. */
  readonly stored?: ClaimValue;
}

/** What is wrong with a row, in rules; `isError` refuses it, the rest is a warning. */
export interface RowProblem {
  readonly key: number;
  readonly rule: string;
  readonly isError: boolean;
}

export interface RowsCheck {
  readonly claims: readonly ClaimInput[];
  readonly problems: readonly RowProblem[];
  /** Problems of the whole, such as a person without any key property. */
  readonly general: readonly string[];
  readonly isStorable: boolean;
}

export function emptyRow(key: number, property: string): ClaimRow {
  return { key, property, text: '', validFrom: '', validTo: '' };
}

/** Rows to begin with: the key properties of a type, and what its kind of person is. */
export function firstRows(type: string): readonly ClaimRow[] {
  const first = propertiesOf(type).filter((kind) => kind.isKey || kind.list === 'subject-category');
  const shown = first.length === 0 ? propertiesOf(type).slice(0, 2) : first.filter((kind) => kind.name !== 'e164');
  return shown.map((kind, index) => emptyRow(index, kind.name));
}

/** What was typed for one type, as far as another type has the same properties, with the first rows of that type. */
export function carryRows(type: string, rows: readonly ClaimRow[]): readonly ClaimRow[] {
  const kept = rows.filter((row) => row.text.trim() !== '' && propertyKind(type, row.property) !== undefined);
  const missing = firstRows(type).filter((row) => kept.every((other) => other.property !== row.property));
  const order = propertiesOf(type).map((kind) => kind.name);
  return [...kept, ...missing]
    .toSorted((one, other) => order.indexOf(one.property) - order.indexOf(other.property))
    .map((row, key) => ({ ...row, key }));
}

/** The rows of claims that a record holds; what is derived from another claim is left out, because it is derived again. */
export function rowsOf(type: string, claims: readonly ClaimInput[]): readonly ClaimRow[] {
  const hasPhone = claims.some((claim) => propertyKind(type, claim.property)?.valueType === 'phone');
  return claims
    .filter((claim) => !(hasPhone && claim.property === 'e164'))
    .map((claim, key) => ({
      key,
      property: claim.property,
      text: textOf(type, claim),
      validFrom: claim.validFrom ?? '',
      validTo: claim.validTo ?? '',
      stored: claim.value,
    }));
}

/** Checks what was typed by the rules of the catalogue; empty rows are left out. */
export function checkRows(type: string, rows: readonly ClaimRow[], defaultCountry: string): RowsCheck {
  const filled = rows.filter((row) => row.text.trim() !== '');
  const drafts = filled.map((row) => ({
    property: row.property,
    value: row.stored ?? row.text,
    ...dates(row),
  }));
  const check = validateClaims(type, drafts, { defaultCountry });
  const badDates = filled.filter(hasBadDate).map((row) => ({ key: row.key, rule: 'date.not-a-date', isError: true }));
  return {
    claims: check.claims.map((claim) => ({ ...claim })) as ClaimInput[],
    problems: [...check.problems.flatMap((problem) => rowProblem(problem, filled)), ...badDates],
    general: check.problems.filter((problem) => problem.at === undefined).map((problem) => problem.rule),
    isStorable: canBeStored(check) && badDates.length === 0 && filled.length > 0,
  };
}

function rowProblem(problem: Problem, rows: readonly ClaimRow[]): readonly RowProblem[] {
  const row = problem.at === undefined ? undefined : rows[problem.at];
  return row === undefined ? [] : [{ key: row.key, rule: problem.rule, isError: problem.severity === 'error' }];
}

function dates(row: ClaimRow) {
  const from = PartialDate.safeParse(row.validFrom.trim());
  const to = PartialDate.safeParse(row.validTo.trim());
  return { ...(from.success && { validFrom: from.data }), ...(to.success && { validTo: to.data }) };
}

function hasBadDate(row: ClaimRow): boolean {
  return [row.validFrom, row.validTo].some((date) => date.trim() !== '' && !PartialDate.safeParse(date.trim()).success);
}

/** Codes and countries are chosen by code; everything else is typed as it is shown. */
function textOf(type: string, claim: ClaimInput): string {
  if (typeof claim.value === 'boolean') return claim.value ? 'yes' : 'no';
  return typeof claim.value === 'object' ? displayValue(type, claim.property, claim.value) : String(claim.value);
}
