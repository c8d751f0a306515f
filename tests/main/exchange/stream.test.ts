import { expect, test } from 'vitest';
import { positionInStream } from '../../../src-main/exchange/stream.ts';

const at = (sequence: number, hash: string, previous: string | null = null) => ({ sequence, hash, previous });
const seen = (...rows: [number, string][]) => rows.map(([sequence, manifest]) => ({ sequence, manifest }));

test('[B8] the first bundle of a stream', () => {
  expect(positionInStream(at(1, 'a'), [])).toEqual({ finding: 'first', missing: [] });
});
test('[B8] the next one', () => {
  expect(positionInStream(at(2, 'b', 'a'), seen([1, 'a']))).toEqual({ finding: 'next', missing: [] });
});
test('[B8] a gap names the missing numbers', () => {
  expect(positionInStream(at(4, 'd'), seen([1, 'a']))).toEqual({ finding: 'gap', missing: [2, 3] });
});
test('[B8] the same bundle again is a replay', () => {
  expect(positionInStream(at(1, 'a'), seen([1, 'a'], [2, 'b'])).finding).toBe('replay');
});
test('[B8] two manifests with one number are a fork, not a replay', () => {
  expect(positionInStream(at(1, 'x'), seen([1, 'a'])).finding).toBe('fork');
});
test('[B8] an older one that we missed is older, and fills its gap', () => {
  expect(positionInStream(at(2, 'b', 'a'), seen([1, 'a'], [3, 'c']))).toEqual({
    finding: 'older',
    missing: [],
  });
});
test('[B8] a huge number does not list what is missing for ever', () => {
  expect(positionInStream(at(2 ** 31 - 1, 'z'), []).missing).toHaveLength(100);
});
test('[B8] one that follows another manifest than we have seen is a fork: there are two of the one before', () => {
  expect(positionInStream(at(2, 'b', 'x'), seen([1, 'a'])).finding).toBe('fork');
  expect(positionInStream(at(3, 'c', 'x'), seen([1, 'a'])).finding).toBe('gap');
  expect(positionInStream(at(2, 'b', 'x'), seen([1, 'a'], [1, 'x'])).finding).toBe('next');
});
