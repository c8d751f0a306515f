import type { Offered, PlanEntry } from './plan-types.ts';
import { hasDifference, heldClaims, standingClaims } from './standing-claims.ts';
import type { Standing } from './standing-claims.ts';

/** Authors who contradict one another in one bundle: one conflict with as many sides, each of which can be held by itself. */

/** The items of one subject, those that cannot all be so joined: the first of them stands for the others. */
export function withConflicts(entries: readonly PlanEntry[]): PlanEntry[] {
  const sides = new Map<string, string>();
  for (const group of Map.groupBy(entries.filter(isStatement), ({ kind }) => kind).values()) {
    const rivals = group.filter((entry) =>
      newsOf(entry).some(({ record }) => hasDifference(record, others(group, entry))),
    );
    const [lead, ...rest] = rivals;
    if (lead !== undefined) for (const { item } of rest) sides.set(item, lead.item);
  }
  if (sides.size === 0) return [...entries];
  const leads = Map.groupBy(sides.keys(), (item) => sides.get(item));
  return entries.map((entry) => {
    const sideOf = sides.get(entry.item);
    if (sideOf !== undefined) return { ...entry, state: 'conflicting', sideOf };
    const led = leads.get(entry.item);
    return led === undefined ? entry : { ...entry, state: 'conflicting', sides: led };
  });
}

/** The items that a person sees: of a conflict the one that stands for it. */
export function isListed({ sideOf }: PlanEntry): boolean {
  return sideOf === undefined;
}

/** What the other sides of a conflict say. */
export function others(group: readonly PlanEntry[], entry: PlanEntry): Standing {
  return standingClaims(heldClaims(group.filter(({ item }) => item !== entry.item).flatMap(newsOf)));
}

function newsOf({ offered, news }: PlanEntry): readonly Offered[] {
  return offered.filter(({ id }) => news.includes(id));
}

/** What is news, and stands. */
function isStatement({ kind, news, withdrawn }: PlanEntry): boolean {
  return (kind === 'entity' || kind === 'link') && news.length > 0 && withdrawn === undefined;
}
