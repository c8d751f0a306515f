import type { Point } from './walk.ts';

const CLEARANCE = 48;
const ROUNDS = 12;

/** Widens or narrows a layout, which fills a square, to the shape of the canvas, and moves apart what stands on top of each other. */
export function spreadTo(points: readonly Point[], aspect: number): readonly Point[] {
  const factor = Math.sqrt(Math.max(0.5, Math.min(2.5, aspect)));
  const stretched = points.map((point) => ({ id: point.id, x: point.x * factor, y: point.y / factor }));
  for (let round = 0; round < ROUNDS; round++) {
    if (!pushApart(stretched)) break;
  }
  return stretched;
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
