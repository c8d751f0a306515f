import { expect, test } from 'vitest';
import { groupsOf, isLastGroup } from '../../../src-renderer/ui/recovery-key.ts';

const KEY = 'Q7KM-2PXR-8T4A-D0E1';

test('[V13] a recovery key is shown in the groups in which it is printed', () => {
  expect(groupsOf(KEY)).toEqual(['Q7KM', '2PXR', '8T4A', 'D0E1']);
});

test('[V13] its last group is recognised in any case, with O for 0 and I or L for 1', () => {
  expect(isLastGroup(KEY, 'D0E1')).toBe(true);
  expect(isLastGroup(KEY, ' doel ')).toBe(true);
  expect(isLastGroup(KEY, 'DOEI')).toBe(true);
});

test('another group, or none, is not the last one', () => {
  expect(isLastGroup(KEY, '8T4A')).toBe(false);
  expect(isLastGroup(KEY, '')).toBe(false);
  expect(isLastGroup('', '')).toBe(false);
});
