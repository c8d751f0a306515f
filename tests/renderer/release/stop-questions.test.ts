import { expect, test } from 'vitest';
import { questionsOf } from '../../../src-renderer/features/release/stop-questions.ts';
import type { Stop } from '../../../src-renderer/features/release/release-request.ts';
import { AgencyId } from '../../../src-shared/domain/ids.ts';

const B = AgencyId.parse('b'.repeat(64));
const C = AgencyId.parse('c'.repeat(64));

test('what a partner gets for the first time is one question a partner, and every caveat one of its own', () => {
  const stops: Stop[] = [
    { rule: 'P10', key: 'P10', answerable: false },
    { rule: 'P19', key: 'P19 H3 aa', answerable: true, words: 'Ask first.', count: 2 },
    { rule: 'P20', key: `P20 ${B} entity:person`, answerable: true, agency: B, class: 'entity:person' },
    { rule: 'P20', key: `P20 ${B} assessment`, answerable: true, agency: B, class: 'assessment' },
    { rule: 'P20', key: `P20 ${C} entity:phone`, answerable: true, agency: C, class: 'entity:phone' },
  ];
  const questions = questionsOf(stops, []);
  expect(questions.map(({ keys }) => keys)).toEqual([
    ['P19 H3 aa'],
    [`P20 ${B} entity:person`, `P20 ${B} assessment`],
    [`P20 ${C} entity:phone`],
  ]);
  expect(questions[0]).toMatchObject({ quote: 'Ask first.', sentence: '2 records have this caveat, and it is kept:' });
  expect(questions[1]?.sentence).toContain('persons and an assessment that is no fact');
  const keys = new Set(questions.flatMap((question) => question.keys));
  expect(keys).toEqual(new Set(stops.filter(({ answerable }) => answerable).map(({ key }) => key)));
});
