/**
 * Which records are held, while the index of their ids is put off (V73): open addressing over the first eight bytes of each id, twelve bytes a place.
 * Eight bytes can be made alike on purpose, so whoever asks compares the whole id.
 */
export type HeldIds = {
  readonly find: (id: Uint8Array) => number | undefined;
  readonly add: (id: Uint8Array, rid: number) => void;
};

const SMALLEST = 1 << 16;
const FULL = 0.7;

/** `isRecord` tells whether the record of that number has that id. */
export function newHeldIds(isRecord: (rid: number, id: Uint8Array) => boolean): HeldIds {
  let places = newPlaces(SMALLEST);
  let size = 0;
  return {
    find(id) {
      const [high, low] = [wordAt(id, 0), wordAt(id, 4)];
      for (let at = low & places.mask; places.rids[at] !== 0; at = (at + 1) & places.mask) {
        const rid = places.rids[at] ?? 0;
        if (places.highs[at] === high && places.lows[at] === low && isRecord(rid, id)) return rid;
      }
      return undefined;
    },
    add(id, rid) {
      if (size > places.rids.length * FULL) places = doubled(places);
      place(places, wordAt(id, 0), wordAt(id, 4), rid);
      size += 1;
    },
  };
}

type Places = {
  readonly mask: number;
  readonly highs: Uint32Array;
  readonly lows: Uint32Array;
  /** 0: nobody is here. */
  readonly rids: Uint32Array;
};

function newPlaces(length: number): Places {
  const [highs, lows, rids] = [new Uint32Array(length), new Uint32Array(length), new Uint32Array(length)];
  return { mask: length - 1, highs, lows, rids };
}

function doubled(places: Places): Places {
  const larger = newPlaces(places.rids.length * 2);
  places.rids.forEach((rid, at) => {
    if (rid !== 0) place(larger, places.highs[at] ?? 0, places.lows[at] ?? 0, rid);
  });
  return larger;
}

function place(places: Places, high: number, low: number, rid: number): void {
  let at = low & places.mask;
  while (places.rids[at] !== 0) at = (at + 1) & places.mask;
  places.highs[at] = high;
  places.lows[at] = low;
  places.rids[at] = rid;
}

function wordAt(id: Uint8Array, at: number): number {
  const high = ((id[at] ?? 0) << 24) | ((id[at + 1] ?? 0) << 16);
  return (high | ((id[at + 2] ?? 0) << 8) | (id[at + 3] ?? 0)) >>> 0;
}
