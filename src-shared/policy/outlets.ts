import type { PolicyRule } from './rules.ts';

/**
 * The ways out of the store (docs/policy.md). `release` and `forward` go to other agencies in a sealed bundle: our own records, and those of
 * other authors with their permission. The rest stays in our own agency, but outside of what the vault guards.
 */
export const OUTLETS = ['release', 'forward', 'print', 'report', 'clipboard', 'export'] as const;
export type Outlet = (typeof OUTLETS)[number];

/** What a row of the table says of one outlet. A condition is `carried` with what leaves, or `acknowledged` by the officer before it leaves. */
export type Cell =
  | { readonly verdict: 'leaves'; readonly rule: 'P0' }
  | {
      readonly verdict: 'leaves-with-condition';
      readonly condition: 'carried' | 'acknowledged';
      readonly rule: PolicyRule;
    }
  | { readonly verdict: 'stays'; readonly rule: PolicyRule };

export const LEAVES: Cell = { verdict: 'leaves', rule: 'P0' };

export function carried(rule: PolicyRule): Cell {
  return { verdict: 'leaves-with-condition', condition: 'carried', rule };
}

export function acknowledged(rule: PolicyRule): Cell {
  return { verdict: 'leaves-with-condition', condition: 'acknowledged', rule };
}

export function stays(rule: PolicyRule): Cell {
  return { verdict: 'stays', rule };
}

/** 0 for `leaves`, more the stricter. */
export function strictness(cell: Cell): number {
  if (cell.verdict === 'leaves') return 0;
  if (cell.verdict === 'stays') return 3;
  return cell.condition === 'carried' ? 1 : 2;
}
