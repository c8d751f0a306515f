import cytoscape, { type Core } from 'cytoscape';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { dressGradually } from '../../../src-renderer/features/chart/dress-gradually.ts';
import type { Emphasis } from '../../../src-renderer/features/chart/emphasis.ts';

const waiting = new Map<number, () => void>();
let asked = 0;

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', (work: () => void) => {
    waiting.set(++asked, work);
    return asked;
  });
  vi.stubGlobal('cancelAnimationFrame', (id: number) => void waiting.delete(id));
});

afterEach(() => {
  waiting.clear();
  vi.unstubAllGlobals();
});

/** One frame of the page; false when nothing waits for it. */
function frame(): boolean {
  const works = [...waiting.values()];
  waiting.clear();
  for (const work of works) work();
  return works.length > 0;
}

function drawing(size: number): Core {
  return cytoscape({ headless: true, elements: Array.from({ length: size }, (_, i) => ({ data: { id: `e${i}` } })) });
}

const emphasis = (more: Partial<Emphasis>): Emphasis => ({ gone: new Set(), dim: new Set(), lit: new Set(), ...more });
const all = (chart: Core) => new Set(chart.elements().map((element) => element.id()));
const having = (chart: Core, name: string) => chart.elements(`.${name}`).length;

test('a drawing is dimmed a slice a frame, and whoever waits for the end hears of it once', () => {
  const chart = drawing(100);
  const done = vi.fn<() => void>();
  const dressing = dressGradually(chart, done);
  dressing.dress(emphasis({ dim: all(chart) }));
  expect(having(chart, 'dim')).toBe(24);
  expect(done).not.toHaveBeenCalled();
  for (const dimmed of [48, 72, 96, 100]) {
    frame();
    expect(having(chart, 'dim')).toBe(dimmed);
  }
  expect(done).toHaveBeenCalledTimes(1);
  expect(frame()).toBe(false);
});

test('a large drawing takes no more than twenty frames', () => {
  const chart = drawing(4000);
  dressGradually(chart, () => undefined).dress(emphasis({ gone: all(chart) }));
  let frames = 1;
  while (frame()) frames += 1;
  expect(frames).toBe(20);
  expect(having(chart, 'gone')).toBe(4000);
});

test('another emphasis half-way is what the drawing ends with', () => {
  const chart = drawing(100);
  const dressing = dressGradually(chart, () => undefined);
  dressing.dress(emphasis({ dim: all(chart) }));
  frame();
  dressing.dress(emphasis({ lit: new Set(['e1']) }));
  while (frame());
  expect([having(chart, 'dim'), having(chart, 'lit')]).toEqual([0, 1]);
});

test('whoever measures the drawing finds it finished; nothing comes after it was cancelled', () => {
  const chart = drawing(100);
  const dressing = dressGradually(chart, () => undefined);
  dressing.dress(emphasis({ gone: all(chart) }));
  dressing.finish();
  expect(having(chart, 'gone')).toBe(100);
  dressing.dress(emphasis({}));
  dressing.cancel();
  expect(frame()).toBe(false);
  expect(having(chart, 'gone')).toBe(76);
});
