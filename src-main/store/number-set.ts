/** A set of small integers, one bit each: four million subjects take half a megabyte. */
export type NumberSet = { bits: Uint8Array; size: number };

export function newNumberSet(): NumberSet {
  return { bits: new Uint8Array(1024), size: 0 };
}

export function hasNumber(set: NumberSet, number: number): boolean {
  return ((set.bits[number >>> 3] ?? 0) & (1 << (number & 7))) !== 0;
}

export function addNumber(set: NumberSet, number: number): void {
  const at = number >>> 3;
  if (at >= set.bits.length) {
    const grown = new Uint8Array(Math.max(at + 1, set.bits.length * 2));
    grown.set(set.bits);
    set.bits = grown;
  }
  if (hasNumber(set, number)) return;
  set.bits[at] = (set.bits[at] ?? 0) | (1 << (number & 7));
  set.size += 1;
}

/** Ascending. */
export function* numbersOf(set: NumberSet): Generator<number> {
  for (let at = 0; at < set.bits.length; at += 1) {
    const byte = set.bits[at] ?? 0;
    for (let bit = 0; byte >>> bit !== 0; bit += 1) if (((byte >>> bit) & 1) === 1) yield at * 8 + bit;
  }
}
