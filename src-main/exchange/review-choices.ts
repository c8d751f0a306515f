import type { ReviewChoice, ReviewFilter, ReviewTally } from '../../src-shared/contract/review.ts';
import type { SubjectId } from '../../src-shared/domain/ids.ts';
import type { PlanEntry, Refusal, ReviewPlan } from './plan-receive.ts';

/** What a person decided about the items of a plan: docs/manual/calls.md, "A review". Pure. */

export type Decision = ReviewChoice['decision'];

export interface Decided {
  /** In the order of the entries. What is known has none. */
  readonly decisions: readonly (Decision | undefined)[];
  readonly because: ReadonlyMap<number, 'needed' | 'end-held'>;
  readonly missing: number;
}

/** Whether an entry passes a filter. `textOf` is what a person sees as its name. */
export function passes(filter: ReviewFilter, entry: PlanEntry, facts: EntryFacts): boolean {
  const { states, kinds, types, authors, grades, rules, text } = filter;
  return (
    rules === undefined &&
    (states === undefined || states.includes(entry.state)) &&
    (kinds === undefined || kinds.includes(entry.kind)) &&
    (types === undefined || types.includes(entry.type)) &&
    (authors === undefined || authors.includes(entry.author)) &&
    (grades === undefined || entry.grades.some((grade) => grades.includes(grade))) &&
    (filter.protected === undefined || filter.protected === entry.isProtected) &&
    (filter.thirdParty === undefined || filter.thirdParty === facts.isThirdParty(entry.author)) &&
    (text === undefined || text === '' || facts.textOf(entry).toLowerCase().includes(text.toLowerCase()))
  );
}

/** A record that is refused passes what does not ask for more than its author, its rule and part of its id. */
export function passesRefused(filter: ReviewFilter, { record, author, rule }: Refusal, facts: EntryFacts): boolean {
  const { states, kinds, types, authors, grades, rules, text } = filter;
  return (
    kinds === undefined &&
    types === undefined &&
    grades === undefined &&
    filter.protected === undefined &&
    (states === undefined || states.includes('refused')) &&
    (authors === undefined || authors.includes(author)) &&
    (rules === undefined || rules.includes(rule)) &&
    (filter.thirdParty === undefined || filter.thirdParty === facts.isThirdParty(author)) &&
    (text === undefined || record.startsWith(text.toLowerCase()))
  );
}

export interface EntryFacts {
  readonly isThirdParty: (author: PlanEntry['author']) => boolean;
  readonly textOf: (entry: PlanEntry) => string;
}

/** Items that are passed between two looks at whether somebody else wants to be answered. */
const AT_ONCE = 8192;

/** `decide` without keeping everybody waiting: yields between slices. */
export function* decideInSteps(
  { entries }: Pick<ReviewPlan, 'entries'>,
  choices: readonly ReviewChoice[],
  facts: EntryFacts,
): Generator<void, Decided> {
  const { decisions, missing } = yield* lastChoices(entries, choices, facts);
  const because = new Map<number, 'needed' | 'end-held'>();
  const ends = endsBySubject(entries);
  yield;
  for (const [at, entry] of entries.entries()) {
    if (at % AT_ONCE === 0) yield;
    if (decisions[at] !== 'accept' || entry.needs.length === 0) continue;
    if (entry.needs.some((end) => isHeld(ends.get(end) ?? [], decisions))) {
      decisions[at] = 'hold';
      because.set(at, 'end-held');
    }
  }
  for (const [at, entry] of entries.entries()) {
    if (at % AT_ONCE === 0) yield;
    if (decisions[at] !== 'accept') continue;
    for (const end of entry.needs) {
      const among = ends.get(end) ?? [];
      if (among.some((one) => decisions[one] === 'accept')) continue;
      const first = among.find((one) => decisions[one] === 'undecided');
      if (first === undefined) continue;
      decisions[first] = 'accept';
      because.set(first, 'needed');
    }
  }
  return { decisions, because, missing };
}

