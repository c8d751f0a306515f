import type { ReviewChoice, ReviewTally } from '../../src-shared/contract/review.ts';
import { runThrough } from '../../src-shared/crypto/steps.ts';
import type { SubjectId } from '../../src-shared/domain/ids.ts';
import type { PlanEntry, ReviewPlan } from './plan-receive.ts';
import { passes } from './review-filter.ts';
import type { EntryFacts } from './review-filter.ts';
import type { ReviewIndex } from './review-index.ts';

/** What a person decided about the items of a plan: docs/manual/calls.md, "A review". Pure. */

export type Decision = ReviewChoice['decision'];

export interface Decided {
  /** In the order of the entries. What is known has none. */
  readonly decisions: readonly (Decision | undefined)[];
  readonly because: ReadonlyMap<number, 'needed' | 'end-held'>;
  readonly missing: number;
}

type Indexed = Pick<ReviewIndex, 'places' | 'ends'>;

/** Items that are passed between two looks at whether somebody else wants to be answered; fewer where each is held against rules. */
const AT_ONCE = 4096;

/**
 * The last choice that names an item decides; then links and their ends are made to agree. Pauses between slices, so that others are answered
 * meanwhile. O(items × rules + choices).
 */
export function* decideInSteps(
  { entries }: Pick<ReviewPlan, 'entries'>,
  { places, ends }: Indexed,
  choices: readonly ReviewChoice[],
  facts: EntryFacts,
): Generator<void, Decided> {
  const wanted = yield* wantedInSteps(choices, places, facts);
  const decisions = yield* lastChoices(entries, wanted, choices);
  const because = new Map<number, 'needed' | 'end-held'>();
  const isHeld = (end: SubjectId): boolean => {
    const among = ends.get(end) ?? [];
    return among.length > 0 && among.every((at) => decisions[at] === 'hold');
  };
  for (const [at, { needs }] of entries.entries()) {
    if (at % AT_ONCE === 0) yield;
    if (decisions[at] !== 'accept' || !needs.some(isHeld)) continue;
    decisions[at] = 'hold';
    because.set(at, 'end-held');
  }
  for (const [at, { needs }] of entries.entries()) {
    if (at % AT_ONCE === 0) yield;
    if (decisions[at] !== 'accept') continue;
    for (const end of needs) {
      const among = ends.get(end) ?? [];
      if (among.some((one) => decisions[one] === 'accept')) continue;
      const first = among.find((one) => decisions[one] === 'undecided');
      if (first === undefined) continue;
      decisions[first] = 'accept';
      because.set(first, 'needed');
    }
  }
  return { decisions, because, missing: wanted.missing };
}

/** `decideInSteps` without a pause. */
export function decide(
  plan: Pick<ReviewPlan, 'entries'>,
  index: Indexed,
  choices: readonly ReviewChoice[],
  facts: EntryFacts,
): Decided {
  return runThrough(decideInSteps(plan, index, choices, facts));
}

const NONE = { new: 0, changed: 0, conflicting: 0 };

/** What a decision adds up to, in items by state and in records. O(items). */
export function* tallyInSteps(
  plan: ReviewPlan,
  { places }: Pick<ReviewIndex, 'places'>,
  { decisions, because, missing }: Decided,
): Generator<void, Omit<ReviewTally, 'decisions'>> {
  const tally = { accept: { ...NONE }, hold: { ...NONE }, undecided: { ...NONE } };
  const records = { accepted: 0, held: 0, undecided: 0, known: 0, refused: plan.refused.length };
  const field = { accept: 'accepted', hold: 'held', undecided: 'undecided' } as const;
  let erasures = 0;
  let into: SubjectId | undefined;
  for (const [at, { kind, state, news, offered, sideOf, subject }] of plan.entries.entries()) {
    if (at % AT_ONCE === 0) yield;
    records.known += offered.length - news.length;
    const decision = decisions[at];
    if (kind === 'case' && (decision === 'accept' || state === 'known')) into ??= subject;
    if (decision === undefined || state === 'known') continue;
    // one conflict, unless its sides are decided apart
    if (sideOf === undefined || decisions[places.get(sideOf) ?? -1] !== decision) tally[decision][state] += 1;
    records[field[decision]] += news.length;
    if (decision === 'accept' && kind === 'retract') erasures += offered.filter(isErasure).length;
  }
  const reasons = [...because.values()];
  return {
    accepted: tally.accept,
    held: tally.hold,
    undecided: tally.undecided,
    records,
    alsoAccepted: reasons.filter((reason) => reason === 'needed').length,
    alsoHeld: reasons.filter((reason) => reason === 'end-held').length,
    erasures,
    missing,
    ...(into !== undefined && { case: into }),
  };
}

