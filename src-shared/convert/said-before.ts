/** Remembers what rows said in full, so that one which says it again can name the line of the first (I18). */
export type SaidBefore = {
  /** The line of the first row that said this; undefined, and remembered, when it is this one. */
  readonly lineOf: (said: string, line: number) => number | undefined;
  readonly size: () => number;
};

/** For files of any size with `hashText`, a SHA-256 in hex; exact, and with every text kept, without. */
export function saidBefore(hashText: ((text: string) => string) | undefined): SaidBefore {
  return hashText === undefined ? wholeTexts() : digests(hashText);
}

function wholeTexts(): SaidBefore {
  const lines = new Map<string, number>();
  return {
    lineOf(said, line) {
      const known = lines.get(said);
      if (known === undefined) lines.set(said, line);
      return known;
    },
    size: () => lines.size,
  };
}

const WORDS = 4;
const FIRST_SLOTS = 1 << 12;
/** Slots grow when this share of them is taken. */
const FULL = 0.8;

/**
 * The first 128 bits of each hash and its line, in open addressing with linear probing (Knuth, TAOCP 6.4): 20 bytes a slot, no objects. Among
 * the four million links of the largest file two different ones meet with a chance of 2^-85; who wants to make them meet computes 2^64 hashes
 * to see a row of his own file rejected, with its line.
 */
function digests(hashText: (text: string) => string): SaidBefore {
  let slots = FIRST_SLOTS;
  let keys = new Uint32Array(slots * WORDS);
  let lines = new Uint32Array(slots);
  let size = 0;

  /** The slot that holds this digest, or the free one where it belongs; a line is never 0. */
  function slotOf(digest: Uint32Array, at: number): number {
    let slot = (digest[at] ?? 0) % slots;
    while (lines[slot] !== 0 && !isAt(slot, digest, at)) slot = (slot + 1) % slots;
    return slot;
  }
  function isAt(slot: number, digest: Uint32Array, at: number): boolean {
    for (let word = 0; word < WORDS; word += 1) if (keys[slot * WORDS + word] !== digest[at + word]) return false;
    return true;
  }
  function put(slot: number, digest: Uint32Array, at: number, line: number): void {
    for (let word = 0; word < WORDS; word += 1) keys[slot * WORDS + word] = digest[at + word] ?? 0;
    lines[slot] = line;
  }
  function grow(): void {
    const [oldKeys, oldLines] = [keys, lines];
    slots *= 2;
    keys = new Uint32Array(slots * WORDS);
    lines = new Uint32Array(slots);
    for (const [slot, line] of oldLines.entries()) {
      if (line !== 0) put(slotOf(oldKeys, slot * WORDS), oldKeys, slot * WORDS, line);
    }
  }

  const digest = new Uint32Array(WORDS);
  return {
    lineOf(said, line) {
      const hex = hashText(said);
      for (let word = 0; word < WORDS; word += 1) digest[word] = Number.parseInt(hex.slice(word * 8, word * 8 + 8), 16);
      const slot = slotOf(digest, 0);
      const known = lines[slot];
      if (known !== undefined && known !== 0) return known;
      put(slot, digest, 0, line);
      size += 1;
      if (size > slots * FULL) grow();
      return undefined;
    },
    size: () => size,
  };
}
