import { expect, test } from 'vitest';
import { positionInStream } from '../../../src-main/exchange/stream.ts';

const seen = (...rows: [number, string][]) => rows.map(([sequence, manifest]) => ({ sequence, manifest }));

test('[B8] the first bundle of a stream', () => {
  expect(positionInStream({ sequence: 1, hash: 'a' }, [])).toEqual({ finding: 'first', missing: [] });
});
test('[B8] the next one', () => {
  expect(positionInStream({ sequence: 2, hash: 'b' }, seen([1, 'a']))).toEqual({ finding: 'next', missing: [] });
});
test('[B8] a gap names the missing numbers', () => {
  expect(positionInStream({ sequence: 4, hash: 'd' }, seen([1, 'a']))).toEqual({ finding: 'gap', missing: [2, 3] });
});
test('[B8] the same bundle again is a replay', () => {
  expect(positionInStream({ sequence: 1, hash: 'a' }, seen([1, 'a'], [2, 'b'])).finding).toBe('replay');
});
test('[B8] two manifests with one number are a fork, not a replay', () => {
  expect(positionInStream({ sequence: 1, hash: 'x' }, seen([1, 'a'])).finding).toBe('fork');
});
test('[B8] an older one that we missed is older, and fills its gap', () => {
  expect(positionInStream({ sequence: 2, hash: 'b' }, seen([1, 'a'], [3, 'c']))).toEqual({
    finding: 'older',
    missing: [],
  });
});
test('[B8] a huge number does not list what is missing for ever', () => {
  expect(positionInStream({ sequence: 2 ** 31 - 1, hash: 'z' }, []).missing).toHaveLength(100);
});
