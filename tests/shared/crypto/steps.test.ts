import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eachInSteps, runThrough, sortedInSteps } from '../../../src-shared/crypto/steps.ts';

const byKey = (one: { readonly key: number }, other: { readonly key: number }): number => one.key - other.key;

test('items are put in order as a stable sort does it, whatever their number', () => {
  const item = fc.record({ key: fc.nat(50), place: fc.nat() });
  fc.assert(
    fc.property(fc.array(item, { maxLength: 5000, size: 'max' }), (items) => {
      expect(runThrough(sortedInSteps('order', items, byKey))).toEqual(items.toSorted(byKey));
    }),
    { numRuns: 20 },
  );
});

test('work pauses after so many units, not after so many items', () => {
  const items = Array.from({ length: 5000 }, (_, i) => i);
  const pausesOf = (units: number): number => [...eachInSteps('work', items, () => units)].length;
  expect([pausesOf(0), pausesOf(1), pausesOf(1024)]).toEqual([0, 4, 5000]);
});

test('a sort pauses after at most eight thousand comparisons', () => {
  const items = Array.from({ length: 50_000 }, (_, i) => (i * 7919) % 50_000);
  let since = 0;
  let longest = 0;
  const compare = (one: number, other: number): number => {
    since += 1;
    longest = Math.max(longest, since);
    return one - other;
  };
  for (const [stage] of sortedInSteps('order', items, compare)) since = stage === 'order' ? 0 : since;
  expect(longest).toBeLessThanOrEqual(8192);
});
