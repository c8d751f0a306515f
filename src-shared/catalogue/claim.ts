import type { Claim, ClaimValue, WithheldClaim } from '../domain/record.ts';

/** A claim before it is salted, as a form or a file gives it. */
export type PlainClaim = Pick<Claim, 'property' | 'value' | 'validFrom' | 'validTo'>;

/** What a reader may hold: salted, plain or withheld. */
export type ReadableClaim = PlainClaim | WithheldClaim;

/** The disclosed claims of one property, current ones before ended ones, longest first, then by code point: the order of arrival never shows. */
export function disclosedValues(claims: readonly ReadableClaim[], property: string): readonly ClaimValue[] {
  return claims
    .filter((claim): claim is PlainClaim => 'property' in claim && claim.property === property)
    .toSorted((one, other) => {
      const ended = Number(one.validTo !== undefined) - Number(other.validTo !== undefined);
      return ended || compareValues(JSON.stringify(one.value), JSON.stringify(other.value));
    })
    .map((claim) => claim.value);
}

function compareValues(one: string, other: string): number {
  if (one.length !== other.length) return other.length - one.length;
  return one < other ? -1 : Number(one > other);
}
