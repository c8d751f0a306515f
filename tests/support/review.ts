import type { Output } from '../../src-shared/contract/methods.ts';
import type { PlanItem } from '../../src-shared/contract/views.ts';
import type { TestAgency } from './agency.ts';

type Plan = Output<'receive.open'>;

/** A plan with its items, which the contract answers page by page. */
export type FullPlan = Plan & {
  readonly items: readonly PlanItem[];
  readonly refused: readonly { readonly record: string; readonly rule: string | undefined }[];
};

/** Opens a file and reads every item of its plan. */
export async function openFully(at: TestAgency, bytes: Uint8Array): Promise<FullPlan> {
  return withItems(at, await at.call('receive.open', { bytes }));
}

export async function withItems(at: TestAgency, plan: Plan): Promise<FullPlan> {
  const all: PlanItem[] = [];
  while (plan.quarantine !== '') {
    const { items, total } = await at.call('receive.items', {
      quarantine: plan.quarantine,
      from: all.length,
      limit: 500,
    });
    all.push(...items);
    if (all.length >= total) break;
  }
  return {
    ...plan,
    items: all.filter(({ state }) => state !== 'refused'),
    refused: all.filter(({ state }) => state === 'refused').map(({ item, rule }) => ({ record: item, rule })),
  };
}
