import { compareText } from './hash.ts';
import { runThrough } from './steps.ts';

/** Hashes in hex are evenly spread, so their first digits as a number nearly always tell their order, and numbers sort ten times as fast as texts. */
const DIGITS = 8;
/** More than there are records in a bundle: number and place together stay exact. */
const PLACES = 2 ** 20;
/** Hashes that begin with one of so many numbers are sorted at once: a few thousand of a million. */
const HEAPS = 256;
/** So many places are passed between two pauses: a few milliseconds. */
const A_SLICE = 8192;

/** The places of some hashes in hex, at most 2^20 of them, in ascending order of the hashes; equal ones stand side by side. O(n log n). */
export function orderOfHashes(hashes: readonly string[]): Uint32Array {
  return runThrough(orderOfHashesInSteps(hashes));
}

/** The same with pauses: hashes are put on heaps by their first digits, and heap by heap in order. */
export function* orderOfHashesInSteps(hashes: readonly string[]): Generator<void, Uint32Array, undefined> {
  if (hashes.length > PLACES) throw new RangeError('too many hashes to sort');
  const keys = new Float64Array(hashes.length);
  const ends = new Uint32Array(HEAPS);
  for (const [place, hash] of hashes.entries()) {
    const number = Number.parseInt(hash.slice(0, DIGITS), 16);
    keys[place] = number * PLACES + place;
    ends[heapOf(number)] = (ends[heapOf(number)] ?? 0) + 1;
    if (place % A_SLICE === A_SLICE - 1) yield;
  }
  const sorted = yield* onHeaps(keys, ends);
  let start = 0;
  for (const end of ends) {
    sorted.subarray(start, end).sort();
    if (Math.floor(start / A_SLICE) < Math.floor(end / A_SLICE)) yield;
    start = end;
  }
  return yield* placesOf(sorted, hashes);
}

/** The keys heap by heap; afterwards `ends` says where each heap ends, and no longer how many are on it. */
function* onHeaps(keys: Float64Array, ends: Uint32Array): Generator<void, Float64Array, undefined> {
  const next = new Uint32Array(HEAPS);
  let sum = 0;
  for (const [heap, count] of ends.entries()) {
    next[heap] = sum;
    sum += count;
    ends[heap] = sum;
  }
  const put = new Float64Array(keys.length);
  for (const [at, key] of keys.entries()) {
    const heap = heapOf(Math.floor(key / PLACES));
    put[next[heap] ?? 0] = key;
    next[heap] = (next[heap] ?? 0) + 1;
    if (at % A_SLICE === A_SLICE - 1) yield;
  }
  return put;
}

function* placesOf(sorted: Float64Array, hashes: readonly string[]): Generator<void, Uint32Array, undefined> {
  const order = new Uint32Array(sorted.length);
  let start = 0;
  for (let i = 0; i < sorted.length; i += 1) {
    order[i] = (sorted[i] ?? 0) % PLACES;
    if (i % A_SLICE === A_SLICE - 1) yield;
    if (numberOf(sorted[i]) === numberOf(sorted[i + 1])) continue;
    if (i > start) sortRun(order.subarray(start, i + 1), hashes);
    start = i + 1;
  }
  return order;
}

function heapOf(number: number): number {
  return number >>> 24;
}

function numberOf(key: number | undefined): number {
  return key === undefined ? Number.NaN : Math.floor(key / PLACES);
}

/** Those that begin alike. */
function sortRun(places: Uint32Array, hashes: readonly string[]): void {
  places.sort((one, other) => compareText(hashes[one] ?? '', hashes[other] ?? ''));
}
