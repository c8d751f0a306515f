import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newHeldIds } from '../../../src-main/store/held-ids.ts';
import { addNumber, hasNumber, newNumberSet, numbersOf } from '../../../src-main/store/number-set.ts';

/** Few different beginnings, so that ids with the same 64 bits meet. */
const id = fc
  .tuple(fc.nat(3), fc.nat(5))
  .map(([start, end]) => Uint8Array.from({ length: 32 }, (_, i) => (i < 8 ? start : end)));

test('[V73] ids held in memory answer as a map of whole ids does, also where 64 bits agree', () => {
  fc.assert(
    fc.property(fc.array(id), (ids) => {
      const byRid = new Map<number, Uint8Array>();
      const held = newHeldIds((rid, asked) => Buffer.compare(byRid.get(rid) ?? new Uint8Array(), asked) === 0);
      const expected = new Map<string, number>();
      for (const each of ids) {
        const key = Buffer.from(each).toString('hex');
        expect(held.find(each)).toBe(expected.get(key));
        if (expected.has(key)) continue;
        const rid = expected.size + 1;
        byRid.set(rid, each);
        expected.set(key, rid);
        held.add(each, rid);
      }
    }),
  );
});

test('[V73] nothing is lost when the places are doubled', () => {
  const ids = Array.from({ length: 100_000 }, (_, i) => {
    const bytes = Buffer.alloc(32);
    bytes.writeDoubleBE(Math.sin(i));
    bytes.writeUInt32BE(i, 4);
    return bytes;
  });
  const held = newHeldIds((rid, asked) => ids[rid - 1]?.equals(asked) === true);
  ids.forEach((each, i) => held.add(each, i + 1));
  expect(ids.every((each, i) => held.find(each) === i + 1)).toBe(true);
  expect(held.find(Buffer.alloc(32, 9))).toBeUndefined();
});

test('a set of numbers is a set of numbers', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(100_000)), (numbers) => {
      const set = newNumberSet();
      for (const number of numbers) addNumber(set, number);
      expect([...numbersOf(set)]).toEqual([...new Set(numbers)].toSorted((one, other) => one - other));
      expect(set.size).toBe(new Set(numbers).size);
      expect(numbers.every((number) => hasNumber(set, number))).toBe(true);
      expect(hasNumber(set, 200_000)).toBe(false);
    }),
  );
});
