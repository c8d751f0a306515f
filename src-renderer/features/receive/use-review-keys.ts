import { type RefObject, useEffect, useEffectEvent, useRef } from 'react';
import { tinykeys } from 'tinykeys';

interface Actions {
  readonly move: (by: number) => void;
  /** Decides the current item and goes to the next. */
  readonly decide: (isAccepted: boolean) => void;
  /** Id of the control of the current item. */
  readonly focus: string | undefined;
}

/** Letters act only while the focus is in the list (WCAG 2.1.4); the focus follows the current item. */
export function useReviewKeys(list: RefObject<HTMLElement | null>, actions: Actions): void {
  const isMoving = useRef(false);
  const act = useEffectEvent((key: 'next' | 'previous' | 'take' | 'leave', event: Event) => {
    event.preventDefault();
    isMoving.current = true;
    if (key === 'next') actions.move(1);
    else if (key === 'previous') actions.move(-1);
    else actions.decide(key === 'take');
  });
  useEffect(() => {
    if (list.current === null) return undefined;
    const next = (event: Event) => act('next', event);
    const previous = (event: Event) => act('previous', event);
    const keys = {
      j: next,
      ArrowDown: next,
      k: previous,
      ArrowUp: previous,
      t: (event: Event) => act('take', event),
      o: (event: Event) => act('leave', event),
    };
    // tinykeys leaves inputs alone unless told otherwise; here the focus is on the tick of an item
    return tinykeys(list.current, keys, { ignore: (event) => event.isComposing });
  }, [list]);
  useEffect(() => {
    if (!isMoving.current || actions.focus === undefined) return;
    isMoving.current = false;
    document.getElementById(actions.focus)?.focus();
  }, [actions.focus]);
}
