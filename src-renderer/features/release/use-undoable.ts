import { useCallback, useState } from 'react';

export interface Undoable<T> {
  readonly value: T;
  /** A change that can be taken back. */
  readonly set: (value: T) => void;
  /** A new beginning: nothing before it can be taken back. */
  readonly begin: (value: T) => void;
  readonly undo: () => void;
  readonly canUndo: boolean;
}

/** A value whose changes can be taken back, one by one. */
export function useUndoable<T>(first: T): Undoable<T> {
  const [{ past, value }, change] = useState<{ readonly past: readonly T[]; readonly value: T }>({
    past: [],
    value: first,
  });
  const set = useCallback((next: T) => change((before) => ({ past: [...before.past, before.value], value: next })), []);
  const begin = useCallback((next: T) => change({ past: [], value: next }), []);
  const undo = useCallback(
    () => change((before) => ({ past: before.past.slice(0, -1), value: before.past.at(-1) ?? before.value })),
    [],
  );
  return { value, set, begin, undo, canUndo: past.length > 0 };
}
