/** How far work is that may pause: its stage, and how many of how many. */
export type Step = readonly [stage: string, done: number, total: number];

/** Does work that may pause, without a pause. */
export function runThrough<T>(steps: Generator<unknown, T, undefined>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Places that are looked at between two pauses: a millisecond or two. */
const PLACES = 8192;

/** Whether a test holds for every place below `count`; nothing is looked at behind the first where it does not. */
export function* everyInSteps(count: number, test: (place: number) => boolean): Generator<void, boolean, undefined> {
  for (let place = 0; place < count; place += 1) {
    if (!test(place)) return false;
    if (place % PLACES === PLACES - 1) yield;
  }
  return true;
}

/** What `make` gives for every place below `count`. */
export function* madeInSteps<T>(count: number, make: (place: number) => T): Generator<void, T[], undefined> {
  const made: T[] = [];
  for (let place = 0; place < count; place += 1) {
    made.push(make(place));
    if (place % PLACES === PLACES - 1) yield;
  }
  return made;
}

/** So much is done between two pauses: some ten milliseconds, where one unit is the work on one claim. */
const UNITS = 1024;

/** Does `work` with each of many, with a pause after so many units of it; it answers how many units it was, one if it says nothing. */
export function* eachInSteps<T>(
  stage: string,
  items: readonly T[],
  work: (item: T, at: number) => number | void,
): Generator<Step, void, undefined> {
  let since = 0;
  for (const [at, item] of items.entries()) {
    const units = work(item, at);
    since += units ?? 1;
    if (since < UNITS) continue;
    since = 0;
    yield [stage, at + 1, items.length];
  }
}

/** Items that are put in order without a pause. */
const RUN = 512;

/** The items in order, equal ones as they came: runs are sorted, then merged with pauses. O(n log n). */
export function* sortedInSteps<T>(
  stage: string,
  items: readonly T[],
  compare: (one: T, other: T) => number,
): Generator<Step, readonly T[], undefined> {
  let runs: (readonly T[])[] = [];
  for (let at = 0; at < items.length; at += RUN) {
    if (at > 0) yield [stage, at, items.length];
    runs.push(items.slice(at, at + RUN).sort(compare));
  }
  while (runs.length > 1) {
    const merged: (readonly T[])[] = [];
    for (let at = 0; at < runs.length; at += 2) {
      merged.push(yield* merge(stage, runs[at] ?? [], runs[at + 1] ?? [], compare));
      yield [stage, Math.min((at + 2) * (runs[0]?.length ?? 0), items.length), items.length];
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

function* merge<T>(
  stage: string,
  one: readonly T[],
  other: readonly T[],
  compare: (one: T, other: T) => number,
): Generator<Step, readonly T[], undefined> {
  if (other.length === 0) return one;
  const merged: T[] = [];
  const total = one.length + other.length;
  for (let left = 0, right = 0; left < one.length || right < other.length;) {
    const [first, second] = [one[left] as T, other[right] as T];
    const isFirst = right >= other.length || (left < one.length && compare(first, second) <= 0);
    merged.push(isFirst ? first : second);
    if (isFirst) left += 1;
    else right += 1;
    if (merged.length % (UNITS * 4) === 0) yield [stage, merged.length, total];
  }
  return merged;
}
