import type { PlanItem, PlanState, ReceivePlan } from '../../../src-shared/contract/views.ts';
import { SubjectId } from '../../../src-shared/domain/ids.ts';

export type Filter = PlanState | 'all';

const ORDER = ['case', 'retract', 'permission', 'entity', 'link', 'same', 'not-same', 'chart'];

/** The case first, then people and things, then what joins them; each by name. */
export function inReadingOrder(items: readonly PlanItem[]): readonly PlanItem[] {
  return items.toSorted(
    (one, other) =>
      ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind) ||
      one.type.localeCompare(other.type, 'en') ||
      one.label.localeCompare(other.label, 'en', { numeric: true }),
  );
}

/** What a person can decide about; what we know already needs no decision. */
export function isOpen(item: PlanItem): boolean {
  return item.state === 'new' || item.state === 'changed' || item.state === 'conflicting';
}

export function filterItems(items: readonly PlanItem[], filter: Filter): readonly PlanItem[] {
  return filter === 'all' ? items : items.filter((item) => item.state === filter);
}

/** Accepts items, and with each everything it needs, such as the ends of a link that we do not hold. */
export function accept(
  items: readonly PlanItem[],
  accepted: ReadonlySet<string>,
  ids: readonly string[],
): ReadonlySet<string> {
  const byId = new Map(items.filter(isOpen).map((item) => [item.item, item]));
  const result = new Set(accepted);
  const waiting = [...ids];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const item = byId.get(id);
    if (item === undefined || (result.has(id) && !ids.includes(id))) continue;
    result.add(id);
    waiting.push(...item.needs.filter((needed) => !result.has(needed)));
  }
  return result;
}

/** Leaves items out, and with each everything that cannot do without it. */
export function leaveOut(
  items: readonly PlanItem[],
  accepted: ReadonlySet<string>,
  ids: readonly string[],
): ReadonlySet<string> {
  const result = new Set(accepted);
  const waiting = [...ids];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const gone = id;
    result.delete(gone);
    waiting.push(
      ...items.filter((item) => result.has(item.item) && item.needs.includes(gone)).map((item) => item.item),
    );
  }
  return result;
}

/** What `receive.apply` is told: everything, or the items by handle. */
export function acceptedInput(plan: ReceivePlan, accepted: ReadonlySet<string>): 'all' | string[] {
  const open = plan.items.filter(isOpen);
  return open.every((item) => accepted.has(item.item))
    ? 'all'
    : open.map((item) => item.item).filter((id) => accepted.has(id));
}

export interface Tally {
  readonly new: number;
  readonly changed: number;
  readonly conflicting: number;
  readonly leftOut: number;
}

export function tally(plan: ReceivePlan, accepted: ReadonlySet<string>): Tally {
  const count = (state: PlanState) =>
    plan.items.filter((item) => item.state === state && accepted.has(item.item)).length;
  return {
    new: count('new'),
    changed: count('changed'),
    conflicting: count('conflicting'),
    leftOut: plan.items.filter((item) => isOpen(item) && !accepted.has(item.item)).length,
  };
}

/** The case that an accepted item is, if the file carries one. */
export function receivedCase(plan: ReceivePlan, accepted: ReadonlySet<string>): SubjectId | undefined {
  const item = plan.items.find(
    (offered) => offered.kind === 'case' && (accepted.has(offered.item) || !isOpen(offered)),
  );
  return item === undefined ? undefined : SubjectId.safeParse(item.item).data;
}
