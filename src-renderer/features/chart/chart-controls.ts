import type { Direction } from './walk.ts';

/** What commands and shortcuts can do with the chart that is on the screen. */
export interface ChartControls {
  readonly fitAll: () => void;
  readonly fitSelection: () => void;
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly zoomReset: () => void;
  readonly layOut: () => void;
  /** To the linked neighbour in a direction. */
  readonly walk: (direction: Direction) => void;
  /** To the nearest entity in a direction, linked or not. */
  readonly walkNearest: (direction: Direction) => void;
  readonly pan: (direction: Direction) => void;
  /** Moves the selected entities a little: the way to place them without dragging (WCAG 2.5.7). */
  readonly nudge: (direction: Direction) => void;
  readonly goToHub: () => void;
  /** Selects an entity and brings it into sight. */
  readonly goTo: (id: string) => void;
  readonly isDrawn: (id: string) => boolean;
  readonly selectAll: () => void;
  readonly selectNeighbours: () => void;
  readonly focus: () => void;
}
