import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planReceive } from '../../../src-main/exchange/plan-receive.ts';
import type { Offered, OurKnowledge, PlanEntry } from '../../../src-main/exchange/plan-receive.ts';
import { decide, tallyInSteps } from '../../../src-main/exchange/review-choices.ts';
import { passes } from '../../../src-main/exchange/review-filter.ts';
import { indexInSteps } from '../../../src-main/exchange/review-index.ts';
import type { ReviewChoice } from '../../../src-shared/contract/review.ts';
import { runThrough } from '../../../src-shared/crypto/steps.ts';
import { AgencyId } from '../../../src-shared/domain/ids.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import { AGENCY_A, AGENCY_B, claim, entity, link, subjectId } from '../../support/records.ts';

const AGENCY_C = AgencyId.parse('c'.repeat(64));

const NOTHING: OurKnowledge = {
  us: AGENCY_A,
  holds: () => false,
  isErased: () => false,
  agencyName: (agency) => agency,
  of: () => ({ record: () => undefined, hasEntity: () => false, label: () => undefined, liveRecords: () => [] }),
};
const facts = {
  isThirdParty: (author: PlanEntry['author']) => author === AGENCY_C,
  textOf: ({ label }: PlanEntry) => label,
};

const person = (number: number, author = AGENCY_B) =>
  entity('person', { subject: subjectId(number), author, claims: [claim('name', `Person ${number}`)] });
const joins = (from: number, to: number) => link('associate-of', subjectId(from), subjectId(to), { author: AGENCY_B });

const all = (decision: ReviewChoice['decision']): ReviewChoice => ({ decision, which: { all: true } });
const items = (decision: ReviewChoice['decision'], ...named: string[]): ReviewChoice => ({
  decision,
  which: { items: named },
});
const where = (
  decision: ReviewChoice['decision'],
  filter: Extract<ReviewChoice['which'], { where: unknown }>['where'],
) => ({
  decision,
  which: { where: filter },
});

function outcome(offered: readonly Offered[], choices: readonly ReviewChoice[]) {
  const plan = planReceive(NOTHING, offered);
  const index = runThrough(indexInSteps(plan, facts.isThirdParty));
  const decided = decide(plan, index, choices, facts);
  const of = (subject: SubjectId) => decided.decisions[plan.entries.findIndex((entry) => entry.subject === subject)];
  return { plan, decided, of, tally: runThrough(tallyInSteps(plan, index, decided)) };
}

describe('choices', () => {
  test('leave undecided what none of them names, and count it', () => {
    const { of, tally } = outcome([person(1), person(2)], [items('accept', subjectId(1))]);
    expect([of(subjectId(1)), of(subjectId(2))]).toEqual(['accept', 'undecided']);
    expect(tally).toMatchObject({ accepted: { new: 1 }, undecided: { new: 1 }, held: { new: 0 } });
  });

  test('of which the last decides, a rule as well as a single item; leaving it out takes it back', () => {
    const people = [person(1), person(2), person(3, AGENCY_C)];
    const choices = [all('accept'), items('hold', subjectId(1)), where('hold', { thirdParty: true })];
    const decisions = ({ of }: ReturnType<typeof outcome>) => [1, 2, 3].map((number) => of(subjectId(number)));
    expect(decisions(outcome(people, choices))).toEqual(['hold', 'accept', 'hold']);
    expect(decisions(outcome(people, choices.slice(0, 2)))).toEqual(['hold', 'accept', 'accept']);
    expect(decisions(outcome(people, [...choices, all('undecided')]))).toEqual(['undecided', 'undecided', 'undecided']);
  });

  test('by subject are about what is said of it and all that joins it', () => {
    const choice: ReviewChoice = { decision: 'hold', which: { subject: subjectId(1) } };
    const { decided, plan } = outcome([person(1), person(2), joins(1, 2), joins(2, 2)], [all('accept'), choice]);
    const held = plan.entries.filter((_, at) => decided.decisions[at] === 'hold').map(({ kind }) => kind);
    expect(held.toSorted()).toEqual(['entity', 'link']);
  });

  test('that name what is not there are counted as missing', () => {
    expect(outcome([person(1)], [items('accept', 'nothing of it', subjectId(1))]).tally.missing).toBe(1);
  });
});

const linkOf = ({ plan, decided }: ReturnType<typeof outcome>) =>
  decided.decisions[plan.entries.findIndex(({ kind }) => kind === 'link')];

