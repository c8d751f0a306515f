import { expect, test } from 'vitest';
import { applyWords, streamWords } from '../../../src-renderer/features/receive/plan-words.ts';
import { type ReceivePlan, StreamFinding } from '../../../src-shared/contract/views.ts';

const plan = (stream: ReceivePlan['stream'], missing: readonly number[] = []) =>
  ({ sequence: 5, stream, missing }) as unknown as ReceivePlan;

test('only the first, the next and a late file are as they should be', () => {
  expect(StreamFinding.options.filter((stream) => streamWords(plan(stream)).isFine).sort()).toEqual([
    'first',
    'late',
    'next',
  ]);
});

test('a gap names the files that did not arrive', () => {
  expect(streamWords(plan('gap', [3, 4])).text).toBe(
    'Number 5, but 3 and 4 did not arrive. You can go on; ask the sender for what is missing.',
  );
});

test('what Apply would do is one sentence, without parts that are nothing', () => {
  expect(applyWords({ new: 41, changed: 12, conflicting: 5, leftOut: 3 })).toBe(
    'Adds 41 items, adds to 12 items that we hold, puts 5 other views beside ours and leaves 3 items out.',
  );
  expect(applyWords({ new: 1, changed: 0, conflicting: 0, leftOut: 0 })).toBe('Adds 1 item.');
  expect(applyWords({ new: 0, changed: 0, conflicting: 0, leftOut: 0 })).toBe('Nothing is accepted.');
});
