import { compareText } from './hash.ts';

/** Hashes in hex are evenly spread, so their first digits as a number nearly always tell their order, and numbers sort ten times as fast as texts. */
const DIGITS = 8;
/** More than there are records in a bundle: number and place together stay exact. */
const PLACES = 2 ** 20;

/** The places of some hashes in hex, at most 2^20 of them, in ascending order of the hashes; equal ones stand side by side. O(n log n). */
export function orderOfHashes(hashes: readonly string[]): Uint32Array {
  if (hashes.length > PLACES) throw new RangeError('too many hashes to sort');
  const keys = new Float64Array(hashes.length);
  for (const [place, hash] of hashes.entries())
    keys[place] = Number.parseInt(hash.slice(0, DIGITS), 16) * PLACES + place;
  keys.sort();
  const order = new Uint32Array(hashes.length);
  let start = 0;
  for (let i = 0; i < keys.length; i += 1) {
    order[i] = (keys[i] ?? 0) % PLACES;
    if (numberOf(keys[i]) === numberOf(keys[i + 1])) continue;
    if (i > start) sortRun(order.subarray(start, i + 1), hashes);
    start = i + 1;
  }
  return order;
}

function numberOf(key: number | undefined): number {
  return key === undefined ? Number.NaN : Math.floor(key / PLACES);
}

/** Those that begin alike. */
function sortRun(places: Uint32Array, hashes: readonly string[]): void {
  places.sort((one, other) => compareText(hashes[one] ?? '', hashes[other] ?? ''));
}
