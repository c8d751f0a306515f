import cytoscape from 'cytoscape';
import { expect, test } from 'vitest';
import { keepFitted } from '../../../src-renderer/features/chart/keep-fitted.ts';

function drawing() {
  const chart = cytoscape({
    headless: true,
    styleEnabled: true,
    elements: [
      { data: { id: 'a' }, position: { x: 0, y: 0 } },
      { data: { id: 'b' }, position: { x: 400, y: 300 } },
    ],
  });
  return { chart, view: () => ({ zoom: chart.zoom(), ...chart.pan() }), ...keepFitted(chart) };
}

test('a fitted drawing is fitted again when its element changes size', () => {
  const { chart, view, fit } = drawing();
  fit();
  const fitted = view();
  chart.viewport({ zoom: 3, pan: { x: 1, y: 2 } });
  chart.emit('resize');
  expect(view()).toEqual(fitted);
});

test('a fitted drawing is in the middle and all of it in sight', () => {
  const { chart, fit } = drawing();
  fit();
  const { x1, y1, x2, y2 } = chart.elements().renderedBoundingBox({});
  expect(x1 + x2).toBeCloseTo(chart.width());
  expect(y1 + y2).toBeCloseTo(chart.height());
  expect(x2 - x1).toBeLessThan(chart.width() + 0.01);
});

test('what was fitted is fitted again: a selection stays the selection', () => {
  const { chart, view, fit } = drawing();
  fit(['a']);
  const fitted = view();
  chart.viewport({ zoom: 3, pan: { x: 1, y: 2 } });
  chart.emit('resize');
  expect(view()).toEqual(fitted);
});

test.each(['dragpan', 'scrollzoom', 'pinchzoom'])('after a %s by hand the view is left alone', (gesture) => {
  const { chart, view, fit } = drawing();
  fit();
  chart.viewport({ zoom: 3, pan: { x: 1, y: 2 } });
  chart.emit(gesture);
  chart.emit('resize');
  expect(view()).toEqual({ zoom: 3, x: 1, y: 2 });
});

test('a view that was released is left alone, and a drawing that was never fitted too', () => {
  const { chart, view, fit, release } = drawing();
  chart.viewport({ zoom: 3, pan: { x: 1, y: 2 } });
  chart.emit('resize');
  expect(view()).toEqual({ zoom: 3, x: 1, y: 2 });
  fit();
  release();
  const fitted = view();
  chart.zoom(2);
  chart.emit('resize');
  expect(view()).not.toEqual(fitted);
});
