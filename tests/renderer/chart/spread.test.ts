import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spreadTo } from '../../../src-renderer/features/chart/spread.ts';

test('a square layout takes the shape of a wide canvas', () => {
  const corners = [
    { id: 'a', x: 0, y: 0 },
    { id: 'b', x: 1000, y: 0 },
    { id: 'c', x: 0, y: 1000 },
    { id: 'd', x: 1000, y: 1000 },
  ];
  const spread = spreadTo(corners, 2);
  const width = Math.max(...spread.map(({ x }) => x)) - Math.min(...spread.map(({ x }) => x));
  const height = Math.max(...spread.map(({ y }) => y)) - Math.min(...spread.map(({ y }) => y));
  expect(width / height).toBeCloseTo(2, 1);
});

test('entities on one spot are moved apart, none is lost', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 30 }), (count) => {
      const heap = Array.from({ length: count }, (_, index) => ({ id: `${index}`, x: 5, y: 5 }));
      const spread = spreadTo(heap, 1.3);
      expect(new Set(spread.map(({ id }) => id)).size).toBe(count);
      expect(new Set(spread.map(({ x, y }) => `${x.toFixed(3)} ${y.toFixed(3)}`)).size).toBe(count);
    }),
  );
});
