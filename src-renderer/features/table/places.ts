import type { RowsInSight } from './use-rows-in-sight.ts';

/** So many rows are read around what is in sight, so that one more step shows what is there. */
export const PIECE = 160;
const BESIDE = 50;
const EDGE = 25;

/** Those in sight, and the active one wherever it is: whoever listens to the grid is told of it. */
export function placesToDraw({ from, to }: RowsInSight, active: number, count: number): readonly number[] {
  const places = Array.from({ length: to - from }, (_, i) => from + i);
  if (active >= count || (active >= from && active < to)) return places;
  return active < from ? [active, ...places] : [...places, active];
}

/** Where the piece begins that has a row and those beside it. */
export function pieceFor(from: number): number {
  return Math.max(0, Math.floor((from - BESIDE) / EDGE) * EDGE);
}
