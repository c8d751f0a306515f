import { expect, test } from 'vitest';
import { SearchRequest } from '../../../src-shared/contract/views.ts';
import { NO_WISH, changed, isLimited, requestOf, withMore } from '../../../src-renderer/features/search/search-wish.ts';

test('nothing typed asks for nothing, whatever it is limited to', () => {
  expect(requestOf(NO_WISH)).toBeUndefined();
  expect(requestOf({ ...NO_WISH, text: '  ', types: ['person'] })).toBeUndefined();
});

test('a wish becomes what the contract takes, and what is no date yet limits nothing', () => {
  const wish = {
    ...NO_WISH,
    text: ' wrob ',
    types: ['person'],
    grades: ['europol-4x4:B2'],
    from: '2024-05',
    to: '202',
  };
  expect(requestOf(wish)).toEqual({
    text: 'wrob',
    limit: 50,
    types: ['person'],
    grades: ['europol-4x4:B2'],
    from: '2024-05',
  });
  expect(SearchRequest.safeParse(requestOf(wish)).success).toBe(true);
  expect([isLimited(NO_WISH), isLimited(wish), isLimited({ ...NO_WISH, to: '202' })]).toEqual([false, true, false]);
});

test('more is asked for in pages up to the most there can be, and another wish begins anew', () => {
  const many = Array.from({ length: 20 }).reduce<typeof NO_WISH>((wish) => withMore(wish), { ...NO_WISH, text: 'a' });
  expect(many.limit).toBe(500);
  expect(changed(many, { text: 'an' })).toEqual({ ...NO_WISH, text: 'an' });
});
