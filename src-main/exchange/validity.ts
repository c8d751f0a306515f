/** For how many days bundles that are made from an instant on may be imported (docs/formats/bundle.md, B11). */
export interface Validity {
  readonly from: string;
  readonly days: number;
}

/**
 * What has held since when, in order. A change is a further row, never another number: the ledger works out from it until when a bundle of the past
 * may be imported, and its signed manifest says the same for ever.
 */
const VALIDITIES: readonly Validity[] = [{ from: '2026-01-01T00:00:00.000Z', days: 90 }];
const DAY = 24 * 60 * 60 * 1000;

/** Until when a bundle that was made at an instant may be imported. */
export function validUntil(created: Date, validities: readonly Validity[] = VALIDITIES): string {
  const inForce = validities.findLast(({ from }) => new Date(from) <= created) ?? validities[0];
  return new Date(created.getTime() + (inForce?.days ?? 0) * DAY).toISOString();
}
