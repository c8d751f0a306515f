import { createHash } from 'node:crypto';
import type { AgencyId, SubjectId } from '../../src-shared/domain/ids.ts';
import { isListed } from './plan-conflicts.ts';
import type { Offered, PlanEntry, ReviewPlan } from './plan-receive.ts';

/** What a review is asked for at every page and every choice, worked out once. */
export interface ReviewIndex {
  /** Where in the plan an item stands. */
  readonly places: ReadonlyMap<string, number>;
  /** The other sides of a conflict, of the item that stands for it. */
  readonly sides: (entry: PlanEntry) => readonly PlanEntry[];
  /** Where the items stand that bring a subject which a link may need. */
  readonly ends: ReadonlyMap<SubjectId, readonly number[]>;
  readonly totals: ReviewTotals;
  /** Of the state of every item. */
  readonly digest: string;
}

/** How much of what a bundle offers. Of a list the most first. */
export interface ReviewTotals {
  readonly items: number;
  readonly records: number;
  readonly kinds: readonly Counted<PlanEntry['kind']>[];
  readonly types: readonly (readonly [type: Pick<PlanEntry, 'kind' | 'type'>, count: number])[];
  readonly authors: readonly Counted<AgencyId>[];
  /** Who says whose keys these are, where it is not ourselves. */
  readonly vouchers: ReadonlyMap<AgencyId, AgencyId>;
  readonly grades: readonly Counted<string>[];
  readonly rules: readonly Counted<string>[];
  readonly protected: number;
  readonly thirdParty: number;
  readonly vouched: number;
  readonly withdrawals: number;
  readonly hasCase: boolean;
}

type Counted<T> = readonly [what: T, count: number];

/** Items that are passed between two looks at whether somebody else wants to be answered. */
const AT_ONCE = 2048;
const NONE: readonly PlanEntry[] = [];

/** O(items). */
export function* indexInSteps(
  plan: Pick<ReviewPlan, 'entries' | 'refused'>,
  isThirdParty: (author: AgencyId) => boolean,
): Generator<void, ReviewIndex> {
  const places = new Map<string, number>();
  const sides = new Map<string, PlanEntry[]>();
  const ends = new Map<SubjectId, number[]>();
  const digest = createHash('sha256');
  const totals = countingFor(isThirdParty);
  for (const [at, entry] of plan.entries.entries()) {
    if (at % AT_ONCE === 0) yield;
    const { item, sideOf, kind, state, subject, news } = entry;
    places.set(item, at);
    if (sideOf !== undefined) push(sides, sideOf, entry);
    if (kind === 'entity' && state !== 'known') push(ends, subject, at);
    digest.update(`${item} ${state} ${news.length}\n`);
    totals.add(entry);
  }
  for (const [at, { author, rule }] of plan.refused.entries()) {
    if (at % AT_ONCE === 0) yield;
    totals.refuse(author, rule);
  }
  return {
    places,
    sides: ({ item }) => sides.get(item) ?? NONE,
    ends,
    totals: totals.result(),
    digest: digest.digest('hex'),
  };
}

function push<K, T>(lists: Map<K, T[]>, key: K, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** Sums are over what a person sees; records and who says them over all of it. */
function countingFor(isThirdParty: (author: AgencyId) => boolean) {
  const sums = { items: 0, records: 0, protected: 0, thirdParty: 0, vouched: 0, withdrawals: 0 };
  const kinds = new Map<PlanEntry['kind'], number>();
  const types = new Map<string, number>();
  const typed = new Map<string, PlanEntry>();
  const authors = new Map<AgencyId, number>();
  const vouchers = new Map<AgencyId, AgencyId>();
  const grades = new Map<string, number>();
  const rules = new Map<string, number>();
  let hasCase = false;
  return {
    add(entry: PlanEntry): void {
      const { kind, type, author, offered } = entry;
      sums.records += offered.length;
      count(authors, author);
      if (kind === 'case') hasCase = true;
      if (!isListed(entry)) return;
      sums.items += 1;
      count(kinds, kind);
      count(types, `${kind} ${type}`);
      if (!typed.has(`${kind} ${type}`)) typed.set(`${kind} ${type}`, entry);
      for (const grade of entry.grades) count(grades, grade);
      if (entry.isProtected) sums.protected += 1;
      if (isThirdParty(author)) sums.thirdParty += 1;
      if (kind === 'retract') sums.withdrawals += 1;
      const voucher = voucherOf(entry);
      if (voucher === undefined) return;
      sums.vouched += 1;
      vouchers.set(author, voucher);
    },
    refuse(author: AgencyId, rule: string): void {
      sums.records += 1;
      count(authors, author);
      count(rules, rule);
    },
    result: (): ReviewTotals => ({
      ...sums,
      kinds: mostFirst(kinds),
      types: mostFirst(types).flatMap(([key, n]) => {
        const entry = typed.get(key);
        return entry === undefined ? [] : [[entry, n] as const];
      }),
      authors: mostFirst(authors),
      vouchers,
      grades: mostFirst(grades),
      rules: mostFirst(rules),
      hasCase,
    }),
  };
}

function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function mostFirst<K>(counts: ReadonlyMap<K, number>): readonly Counted<K>[] {
  return [...counts].toSorted((one, other) => other[1] - one[1]);
}

/** Who says whose keys signed what an item says, where it is not ourselves (bundle.md B17). */
export function voucherOf({ offered }: PlanEntry): Offered['vouchedBy'] {
  return offered.find(({ vouchedBy }) => vouchedBy !== undefined)?.vouchedBy;
}
