import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderOfHashes } from '../../../src-shared/crypto/sort-hashes.ts';

const digits = fc
  .array(
    fc.nat({ max: 15 }).map((digit) => digit.toString(16)),
    { minLength: 64, maxLength: 64 },
  )
  .map((list) => list.join(''));
/** Some begin alike, as somebody may have made them. */
const alike = digits.map((hash) => `deadbeef${hash.slice(8)}`);

test('hashes are put into the order in which their texts stand, those too that begin alike or are the same', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(digits, alike, fc.constantFrom('0'.repeat(64), 'f'.repeat(64)))), (hashes) => {
      const order = [...orderOfHashes(hashes)];
      expect(order.map((place) => hashes[place])).toEqual(hashes.toSorted());
      expect(order.toSorted((one, other) => one - other)).toEqual(hashes.map((_, place) => place));
    }),
    { numRuns: 200 },
  );
});