/** The last choice that names an item decides; then links and their ends are made to agree. O(items × rules + choices). */
export function decide(
  plan: Pick<ReviewPlan, 'entries'>,
  choices: readonly ReviewChoice[],
  facts: EntryFacts,
): Decided {
  const steps = decideInSteps(plan, choices, facts);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

const NONE = { new: 0, changed: 0, conflicting: 0 };

/** What a decision adds up to, in items by state and in records. */
export function tallyOf(plan: ReviewPlan, { decisions, because, missing }: Decided): Omit<ReviewTally, 'decisions'> {
  const tally = { accept: { ...NONE }, hold: { ...NONE }, undecided: { ...NONE } };
  const records = { accepted: 0, held: 0, undecided: 0, known: 0, refused: plan.refused.length };
  const field = { accept: 'accepted', hold: 'held', undecided: 'undecided' } as const;
  let erasures = 0;
  const leads = new Map(plan.entries.map(({ item }, at) => [item, decisions[at]]));
  for (const [at, { kind, state, news, offered, sideOf }] of plan.entries.entries()) {
    records.known += offered.length - news.length;
    const decision = decisions[at];
    if (decision === undefined || state === 'known') continue;
    // one conflict, unless its sides are decided apart
    if (sideOf === undefined || leads.get(sideOf) !== decision) tally[decision][state] += 1;
    records[field[decision]] += news.length;
    if (decision === 'accept' && kind === 'retract')
      erasures += offered.filter(({ record }) => isErasure(record)).length;
  }
  const reasons = [...because.values()];
  const into = caseOf(plan, decisions);
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

function isErasure(record: PlanEntry['offered'][number]['record']): boolean {
  return record.kind === 'retract' && record.action === 'erase';
}

function caseOf({ entries }: ReviewPlan, decisions: Decided['decisions']): SubjectId | undefined {
  return entries.find(({ kind, state }, at) => kind === 'case' && (decisions[at] === 'accept' || state === 'known'))
    ?.subject;
}

function* lastChoices(
  entries: readonly PlanEntry[],
  choices: readonly ReviewChoice[],
  facts: EntryFacts,
): Generator<void, { decisions: (Decision | undefined)[]; missing: number }> {
  const named = new Map<string, number>();
  const rules: { readonly at: number; readonly fits: (entry: PlanEntry) => boolean }[] = [];
  for (const [at, { which }] of choices.entries()) {
    if ('items' in which) for (const item of which.items) named.set(item, at);
    else rules.unshift({ at, fits: ruleOf(which, facts) });
  }
  let found = 0;
  const decisions: (Decision | undefined)[] = [];
  for (const entry of entries) {
    if (decisions.length % AT_ONCE === 0) yield;
    if (named.has(entry.item)) found += 1;
    // what is chosen for a conflict is chosen for all of its sides, until one of them is named
    const [own, lead] = [named.get(entry.item), named.get(entry.sideOf ?? entry.item)];
    const single = own === undefined ? lead : Math.max(own, lead ?? own);
    decisions.push(entry.state === 'known' ? undefined : lastOf(entry, single, rules, choices));
  }
  return { decisions, missing: named.size - found };
}

function lastOf(
  entry: PlanEntry,
  single: number | undefined,
  rules: readonly { readonly at: number; readonly fits: (entry: PlanEntry) => boolean }[],
  choices: readonly ReviewChoice[],
): Decision {
  const rule = rules.find(({ at, fits }) => at > (single ?? -1) && fits(entry))?.at;
  const last = rule ?? single;
  return (last === undefined ? undefined : choices[last]?.decision) ?? 'undecided';
}

function ruleOf(
  which: Exclude<ReviewChoice['which'], { items: unknown }>,
  facts: EntryFacts,
): (entry: PlanEntry) => boolean {
  if ('all' in which) return () => true;
  if ('where' in which) return (entry) => passes(which.where, entry, facts);
  const { subject } = which;
  return (entry) => entry.subject === subject || entry.ends?.includes(subject) === true;
}

function endsBySubject(entries: readonly PlanEntry[]): ReadonlyMap<SubjectId, readonly number[]> {
  const bySubject = new Map<SubjectId, number[]>();
  for (const [at, { kind, subject, state }] of entries.entries()) {
    if (kind !== 'entity' || state === 'known') continue;
    const found = bySubject.get(subject);
    if (found === undefined) bySubject.set(subject, [at]);
    else found.push(at);
  }
  return bySubject;
}

function isHeld(among: readonly number[], decisions: readonly (Decision | undefined)[]): boolean {
  return among.length > 0 && among.every((at) => decisions[at] === 'hold');
}
