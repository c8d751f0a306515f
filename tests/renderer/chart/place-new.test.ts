import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Spot, placeNew } from '../../../src-renderer/features/chart/place-new.ts';

const placed = new Map<string, Spot>([
  ['a', { x: 0, y: 0 }],
  ['b', { x: 600, y: 0 }],
]);

test('a new entity stands beside the one it is linked to', () => {
  const spot = placeNew(placed, ['new'], [{ source: 'new', target: 'b' }]).get('new') ?? { x: 0, y: 0 };
  expect(Math.hypot(spot.x - 600, spot.y)).toBeLessThan(150);
});

test('a new entity linked to nothing on the chart stands below the drawing', () => {
  expect(placeNew(placed, ['new'], []).get('new')?.y).toBeGreaterThan(0);
});

test('a chain of new entities hangs together', () => {
  const links = [
    { source: 'a', target: 'one' },
    { source: 'one', target: 'two' },
  ];
  const spots = placeNew(placed, ['one', 'two'], links);
  const [one, two] = [spots.get('one'), spots.get('two')];
  expect(Math.hypot((one?.x ?? 0) - (two?.x ?? 0), (one?.y ?? 0) - (two?.y ?? 0))).toBeLessThan(250);
});

test('new entities stand clear of everything, and only they are placed', () => {
  const crowd = fc.array(
    fc.record({ x: fc.integer({ min: -200, max: 200 }), y: fc.integer({ min: -200, max: 200 }) }),
    {
      minLength: 1,
      maxLength: 30,
    },
  );
  fc.assert(
    fc.property(crowd, fc.integer({ min: 1, max: 12 }), (spots, many) => {
      const before = new Map(spots.map((spot, index) => [`old ${index}`, spot]));
      const added = Array.from({ length: many }, (_, index) => `new ${index}`);
      const placedNow = placeNew(
        before,
        added,
        added.map((id) => ({ source: id, target: 'old 0' })),
      );
      expect([...placedNow.keys()]).toEqual(added);
      for (const [id, one] of placedNow) {
        for (const [other, spot] of [...before, ...placedNow]) {
          if (id !== other) expect(Math.hypot(one.x - spot.x, one.y - spot.y)).toBeGreaterThanOrEqual(60);
        }
      }
    }),
  );
});

test('an empty chart takes new entities as well', () => {
  expect(placeNew(new Map(), ['one', 'two'], []).size).toBe(2);
});
