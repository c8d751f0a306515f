import { expect, test } from 'vitest';
import { announcement } from '../../../src-renderer/features/chart/announce.ts';
import { chartElements } from '../../../src-renderer/features/chart/chart-elements.ts';
import { entity, link, subject } from './chart-builders.ts';

const emil = entity(1, {
  label: 'Emil Balan',
  subjectCategory: 'suspect',
  conflicts: 1,
  withheld: 2,
  isProtected: false,
});
const people = [emil, entity(2, { label: 'Dana Velic' })];
const links = [link(1, 1, 2, { type: 'called', confidence: 'confirmed' })];
const elements = chartElements(people, links);

test('an entity is announced by name, kind, links, and what is peculiar about it', () => {
  expect(announcement([subject(1)], people, links, elements)).toBe(
    'Emil Balan, Suspect, 1 link, statements disagree, 2 details withheld',
  );
});

test('a link is announced as a sentence', () => {
  expect(announcement([subject(1001)], people, links, elements)).toBe('Emil Balan called Dana Velic, confirmed');
});

test('several are counted, and nothing is announced when nothing is selected', () => {
  expect(announcement([subject(1), subject(2)], people, links, elements)).toBe('2 selected');
  expect(announcement([], people, links, elements)).toBe('');
});
