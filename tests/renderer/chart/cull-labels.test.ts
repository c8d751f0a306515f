import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LabelBox, culledLabels } from '../../../src-renderer/features/chart/cull-labels.ts';

const box = (id: string, x: number, priority = 0): LabelBox => ({ id, x, y: 0, width: 40, height: 14, priority });

test('no two labels that stay overlap, and each that goes is covered by a more important one', () => {
  fc.assert(
    fc.property(anyBoxes(), (boxes) => {
      const culled = culledLabels(boxes);
      const kept = boxes.filter(({ id }) => !culled.has(id));
      for (const one of kept) {
        for (const other of kept) if (one.id !== other.id) expect(overlaps(one, other)).toBe(false);
      }
      for (const gone of boxes.filter(({ id }) => culled.has(id))) {
        expect(kept.some((other) => overlaps(gone, other) && other.priority >= gone.priority)).toBe(true);
      }
    }),
  );
});

test('the order in which labels come does not matter', () => {
  fc.assert(
    fc.property(anyBoxes(), (boxes) => {
      expect(culledLabels(boxes.toReversed())).toEqual(culledLabels(boxes));
    }),
  );
});

test('a lesser label gives way to the picture of another entity, an important one does not', () => {
  const picture = box('other', 10);
  expect(culledLabels([box('one', 0)], [picture], 5)).toEqual(new Set(['one']));
  expect(culledLabels([box('one', 0, 5)], [picture], 5)).toEqual(new Set());
});

test('a label does not give way to its own picture', () => {
  expect(culledLabels([box('one', 0)], [box('one', 0)], 5)).toEqual(new Set());
});

function overlaps(one: LabelBox, other: LabelBox): boolean {
  const left = Math.max(one.x - one.width / 2, other.x - other.width / 2);
  const right = Math.min(one.x + one.width / 2, other.x + other.width / 2);
  return left < right && Math.max(one.y, other.y) < Math.min(one.y + one.height, other.y + other.height);
}

function anyBoxes(): fc.Arbitrary<LabelBox[]> {
  const size = { width: fc.integer({ min: 5, max: 220 }), height: fc.integer({ min: 8, max: 30 }) };
  const place = { x: fc.integer({ min: -300, max: 300 }), y: fc.integer({ min: -300, max: 300 }) };
  const one = fc.record({ id: fc.uuid(), priority: fc.nat({ max: 3 }), ...size, ...place });
  return fc.uniqueArray(one, { selector: ({ id }) => id, maxLength: 40 });
}
