export type Direction = 'left' | 'right' | 'up' | 'down';

export interface Point {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

const HEADINGS: { readonly [D in Direction]: readonly [number, number] } = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};

/**
 * The candidate that a step in a direction reaches: within 60° of it, near and straight ahead rather than far or aside.
 * Undefined when nothing lies that way. Ties go to the smaller id.
 */
export function stepTo(from: Point, candidates: readonly Point[], direction: Direction): Point | undefined {
  const [headingX, headingY] = HEADINGS[direction];
  let best: { point: Point; cost: number } | undefined;
  for (const point of candidates) {
    const dx = point.x - from.x;
    const dy = point.y - from.y;
    const distance = Math.hypot(dx, dy);
    const ahead = dx * headingX + dy * headingY;
    if (point.id === from.id || distance === 0 || ahead < distance * 0.5) continue;
    const cost = (distance * distance) / ahead;
    if (best === undefined || cost < best.cost || (cost === best.cost && point.id < best.point.id))
      best = { point, cost };
  }
  return best?.point;
}

/** The entity with most links: where a walk begins. Ties go to the smaller id. */
export function biggestHub(nodes: Iterable<{ readonly id: string; readonly degree: number }>): string | undefined {
  let best: { readonly id: string; readonly degree: number } | undefined;
  for (const node of nodes) {
    const wins = best === undefined || node.degree > best.degree || (node.degree === best.degree && node.id < best.id);
    if (wins) best = node;
  }
  return best?.id;
}
