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

/** The labels to leave out so that no two overlap: greedy by priority over a grid of cells. O(n · labels a cell). */
export function culledLabels(boxes: readonly LabelBox[]): ReadonlySet<string> {
  const grid = new Map<string, LabelBox[]>();
  const culled = new Set<string>();
  const order = [...boxes].sort((one, other) => other.priority - one.priority || (one.id < other.id ? -1 : 1));
  for (const box of order) {
    const cells = cellsOf(box);
    if (cells.some((cell) => grid.get(cell)?.some((placed) => overlaps(placed, box)))) {
      culled.add(box.id);
      continue;
    }
    for (const cell of cells) {
      const placed = grid.get(cell);
      if (placed === undefined) grid.set(cell, [box]);
      else placed.push(box);
    }
  }
  return culled;
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
