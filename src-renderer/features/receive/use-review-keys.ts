import { type RefObject, useCallback, useEffect, useEffectEvent, useRef } from 'react';
import { tinykeys } from 'tinykeys';
import type { Decision } from './review.ts';

type Key = 'next' | 'previous' | 'first' | 'last' | Decision;

/** The letters for conflicts: theirs, both, ours, later. Theirs never takes the place of ours, so `t` and `b` are the same. */
const KEYS: Readonly<Record<string, Key>> = {
  j: 'next',
  ArrowDown: 'next',
  k: 'previous',
  ArrowUp: 'previous',
  Home: 'first',
  End: 'last',
  t: 'accept',
  b: 'accept',
  o: 'hold',
  s: 'undecided',
};

interface Actions {
  readonly move: (by: number) => void;
  readonly moveTo: (end: 'first' | 'last') => void;
  /** Decides the current item and goes to the next. */
  readonly decide: (decision: Decision) => void;
}

/**
 * Letters act only while the focus is in the list (WCAG 2.1.4). Answers what a row asks that has become the current one, whether it
 * is to take the focus: meanwhile the list has it, so
 * that no key is lost while a page is being read.
 */
export function useReviewKeys(list: RefObject<HTMLElement | null>, actions: Actions): () => boolean {
  const isMoving = useRef(false);
  const act = useEffectEvent((key: Key, event: Event) => {
    event.preventDefault();
    isMoving.current = true;
    list.current?.querySelector<HTMLElement>('section')?.focus({ preventScroll: true });
    if (key === 'first' || key === 'last') actions.moveTo(key);
    else if (key === 'next' || key === 'previous') actions.move(key === 'next' ? 1 : -1);
    else actions.decide(key);
  });
  useEffect(() => {
    if (list.current === null) return undefined;
    const keys = Object.fromEntries(
      Object.entries(KEYS).map(([binding, key]) => [binding, (event: Event) => act(key, event)]),
    );
    // tinykeys leaves inputs alone unless told otherwise; here the focus is on the tick of an item
    return tinykeys(list.current, keys, { ignore: (event) => event.isComposing });
  }, [list]);
  return useCallback(() => {
    const wanted = isMoving.current;
    isMoving.current = false;
    return wanted;
  }, []);
}
