import { useEffect, useEffectEvent, useState } from 'react';
import type { ReviewChoice, ReviewFilter, ReviewTally } from '../../../src-shared/contract/review.ts';
import type { PlanItem } from '../../../src-shared/contract/views.ts';
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
  const [settled, setSettled] = useState(all);
  const told = useAsTyped('receive.choose', isEnabled ? { quarantine, choices: [...all] } : undefined);
  if (told.isCurrent && settled !== all) setSettled(all);
  const undo = () => setAll((before) => before.slice(0, -1));
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
  return {
    all,
    settled,
    tally: told.data,
    isCurrent: told.isCurrent,
    error: told.error,
    decide: (decision, which) => setAll((before) => [...before, { decision, which }]),
    undo,
  };
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type !== 'checkbox');
}

export interface ShownItem {
  /** Undefined while its page is being read. */
  readonly item: PlanItem | undefined;
  readonly decision: Decision | undefined;
  readonly because: string | undefined;
}

/** One place of the list: its page is read once for all rows on it, and what the choices come to with it. */
export function useItemAt(quarantine: string, filter: ReviewFilter, choices: Choices, index: number): ShownItem {
  const from = Math.floor(index / BLOCK) * BLOCK;
  const page = useMethod('receive.items', { quarantine, filter, from, limit: BLOCK }, { keptForMs: KEPT_MS });
  const items = page.data?.items.filter(({ state }) => state !== 'refused').map(({ item }) => item) ?? [];
  const told = useMethod(
    'receive.choose',
    { quarantine, choices: [...choices.settled], items },
    { enabled: items.length > 0, keepsPrevious: true, keptForMs: 0 },
  );
  const item = page.data?.items[index - from];
  const found = told.data?.decisions.find((one) => one.item === item?.item);
  const isSettled = choices.settled === choices.all && !told.isPlaceholderData;
  const guess = item === undefined || isSettled ? undefined : chosenFor(choices.all, item.item);
  return { item, decision: guess ?? found?.decision, because: guess === undefined ? found?.because : undefined };
}