function isErasure({ record }: PlanEntry['offered'][number]): boolean {
  return record.kind === 'retract' && record.action === 'erase';
}

interface Wanted {
  /** By the place of an item, and by subject: the last choice that names it. */
  readonly items: ReadonlyMap<number, number>;
  readonly subjects: ReadonlyMap<SubjectId, number>;
  /** The last one first; none that a later one says again. */
  readonly rules: readonly Rule[];
  readonly missing: number;
}

interface Rule {
  readonly at: number;
  readonly fits: (entry: PlanEntry) => boolean;
}

/** Choices that are read between two such looks: each may name a thousand items. */
const CHOICES_AT_ONCE = 16;

function* wantedInSteps(
  choices: readonly ReviewChoice[],
  places: Indexed['places'],
  facts: EntryFacts,
): Generator<void, Wanted> {
  const items = new Map<number, number>();
  const missing = new Set<string>();
  const subjects = new Map<SubjectId, number>();
  const rules = new Map<string, Rule>();
  for (const [at, { which }] of choices.entries()) {
    if (at % CHOICES_AT_ONCE === 0) yield;
    if ('subject' in which) subjects.set(which.subject, at);
    else if ('items' in which)
      for (const item of which.items) {
        const place = places.get(item);
        if (place === undefined) missing.add(item);
        else items.set(place, at);
      }
    else {
      if ('all' in which) rules.clear();
      const key = JSON.stringify(which);
      rules.delete(key);
      rules.set(key, { at, fits: 'all' in which ? () => true : (entry) => passes(which.where, entry, facts) });
    }
  }
  return { items, subjects, rules: [...rules.values()].toReversed(), missing: missing.size };
}

function* lastChoices(
  entries: readonly PlanEntry[],
  { items, subjects, rules }: Wanted,
  choices: readonly ReviewChoice[],
): Generator<void, (Decision | undefined)[]> {
  const atOnce = Math.max(64, Math.floor(AT_ONCE / (1 + rules.length)));
  // what is chosen for a conflict is chosen for all of its sides, until one of them is named
  const leads = yield* leadChoices(entries, items);
  const decisions: (Decision | undefined)[] = [];
  for (const [at, entry] of entries.entries()) {
    if (at % atOnce === 0) yield;
    if (entry.state === 'known') {
      decisions.push(undefined);
      continue;
    }
    const named = Math.max(items.get(at) ?? -1, leads.get(entry.sideOf ?? '') ?? -1, lastAbout(entry, subjects));
    const last = rules.find((rule) => rule.at > named && rule.fits(entry))?.at ?? named;
    decisions.push(choices[last]?.decision ?? 'undecided');
  }
  return decisions;
}

/** What was chosen for items that stand for a conflict. */
function* leadChoices(
  entries: readonly PlanEntry[],
  items: Wanted['items'],
): Generator<void, ReadonlyMap<string, number>> {
  const leads = new Map<string, number>();
  let count = 0;
  for (const [place, at] of items) {
    if (count++ % AT_ONCE === 0) yield;
    const entry = entries[place];
    if (entry?.sides !== undefined) leads.set(entry.item, at);
  }
  return leads;
}

function lastAbout({ subject, ends }: PlanEntry, subjects: Wanted['subjects']): number {
  if (subjects.size === 0) return -1;
  const own = subjects.get(subject) ?? -1;
  return ends === undefined ? own : Math.max(own, subjects.get(ends[0]) ?? -1, subjects.get(ends[1]) ?? -1);
}
