import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useEffectEvent, useState } from 'react';
import type { ReviewChoice, ReviewFilter, ReviewTally } from '../../../src-shared/contract/review.ts';
import type { PlanItem } from '../../../src-shared/contract/views.ts';
import type { Output } from '../../../src-shared/contract/methods.ts';
import { call } from '../../api/client.ts';
import { useMethod } from '../../api/hooks.ts';
import { useAsTyped } from '../../api/use-as-typed.ts';
import { type Decision, chosenFor } from './review.ts';

/** Items that are read at once. */
const BLOCK = 100;
/** Pages that nobody looks at are forgotten after so long. */
const KEPT_MS = 30_000;

export interface Choices {
  readonly all: readonly ReviewChoice[];
  /** Those of them that the vault has answered about. */
  readonly settled: readonly ReviewChoice[];
  /** What was settled before these. */
  readonly before: readonly ReviewChoice[];
  /** What they add up to; until the vault has said so, what the ones before did. */
  readonly tally: ReviewTally | undefined;
  readonly isCurrent: boolean;
  readonly error: Error | null;
  readonly decide: (decision: Decision, which: ReviewChoice['which']) => void;
  readonly undo: () => void;
}

/**
 * What was chosen, in order, and what it adds up to. The vault is asked one question at a time, the last one next, however fast somebody chooses.
 * Ctrl+Z takes back the last choice, and nothing of the store, while the review is open.
 */
export function useChoices(quarantine: string, isEnabled: boolean): Choices {
  const [all, setAll] = useState<readonly ReviewChoice[]>([]);
  const [{ settled, before }, setSettled] = useState({ settled: all, before: all });
  const told = useAsTyped('receive.choose', isEnabled ? { quarantine, choices: [...all] } : undefined);
  if (told.isCurrent && settled !== all) setSettled({ settled: all, before: settled });
  const undo = () => setAll((chosen) => chosen.slice(0, -1));
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
    if (!isUndo || isTyping(event.target)) return;
    event.preventDefault();
    event.stopPropagation();
    undo();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, []);
  const decide = useCallback<Choices['decide']>(
    (decision, which) => setAll((chosen) => [...chosen, { decision, which }]),
    [],
  );
  return {
    all,
    settled,
    before,
    tally: told.data,
    isCurrent: told.isCurrent,
    error: told.error,
    decide,
    undo,
  };
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type !== 'checkbox');
}

type ReviewAnswer = Output<'receive.choose'>;

export interface ShownItem {
  /** Undefined while its page is being read. */
  readonly item: PlanItem | undefined;
  readonly decision: Decision | undefined;
  readonly because: string | undefined;
}

export interface Items {
  /** Undefined until the first page was read; of the filter before until that of this one is. */
  readonly total: number | undefined;
  readonly error: Error | null;
  readonly at: (index: number) => ShownItem;
  readonly onSight: (first: number, last: number) => void;
}

const NOTHING: ShownItem = { item: undefined, decision: undefined, because: undefined };

/**
 * What passes a filter, read page by page as it comes into sight, with what the choices come to: one question a page, not one a row. `current` is the
 * place that is looked at, in sight or not.
 */
export function useItems(quarantine: string, filter: ReviewFilter, choices: Choices, current: number): Items {
  const [sight, setSight] = useState({ first: 0, last: 0 });
  const onSight = useCallback(
    (first: number, last: number) =>
      setSight((before) => (before.first === first && before.last === last ? before : { first, last })),
    [],
  );
  const first = useMethod('receive.items', { quarantine, filter, from: 0, limit: BLOCK }, { keepsPrevious: true });
  const pages = [...new Set([...pagesOf(sight.first, sight.last), Math.floor(current / BLOCK)])];
  const read = useQueries({
    queries: pages.map((page) => {
      const input = { quarantine, filter, from: page * BLOCK, limit: BLOCK };
      return { queryKey: ['receive.items', input], queryFn: () => call('receive.items', input), gcTime: KEPT_MS };
    }),
  });
  const asked = read.map(({ data }) => {
    const items = data?.items.filter(({ state }) => state !== 'refused').map(({ item }) => item) ?? [];
    return { items, about: (settled: readonly ReviewChoice[]) => ({ quarantine, choices: [...settled], items }) };
  });
  const client = useQueryClient();
  const told = useQueries({
    queries: asked.map(({ items, about }) => ({
      queryKey: ['receive.choose', about(choices.settled)],
      queryFn: () => call('receive.choose', about(choices.settled)),
      enabled: items.length > 0,
      // until the answer is there, what was answered before: `useQueries` does not know of earlier keys by itself
      placeholderData: () => client.getQueryData<ReviewAnswer>(['receive.choose', about(choices.before)]),
      gcTime: KEPT_MS,
    })),
  });
  const isTold = told.every(
    ({ data, isPlaceholderData }, at) => asked[at]?.items.length === 0 || (data !== undefined && !isPlaceholderData),
  );
  const decisions = new Map(told.flatMap(({ data }) => data?.decisions.map((one) => [one.item, one] as const) ?? []));
  const isSettled = choices.settled === choices.all && isTold;
  return {
    total: first.data?.total,
    error: first.error ?? read.find(({ error }) => error !== null)?.error ?? null,
    at(index) {
      const item = read[pages.indexOf(Math.floor(index / BLOCK))]?.data?.items[index % BLOCK];
      if (item === undefined) return NOTHING;
      const found = decisions.get(item.item);
      const guess = isSettled ? undefined : chosenFor(choices.all, item.item);
      return { item, decision: guess ?? found?.decision, because: guess === undefined ? found?.because : undefined };
    },
    onSight,
  };
}

function pagesOf(first: number, last: number): number[] {
  const start = Math.floor(first / BLOCK);
  return Array.from({ length: Math.floor(last / BLOCK) - start + 1 }, (_, i) => start + i);
}
