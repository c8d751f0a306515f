import { type RefObject, useEffect, useRef } from 'react';

/** The field of a step that the person came to fill in gets the focus when the step appears. */
export function useInitialFocus<E extends HTMLElement>(): RefObject<E | null> {
  const field = useRef<E>(null);
  useEffect(() => field.current?.focus(), []);
  return field;
}
