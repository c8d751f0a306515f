import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  accept,
  acceptedInput,
  filterItems,
  inReadingOrder,
  leaveOut,
  receivedCase,
  tally,
} from '../../../src-renderer/features/receive/review.ts';
import { PlanItem, type PlanState, type ReceivePlan } from '../../../src-shared/contract/views.ts';

interface Sketch {
  readonly state?: PlanState;
  readonly needs?: readonly string[];
  readonly kind?: string;
}

function item(id: string, { state = 'new', needs = [], kind = 'entity' }: Sketch = {}): PlanItem {
  return PlanItem.parse({
    item: id,
    state,
    kind,
    type: kind,
    label: id,
    isProtected: false,
    needs,
    records: [],
    statements: [],
    withheld: 0,
  });
}

const planOf = (items: readonly PlanItem[]) => ({ items }) as unknown as ReceivePlan;
const NONE: ReadonlySet<string> = new Set();
const link = item('link', { needs: ['from', 'to'], kind: 'link' });
const items = [item('from'), item('to'), link, item('other'), item('known', { state: 'known' })];

test('a link that is accepted brings the ends that we do not hold', () => {
  expect([...accept(items, NONE, ['link'])].sort()).toEqual(['from', 'link', 'to']);
});

test('an end that is left out takes the links with it that need it', () => {
  const all = accept(items, NONE, ['link', 'other']);
  expect([...leaveOut(items, all, ['from'])].sort()).toEqual(['other', 'to']);
});

test('what is known already cannot be accepted', () => {
  expect(accept(items, NONE, ['known', 'nowhere']).size).toBe(0);
});

test('whatever is accepted and left out, no item stands without what it needs', () => {
  const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const sketches = fc.array(fc.tuple(ids, fc.array(ids)), { maxLength: 8 });
  const decisions = fc.array(fc.tuple(ids, fc.boolean()), { maxLength: 20 });
  fc.assert(
    fc.property(sketches, decisions, (drawn, made) => {
      const offered = [...new Map(drawn.map(([id, needs]) => [id, item(id, { needs })])).values()];
      const known = new Set(offered.map((one) => one.item));
      const accepted = made.reduce<ReadonlySet<string>>(
        (set, [id, isTaken]) => (isTaken ? accept(offered, set, [id]) : leaveOut(offered, set, [id])),
        NONE,
      );
      const standing = offered.filter((one) => accepted.has(one.item));
      const missing = standing
        .flatMap((one) => one.needs)
        .filter((needed) => known.has(needed) && !accepted.has(needed));
      expect(missing).toEqual([]);
    }),
  );
});

test('everything is said as “all”, a part as its items', () => {
  const plan = planOf(items);
  expect(acceptedInput(plan, accept(items, NONE, ['link', 'other']))).toBe('all');
  expect(acceptedInput(plan, new Set(['other']))).toEqual(['other']);
  expect(acceptedInput(plan, NONE)).toEqual([]);
});

test('the tally counts what is accepted by state, and what is left out', () => {
  const offered = [
    item('n'),
    item('c', { state: 'changed' }),
    item('x', { state: 'conflicting' }),
    item('k', { state: 'known' }),
  ];
  expect(tally(planOf(offered), new Set(['n', 'x']))).toEqual({ new: 1, changed: 0, conflicting: 1, leftOut: 1 });
});

test('items are shown by state, the case first and links after what they join', () => {
  const offered = [link, item('b'), item('a'), item('case', { kind: 'case' })];
  expect(inReadingOrder(offered).map((one) => one.item)).toEqual(['case', 'a', 'b', 'link']);
  expect(filterItems(items, 'known').map((one) => one.item)).toEqual(['known']);
  expect(filterItems(items, 'all')).toBe(items);
});

test('the case to open afterwards is the one that the file carries, if it was accepted or known', () => {
  const id = '01a1ff80-d2e3-7495-9632-440e1ab9de7a';
  const fresh = planOf([item(id, { kind: 'case' })]);
  expect(receivedCase(fresh, NONE)).toBeUndefined();
  expect(receivedCase(fresh, new Set([id]))).toBe(id);
  expect(receivedCase(planOf([item(id, { kind: 'case', state: 'known' })]), NONE)).toBe(id);
});
