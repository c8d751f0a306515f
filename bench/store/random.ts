/** A small seeded generator (mulberry32, T. Ettinger 2017): the same seed draws the same store on every machine. */
export type Random = () => number;

export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function oneOf<T>(random: Random, list: readonly [T, ...T[]]): T {
  return list[Math.floor(random() * list.length)] ?? list[0];
}

/** Below `limit`, an integer. */
export function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

/** Digits of a number that has this many of them. */
export function digits(random: Random, length: number): string {
  return Array.from({ length }, () => below(random, 10)).join('');
}