describe('a link', () => {
  const offered = [person(1), person(2), joins(1, 2)];
  const named = planReceive(NOTHING, offered).entries.find(({ kind }) => kind === 'link')?.item ?? '';

  test('brings the ends with it that nobody decided on', () => {
    const found = outcome(offered, [items('accept', named)]);
    expect([found.of(subjectId(1)), found.of(subjectId(2)), linkOf(found)]).toEqual(['accept', 'accept', 'accept']);
    expect(found.tally).toMatchObject({ alsoAccepted: 2, alsoHeld: 0, accepted: { new: 3 } });
  });

  test('stays here where an end is held, whatever was chosen for it', () => {
    const found = outcome(offered, [items('hold', subjectId(1)), items('accept', named)]);
    expect(linkOf(found)).toBe('hold');
    expect(found.tally).toMatchObject({ alsoHeld: 1, alsoAccepted: 0, accepted: { new: 0 }, held: { new: 2 } });
  });
});

test('a filter asks for all of its conditions, and within one for any of its words', () => {
  const { plan } = outcome([person(1), person(2, AGENCY_C), joins(1, 2)], []);
  const found = (filter: Parameters<typeof passes>[0]) =>
    plan.entries.filter((entry) => passes(filter, entry, facts)).length;
  expect(found({})).toBe(3);
  expect(found({ kinds: ['entity', 'case'] })).toBe(2);
  expect(found({ kinds: ['entity'], authors: [AGENCY_C] })).toBe(1);
  expect(found({ text: 'PERSON 2' })).toBe(1);
  expect(found({ states: ['changed'] })).toBe(0);
  expect(found({ protected: true })).toBe(0);
  expect(found({ rules: ['X3'] })).toBe(0);
});

const which: fc.Arbitrary<ReviewChoice['which']> = fc.oneof(
  fc.constant({ all: true } as const),
  fc
    .array(fc.integer({ min: 1, max: 6 }).map(subjectId), { minLength: 1, maxLength: 3 })
    .map((named) => ({ items: [...named] as string[] })),
  fc.integer({ min: 1, max: 6 }).map((number) => ({ subject: subjectId(number) })),
  fc.constantFrom('entity', 'link').map((kind) => ({ where: { kinds: [kind] } })),
  fc.constantFrom(AGENCY_B, AGENCY_C).map((author) => ({ where: { authors: [author] } })),
);
const choice: fc.Arbitrary<ReviewChoice> = fc
  .tuple(fc.constantFrom('accept' as const, 'hold' as const, 'undecided' as const), which)
  .map(([decision, named]) => ({ decision, which: named }));

test('whatever is chosen, records add up, no link is accepted without its ends, and what is said of a choice is what an independent reading says', () => {
  const pairs = fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })), { maxLength: 6 });
  fc.assert(
    fc.property(fc.subarray([1, 2, 3, 4, 5, 6]), pairs, fc.array(choice, { maxLength: 6 }), (people, ends, choices) => {
      const offered = [
        ...people.map((number) => person(number, number % 2 === 0 ? AGENCY_B : AGENCY_C)),
        ...ends.map(([from, to]) => joins(from, to)),
      ];
      const { plan, decided, tally } = outcome(offered, choices);
      const { accepted, held, undecided, known, refused } = tally.records;
      expect(accepted + held + undecided + known + refused).toBe(offered.length);
      const taken = new Set(
        plan.entries.filter((_, at) => decided.decisions[at] === 'accept').map(({ subject }) => subject),
      );
      for (const entry of plan.entries) {
        if (entry.kind !== 'link' || !taken.has(entry.subject)) continue;
        const offeredEnds = entry.ends?.filter((end) => people.some((number) => subjectId(number) === end)) ?? [];
        expect(offeredEnds.filter((end) => !taken.has(end))).toEqual([]);
      }
      for (const [at, entry] of plan.entries.entries()) {
        if (decided.because.has(at)) continue;
        const last = choices.findLast(({ which: named }) => names(named, entry))?.decision ?? 'undecided';
        expect(decided.decisions[at]).toBe(last);
      }
    }),
  );
});

function names(named: ReviewChoice['which'], entry: PlanEntry): boolean {
  if ('all' in named) return true;
  if ('items' in named) return named.items.includes(entry.item);
  if ('subject' in named) return [entry.subject, ...(entry.ends ?? [])].includes(named.subject);
  return (
    (named.where.kinds ?? [entry.kind]).includes(entry.kind) &&
    (named.where.authors ?? [entry.author]).includes(entry.author)
  );
}
