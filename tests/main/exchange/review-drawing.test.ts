import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planReceive } from '../../../src-main/exchange/plan-receive.ts';
import type { Offered, OurKnowledge, PlanEntry } from '../../../src-main/exchange/plan-receive.ts';
import { decideInSteps, tallyInSteps } from '../../../src-main/exchange/review-choices.ts';
import { drawingInSteps } from '../../../src-main/exchange/review-drawing.ts';
import { isNarrower, passingInSteps } from '../../../src-main/exchange/review-filter.ts';
import { indexInSteps } from '../../../src-main/exchange/review-index.ts';
import { MOST_PREVIEWED } from '../../../src-shared/contract/review.ts';
import type { ReviewFilter } from '../../../src-shared/contract/review.ts';
import { runThrough } from '../../../src-shared/crypto/steps.ts';
import { AGENCY_A, AGENCY_B, claim, entity, link, subjectId } from '../../support/records.ts';

const NOTHING: OurKnowledge = {
  us: AGENCY_A,
  holds: () => false,
  isErased: () => false,
  agencyName: (agency) => agency,
  of: () => ({ record: () => undefined, hasEntity: () => false, label: () => undefined, liveRecords: () => [] }),
};
const facts = { isThirdParty: () => false, textOf: ({ label }: PlanEntry) => label };

const person = (number: number) =>
  entity('person', { subject: subjectId(number), author: AGENCY_B, claims: [claim('name', `Person ${number}`)] });
const joins = (from: number, to: number) => link('associate-of', subjectId(from), subjectId(to), { author: AGENCY_B });

function reviewOf(offered: readonly Offered[]) {
  const plan = planReceive(NOTHING, offered);
  return { plan, index: runThrough(indexInSteps(plan, facts.isThirdParty)) };
}

function passing({ plan, index }: ReturnType<typeof reviewOf>, filter: ReviewFilter = {}) {
  return runThrough(passingInSteps(plan, index, facts, filter));
}

function drawing(review: ReturnType<typeof reviewOf>, focus: readonly string[] = []) {
  return runThrough(drawingInSteps(review.plan, review.index, passing(review), new Set(focus)));
}

const numbers = (from: number, count: number) => Array.from({ length: count }, (_, at) => from + at);
const MANY = MOST_PREVIEWED.entities + 100;

describe('what is drawn of a review', () => {
  test('is all of it where it is little, links with ends that are not offered included', () => {
    const { entities, links, total } = drawing(reviewOf([person(1), person(2), joins(1, 9)]));
    expect([...entities].toSorted()).toEqual([1, 2, 9].map(subjectId).toSorted());
    expect(links).toHaveLength(1);
    expect(total).toEqual({ entities: 3, links: 1, others: 0 });
  });

  test('of much is who has most links, with what it is linked to, and never more than a drawing takes', () => {
    const hub = MANY - 1;
    const review = reviewOf([...numbers(1, MANY).map(person), ...numbers(1, 6).map((other) => joins(hub, other))]);
    const { entities, links, total } = drawing(review);
    expect(entities.size).toBe(MOST_PREVIEWED.entities);
    expect([...entities].slice(0, 7)).toEqual([hub, 1, 2, 3, 4, 5, 6].map(subjectId));
    expect(links).toHaveLength(6);
    expect(total).toEqual({ entities: MANY, links: 6, others: 0 });
  });

  test('begins with what was asked for, then what contradicts or adds to what we hold', () => {
    const [known, asked] = [MANY - 2, MANY - 1];
    const ours = person(known);
    const knowing: OurKnowledge = {
      ...NOTHING,
      of: () => ({
        record: () => undefined,
        hasEntity: (subject) => subject === subjectId(known),
        label: (subject) => (subject === subjectId(known) ? 'Person' : undefined),
        liveRecords: (subject) => (subject === subjectId(known) ? [ours] : []),
      }),
    };
    const more = entity('person', { subject: subjectId(known), author: AGENCY_B, claims: [claim('alias', 'Other')] });
    const offered = [...numbers(1, MANY - 3).map(person), more, person(asked), joins(1, 2), joins(1, 3)];
    const plan = planReceive(knowing, offered);
    const review = { plan, index: runThrough(indexInSteps(plan, facts.isThirdParty)) };
    expect([...drawing(review, [subjectId(asked)]).entities].slice(0, 3)).toEqual([asked, known, 1].map(subjectId));
  });
});

test('somebody who types on gets what an independent search gets', () => {
  const review = reviewOf([...numbers(1, 40).map(person), joins(1, 2)]);
  const text = fc.stringMatching(/^[Pp]?(erson)? ?\d{0,2}$/);
  fc.assert(
    fc.property(text, text, (before, after) => {
      const [wide, narrow] = [{ text: before }, { text: after }];
      if (!isNarrower(narrow, wide)) return;
      const among = passing(review, wide);
      const steps = passingInSteps(review.plan, review.index, facts, narrow, among);
      expect(runThrough(steps)).toEqual(passing(review, narrow));
    }),
  );
  expect(isNarrower({ text: 'ab' }, { text: 'A' })).toBe(true);
  expect(isNarrower({ text: 'ab', kinds: ['link'] }, { text: 'a' })).toBe(false);
  expect(isNarrower({ text: 'a' }, { text: 'ab' })).toBe(false);
});

test('none of what a review is asked for looks at more than some thousand items without a pause', () => {
  const review = reviewOf(numbers(1, 10_000).map(person));
  const { plan, index } = review;
  const rule = { decision: 'accept' as const, which: { where: { text: 'Person' } } };
  const decided = runThrough(decideInSteps(plan, index, [rule], facts));
  for (const work of [
    indexInSteps(plan, facts.isThirdParty),
    passingInSteps(plan, index, facts, { text: '7' }),
    decideInSteps(plan, index, [rule], facts),
    tallyInSteps(plan, index, decided),
    drawingInSteps(plan, index, passing(review), new Set()),
  ])
    expect([...work].length).toBeGreaterThanOrEqual(3);
});
