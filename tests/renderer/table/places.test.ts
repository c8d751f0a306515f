import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PIECE, pieceFor, placesToDraw } from '../../../src-renderer/features/table/places.ts';

test('the piece that is read holds the rows in sight, wherever they are', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), (from) => {
      const at = pieceFor(from);
      expect(at).toBeLessThanOrEqual(from);
      expect(from - at).toBeLessThan(PIECE / 2);
    }),
  );
});

test('the rows that are drawn are those in sight and the active one, in order', () => {
  expect(placesToDraw({ from: 3, to: 6 }, 4, 10)).toEqual([3, 4, 5]);
  expect(placesToDraw({ from: 3, to: 6 }, 0, 10)).toEqual([0, 3, 4, 5]);
  expect(placesToDraw({ from: 3, to: 6 }, 299_999, 300_000)).toEqual([3, 4, 5, 299_999]);
  expect(placesToDraw({ from: 0, to: 0 }, 0, 0)).toEqual([]);
});
