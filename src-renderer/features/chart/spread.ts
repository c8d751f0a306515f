import type { Point } from './walk.ts';

const CLEARANCE = 52;
const ROUNDS = 40;
/** Side of the square that each entity of a readable chart has for itself. */
const ROOM = 78;

/**
 * Widens or narrows a layout, which fills a square, to the shape of the canvas, grows one that is too tight for its entities, and moves
 * apart what still stands on top of each other.
 */
export function spreadTo(points: readonly Point[], aspect: number): readonly Point[] {
  const factor = Math.sqrt(Math.max(0.5, Math.min(2.5, aspect)));
  const grown = Math.max(1, growthOf(points));
  const stretched = points.map(({ id, x, y }) => ({ id, x: x * factor * grown, y: (y / factor) * grown }));
  for (let round = 0; round < ROUNDS; round++) {
    if (!pushApart(stretched)) break;
  }
  return stretched;
}

/** How many times larger the layout has to be so that each entity has its room. */
function growthOf(points: readonly Point[]): number {
  const width = extentOf(points.map((point) => point.x));
  const height = extentOf(points.map((point) => point.y));
  return width * height === 0 ? 1 : Math.sqrt((points.length * ROOM * ROOM) / (width * height));
}

function extentOf(values: readonly number[]): number {
  const ordered = values.toSorted((one, other) => one - other);
  return (ordered.at(-1) ?? 0) - (ordered[0] ?? 0);
}

/** One sweep over points sorted by x; true when something moved. */
function pushApart(points: { readonly id: string; x: number; y: number }[]): boolean {
  const order = points.sort((one, other) => one.x - other.x || (one.id < other.id ? -1 : 1));
  let moved = false;
  for (const [index, one] of order.entries()) {
    for (let next = index + 1; next < order.length; next++) {
      const other = order[next];
      if (other === undefined || other.x - one.x >= CLEARANCE) break;
      const dx = other.x - one.x || 0.5;
      const dy = other.y - one.y || 0.5;
      const distance = Math.hypot(dx, dy);
      if (distance >= CLEARANCE) continue;
      const push = (CLEARANCE - distance) / 2 / distance;
      one.x -= dx * push;
      one.y -= dy * push;
      other.x += dx * push;
      other.y += dy * push;
      moved = true;
    }
  }
  return moved;
}
