import { useEffect, useEffectEvent, useRef, useState } from 'react';

/** A caret that stays so long means its row. */
const REST_MS = 100;

export interface Caret {
  readonly row: number;
  /** Goes there at once, whatever is known of that row. */
  readonly goTo: (row: number) => void;
  /** Selects the row of the caret now if it was going to be; before anything is done with the selection. */
  readonly settle: () => void;
  /** Stands there, and selects nothing. */
  readonly stand: (row: number) => void;
}

/**
 * The active row of a grid. It moves with every key; the selection follows once it rests and its row has been read, so that whoever holds a key
 * down does not have the whole page follow every row that is passed.
 */
export function useCaret(
  count: number,
  idOf: (row: number) => string | undefined,
  onRest: (id: string) => void,
): Caret {
  const [move, setMove] = useState<Move>({ to: 0, isDue: false });
  const [rested, setRested] = useState<Move>();
  const row = Math.max(0, Math.min(move.to, count - 1));
  const id = idOf(row);
  const selected = useRef(move);
  const select = (found: string) => {
    selected.current = move;
    onRest(found);
  };
  const selectRested = useEffectEvent(select);
  useEffect(() => {
    if (!move.isDue) return undefined;
    const timer = setTimeout(() => setRested(move), REST_MS);
    return () => clearTimeout(timer);
  }, [move]);
  useEffect(() => {
    if (rested === move && selected.current !== move && id !== undefined) selectRested(id);
  }, [rested, move, id]);
  return {
    row,
    goTo: (next) => setMove({ to: next, isDue: true }),
    settle: () => {
      if (move.isDue && selected.current !== move && id !== undefined) select(id);
    },
    stand: (next) => setMove({ to: next, isDue: false }),
  };
}

interface Move {
  readonly to: number;
  /** The row is to be selected. */
  readonly isDue: boolean;
}
