import { useEffect, useEffectEvent, useState } from 'react';
import type { ReviewChoice, ReviewFilter, ReviewTally } from '../../../src-shared/contract/review.ts';
import type { PlanItem } from '../../../src-shared/contract/views.ts';
import { useMethod } from '../../api/hooks.ts';
import { type Decision, chosenFor } from './review.ts';

/** Items that are read at once. */
const BLOCK = 100;
/** Pages that nobody looks at are forgotten after so long. */
const KEPT_MS = 30_000;

export interface Choices {
  readonly all: readonly ReviewChoice[];
  readonly decide: (decision: Decision, which: ReviewChoice['which']) => void;
  readonly undo: () => void;
}

/** What was chosen, in order. Ctrl+Z takes back the last choice, and nothing of the store, while the review is open. */
export function useChoices(): Choices {
  const [all, setAll] = useState<readonly ReviewChoice[]>([]);
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
  return { all, decide: (decision, which) => setAll((before) => [...before, { decision, which }]), undo };
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
export function useItemAt(
  quarantine: string,
  filter: ReviewFilter,
  choices: readonly ReviewChoice[],
  index: number,
): ShownItem {
  const from = Math.floor(index / BLOCK) * BLOCK;
  const page = useMethod('receive.items', { quarantine, filter, from, limit: BLOCK }, { keptForMs: KEPT_MS });
  const items = page.data?.items.filter(({ state }) => state !== 'refused').map(({ item }) => item) ?? [];
  const told = useMethod(
    'receive.choose',
    { quarantine, choices: [...choices], items },
    { enabled: items.length > 0, keepsPrevious: true, keptForMs: 0 },
  );
  const item = page.data?.items[index - from];
  const found = told.data?.decisions.find((one) => one.item === item?.item);
  const guess = item === undefined || !told.isPlaceholderData ? undefined : chosenFor(choices, item.item);
  return { item, decision: guess ?? found?.decision, because: guess === undefined ? found?.because : undefined };
}

/** What the choices add up to; until the vault has said so, what the ones before did. */
export function useTally(quarantine: string, choices: readonly ReviewChoice[], isEnabled: boolean) {
  const told = useMethod(
    'receive.choose',
    { quarantine, choices: [...choices] },
    { keepsPrevious: true, enabled: isEnabled, keptForMs: 0 },
  );
  const tally: ReviewTally | undefined = told.data;
  return { tally, isCurrent: !told.isPlaceholderData && told.data !== undefined, error: told.error };
}
