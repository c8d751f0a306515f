export interface Spot {
  readonly x: number;
  readonly y: number;
}

const REACH = 90;
const CLEARANCE = 62;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

/**
 * Spots for entities that are new on a chart, beside the ones they are linked to; those already placed do not move. Entities with no
 * placed neighbour stand in a row below the drawing. Same input, same spots. O(links + new · turns of the spiral).
 */
export function placeNew(
  placed: ReadonlyMap<string, Spot>,
  added: readonly string[],
  links: readonly { readonly source: string; readonly target: string }[],
): ReadonlyMap<string, Spot> {
  if (added.length === 0) return new Map();
  const taken = new Map(placed);
  const grid = gridOf(placed.values());
  const result = new Map<string, Spot>();
  const turns = new Map<string, number>();
  const put = (id: string, anchor: Spot) => {
    const spot = freeSpot(anchor, grid, turns);
    taken.set(id, spot);
    result.set(id, spot);
    keep(grid, spot);
  };
  const neighbours = neighboursOf(added, links);
  const lonely: string[] = [];
  for (const id of added) {
    const anchor = middleOf((neighbours.get(id) ?? []).flatMap((other) => taken.get(other) ?? []));
    if (anchor === undefined) lonely.push(id);
    else put(id, anchor);
  }
  const below = bottomOf(placed);
  for (const [index, id] of lonely.entries()) put(id, { x: below.x + index * REACH, y: below.y });
  return result;
}

function neighboursOf(
  added: readonly string[],
  links: readonly { readonly source: string; readonly target: string }[],
): ReadonlyMap<string, readonly string[]> {
  const others = new Map<string, string[]>(added.map((id) => [id, []]));
  for (const { source, target } of links) {
    others.get(source)?.push(target);
    if (source !== target) others.get(target)?.push(source);
  }
  return others;
}

/**
 * The first spot of a sunflower spiral round the anchor that keeps clear of everything placed. Round one anchor the search goes on where it
 * last ended: what is taken stays taken.
 */
function freeSpot(anchor: Spot, grid: Grid, turns: Map<string, number>): Spot {
  const centre = `${anchor.x} ${anchor.y}`;
  for (let turn = (turns.get(centre) ?? 0) + 1; ; turn++) {
    const radius = REACH * Math.sqrt(turn);
    const angle = turn * GOLDEN_ANGLE;
    const spot = { x: anchor.x + radius * Math.cos(angle), y: anchor.y + radius * Math.sin(angle) };
    if (!isClear(spot, grid)) continue;
    turns.set(centre, turn);
    return spot;
  }
}

/** What is placed, by cells as wide as the clearance. */
type Grid = Map<string, Spot[]>;

function gridOf(spots: Iterable<Spot>): Grid {
  const grid: Grid = new Map();
  for (const spot of spots) keep(grid, spot);
  return grid;
}

function keep(grid: Grid, spot: Spot): void {
  const cell = cellOf(spot, 0, 0);
  const held = grid.get(cell);
  if (held === undefined) grid.set(cell, [spot]);
  else held.push(spot);
}

function cellOf({ x, y }: Spot, right: number, down: number): string {
  return `${Math.floor(x / CLEARANCE) + right}:${Math.floor(y / CLEARANCE) + down}`;
}

function isClear(spot: Spot, grid: Grid): boolean {
  const steps = [-1, 0, 1];
  return steps.every((right) =>
    steps.every((down) =>
      (grid.get(cellOf(spot, right, down)) ?? []).every(
        (other) => Math.hypot(other.x - spot.x, other.y - spot.y) >= CLEARANCE,
      ),
    ),
  );
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
