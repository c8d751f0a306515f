export interface Spot {
  readonly x: number;
  readonly y: number;
}

const REACH = 90;
const CLEARANCE = 62;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

/**
 * Spots for entities that are new on a chart, beside the ones they are linked to; those already placed do not move. Entities with no
 * placed neighbour stand in a row below the drawing. Same input, same spots. O(new · placed).
 */
export function placeNew(
  placed: ReadonlyMap<string, Spot>,
  added: readonly string[],
  links: readonly { readonly source: string; readonly target: string }[],
): ReadonlyMap<string, Spot> {
  const taken = new Map(placed);
  const result = new Map<string, Spot>();
  const put = (id: string, spot: Spot) => {
    taken.set(id, spot);
    result.set(id, spot);
  };
  const lonely: string[] = [];
  for (const id of added) {
    const anchor = middleOf(neighboursOf(id, links).flatMap((other) => taken.get(other) ?? []));
    if (anchor === undefined) lonely.push(id);
    else put(id, freeSpot(anchor, taken));
  }
  const below = bottomOf(placed);
  for (const [index, id] of lonely.entries()) put(id, freeSpot({ x: below.x + index * REACH, y: below.y }, taken));
  return result;
}

function neighboursOf(id: string, links: readonly { readonly source: string; readonly target: string }[]): string[] {
  return links.flatMap((link) => (link.source === id ? [link.target] : link.target === id ? [link.source] : []));
}

/** The first spot of a sunflower spiral round the anchor that keeps clear of everything placed. */
function freeSpot(anchor: Spot, taken: ReadonlyMap<string, Spot>): Spot {
  for (let turn = 1; ; turn++) {
    const radius = REACH * Math.sqrt(turn);
    const angle = turn * GOLDEN_ANGLE;
    const spot = { x: anchor.x + radius * Math.cos(angle), y: anchor.y + radius * Math.sin(angle) };
    if (isClear(spot, taken)) return spot;
  }
}

function isClear(spot: Spot, taken: ReadonlyMap<string, Spot>): boolean {
  for (const other of taken.values()) {
    if (Math.hypot(other.x - spot.x, other.y - spot.y) < CLEARANCE) return false;
  }
  return true;
}

function middleOf(spots: readonly Spot[]): Spot | undefined {
  if (spots.length === 0) return undefined;
  const sum = spots.reduce((total, spot) => ({ x: total.x + spot.x, y: total.y + spot.y }));
  return { x: sum.x / spots.length, y: sum.y / spots.length };
}

function bottomOf(placed: ReadonlyMap<string, Spot>): Spot {
  let left = Infinity;
  let bottom = -Infinity;
  for (const spot of placed.values()) {
    left = Math.min(left, spot.x);
    bottom = Math.max(bottom, spot.y);
  }
  return placed.size === 0 ? { x: 0, y: 0 } : { x: left, y: bottom + REACH };
}
