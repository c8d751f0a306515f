import { canonicalText } from '../../src-shared/crypto/canonical.ts';
import { compareText } from '../../src-shared/crypto/hash.ts';
import { isDisclosed } from '../../src-shared/domain/record.ts';
import type { AnyRecord, Claim, ClaimValue } from '../../src-shared/domain/record.ts';
import type { IdentifiedRecord } from './types.ts';

/** docs/formats/vault.md V41: which of several values is shown. It knows no clock, no order of arrival and no home agency. */

/** One value and everybody who states it. */
export type Stated<T> = {
  readonly value: T;
  /** Canonical JSON of the value: what makes two values the same. */
  readonly key: string;
  /** Every statement of it says when it ended. */
  readonly isEnded: boolean;
  readonly sources: number;
  readonly authors: number;
  readonly firstRecord: string;
};

/** One statement of a value, before statements of the same value are put together. */
export type Statement<T> = { readonly value: T; readonly by: IdentifiedRecord; readonly isEnded: boolean };

/** V41: the values, the shown one first. O(n log n). */
export function inDisplayOrder<T>(statements: readonly Statement<T>[]): Stated<T>[] {
  const [only] = statements;
  if (only !== undefined && statements.length === 1) return [putTogether(keyOf(only.value), [only])];
  const byKey = Map.groupBy(statements, (statement) => keyOf(statement.value));
  return [...byKey].map(([key, same]) => putTogether(key, same)).toSorted(compareStated);
}

/** The disclosed values of every property of some records, the shown one first. */
export function valuesByProperty(
  records: readonly IdentifiedRecord[],
): ReadonlyMap<string, readonly Stated<ClaimValue>[]> {
  const byProperty = new Map<string, Statement<ClaimValue>[]>();
  for (const by of records) {
    for (const claim of by.record.claims) {
      if (!isDisclosed(claim)) continue;
      const statement = { value: claim.value, by, isEnded: claim.validTo !== undefined };
      const said = byProperty.get(claim.property);
      if (said === undefined) byProperty.set(claim.property, [statement]);
      else said.push(statement);
    }
  }
  const values = new Map<string, readonly Stated<ClaimValue>[]>();
  for (const [property, said] of byProperty) values.set(property, inDisplayOrder(said));
  return values;
}

/** The disclosed claims of some records. */
export function disclosedClaims(records: readonly IdentifiedRecord[]): Claim[] {
  return records.flatMap(({ record }) => record.claims.filter(isDisclosed));
}

/** Canonical JSON; that of a text or a number is what JSON.stringify writes. */
function keyOf(value: unknown): string {
  return typeof value === 'object' ? canonicalText(value) : JSON.stringify(value);
}

/** A source is an author and its source reference. */
function sourceOf(record: AnyRecord): string {
  const reference = 'source' in record ? (record.source?.reference ?? '') : '';
  return `${record.author} ${reference}`;
}

function putTogether<T>(key: string, same: readonly Statement<T>[]): Stated<T> {
  const [first] = same;
  if (first === undefined) throw new Error('a group is never empty');
  if (same.length === 1) {
    const { value, isEnded, by } = first;
    return { value, key, isEnded, sources: 1, authors: 1, firstRecord: by.id };
  }
  const ids = same.map(({ by }) => by.id).toSorted(compareText);
  return {
    value: first.value,
    key,
    isEnded: same.every(({ isEnded }) => isEnded),
    sources: new Set(same.map(({ by }) => sourceOf(by.record))).size,
    authors: new Set(same.map(({ by }) => by.record.author)).size,
    firstRecord: ids[0] ?? '',
  };
}

function compareStated<T>(one: Stated<T>, other: Stated<T>): number {
  return (
    Number(one.isEnded) - Number(other.isEnded) ||
    other.sources - one.sources ||
    other.authors - one.authors ||
    compareText(one.firstRecord, other.firstRecord) ||
    compareText(one.key, other.key)
  );
}
