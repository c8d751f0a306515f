export interface LabelBox {
  readonly id: string;
  /** Rendered pixels: the middle of the top edge, and the size. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Higher wins; ties go to the smaller id, so that labels never flicker. */
  readonly priority: number;
}

const CELL = 96;

/**
 * The labels to leave out so that none covers another or an obstacle (the picture of another entity): greedy by priority over a grid of
 * cells. What is as important as `unblocked` only gives way to other labels. O(n · boxes a cell).
 */
export function culledLabels(
  boxes: readonly LabelBox[],
  obstacles: readonly LabelBox[] = [],
  unblocked = Infinity,
): ReadonlySet<string> {
  const grid: Grid = new Map();
  const pictures: Grid = new Map();
  for (const obstacle of obstacles) place(pictures, obstacle);
  const culled = new Set<string>();
  const order = [...boxes].sort((one, other) => other.priority - one.priority || (one.id < other.id ? -1 : 1));
  for (const box of order) {
    const isBlocked = collides(grid, box) || (box.priority < unblocked && collides(pictures, box));
    if (isBlocked) culled.add(box.id);
    else place(grid, box);
  }
  return culled;
}

type Grid = Map<string, LabelBox[]>;

function place(grid: Grid, box: LabelBox): void {
  for (const cell of cellsOf(box)) {
    const placed = grid.get(cell);
    if (placed === undefined) grid.set(cell, [box]);
    else placed.push(box);
  }
}

function collides(grid: Grid, box: LabelBox): boolean {
  return cellsOf(box).some((cell) => grid.get(cell)?.some((other) => other.id !== box.id && overlaps(other, box)));
}

function overlaps(one: LabelBox, other: LabelBox): boolean {
  return (
    Math.abs(one.x - other.x) < (one.width + other.width) / 2 &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

function cellsOf(box: LabelBox): readonly string[] {
  const cells: string[] = [];
  const left = Math.floor((box.x - box.width / 2) / CELL);
  const right = Math.floor((box.x + box.width / 2) / CELL);
  const top = Math.floor(box.y / CELL);
  const bottom = Math.floor((box.y + box.height) / CELL);
  for (let column = left; column <= right; column++) {
    for (let row = top; row <= bottom; row++) cells.push(`${column}:${row}`);
  }
  return cells;
}
