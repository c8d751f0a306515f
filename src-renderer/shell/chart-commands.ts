import type { RefObject } from 'react';
import type { ChartControls } from '../features/chart/chart-controls.ts';
import type { Direction } from '../features/chart/walk.ts';
import type { Command } from './command.ts';
import type { ViewStore } from './view-state.ts';

const ARROWS: readonly (readonly [Direction, string])[] = [
  ['left', 'ArrowLeft'],
  ['right', 'ArrowRight'],
  ['up', 'ArrowUp'],
  ['down', 'ArrowDown'],
];

/** What can be done on the chart itself; all of it by keyboard (UX notes §6). */
export function chartCommands(store: ViewStore, chart: RefObject<ChartControls | null>): readonly Command[] {
  return [
    onChart('chart.fit', 'Fit all', 'F', 'f', () => chart.current?.fitAll()),
    onChart('chart.fit-selection', 'Zoom to selection', 'Z', 'z', () => chart.current?.fitSelection()),
    onChart('chart.zoom-in', 'Zoom in', '+', '[Shift]++', () => chart.current?.zoomIn()),
    onChart('chart.zoom-out', 'Zoom out', '-', '-', () => chart.current?.zoomOut()),
    onChart('chart.zoom-reset', 'Zoom to 100 %', '0', '0', () => chart.current?.zoomReset()),
    onChart('chart.lay-out', 'Lay out again', '1', '1', () => chart.current?.layOut()),
    onChart('chart.hub', 'Go to the entity with most links', 'Home', 'Home', () => chart.current?.goToHub()),
    ...ARROWS.map(([direction, key]) => ({
      ...onChart(`chart.walk-${direction}`, `Walk along a link: ${direction}`, key, key, () =>
        chart.current?.walk(direction),
      ),
      isKeyOnly: true,
    })),
    ...ARROWS.map(([direction, key]) => ({
      ...onChart(`chart.nearest-${direction}`, `Nearest entity: ${direction}`, `Alt+${key}`, `Alt+${key}`, () =>
        chart.current?.walkNearest(direction),
      ),
      isKeyOnly: true,
    })),
    ...ARROWS.map(([direction, key]) => ({
      ...onChart(`chart.pan-${direction}`, `Move the view: ${direction}`, `Ctrl+${key}`, `$mod+${key}`, () =>
        chart.current?.pan(direction),
      ),
      isKeyOnly: true,
    })),
    ...ARROWS.map(([direction, key]) => ({
      ...onChart(
        `chart.nudge-${direction}`,
        `Move the selection: ${direction}`,
        `Ctrl+Shift+${key}`,
        `$mod+Shift+${key}`,
        () => chart.current?.nudge(direction),
      ),
      isKeyOnly: true,
    })),
    {
      id: 'selection.all',
      group: 'Selection',
      label: 'Select everything shown',
      keys: 'Ctrl+A',
      binding: '$mod+a',
      where: 'chart',
      run: () => chart.current?.selectAll(),
    },
    {
      id: 'selection.neighbours',
      group: 'Selection',
      label: 'Select neighbours too',
      keys: 'Ctrl+Shift+R',
      binding: '$mod+Shift+r',
      where: 'chart',
      run: () => chart.current?.selectNeighbours(),
    },
    {
      id: 'selection.clear',
      group: 'Selection',
      label: 'Clear the selection',
      keys: 'Esc',
      binding: 'Escape',
      where: 'chart',
      run: () => store.set({ selection: [] }),
    },
  ];
}

function onChart(id: string, label: string, keys: string, binding: string, run: () => void): Command {
  return { id, group: 'Chart', label, keys, binding, where: 'chart', run };
}
