import { expect, test } from 'vitest';
import { biggestHub, stepTo } from '../../../src-renderer/features/chart/walk.ts';

const here = { id: 'here', x: 0, y: 0 };
const right = { id: 'right', x: 100, y: 10 };
const farRight = { id: 'far', x: 400, y: 0 };
const below = { id: 'below', x: 10, y: 80 };

test('a step goes to what lies in its direction', () => {
  expect(stepTo(here, [right, below], 'right')).toBe(right);
  expect(stepTo(here, [right, below], 'down')).toBe(below);
});

test('a step goes to the near one', () => {
  expect(stepTo(here, [farRight, right], 'right')).toBe(right);
});

test('a step where nothing lies goes nowhere', () => {
  expect(stepTo(here, [right, below], 'left')).toBeUndefined();
  expect(stepTo(here, [here], 'left')).toBeUndefined();
  expect(stepTo(here, [below], 'right')).toBeUndefined();
});

test('a walk begins at the entity with most links, and of two at the one with the smaller id', () => {
  const nodes = [
    { id: 'c', degree: 3 },
    { id: 'b', degree: 9 },
    { id: 'a', degree: 9 },
  ];
  expect(biggestHub(nodes)).toBe('a');
  expect(biggestHub([])).toBeUndefined();
});
