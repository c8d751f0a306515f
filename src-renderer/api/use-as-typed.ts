import { useState } from 'react';
import type { Input, MethodName, Output } from '../../src-shared/contract/methods.ts';
import { useMethod } from './hooks.ts';

export interface AsTyped<M extends MethodName> {
  /** The last answer there is; an earlier one until the one to `input` has come. */
  readonly data: Output<M> | undefined;
  /** Whether `data` answers `input`. What is not current may be shown faintly, never acted on. */
  readonly isCurrent: boolean;
  readonly error: Error | null;
}

/**
 * The answer to what is being typed: asked at every key, one question at a time. While one is under way only the latest input waits, so a slow
 * store is never asked for what nobody wants any more, and an answer never replaces that to a later question.
 */
export function useAsTyped<M extends MethodName>(name: M, input: Input<M> | undefined): AsTyped<M> {
  const [asked, setAsked] = useState(input);
  const answer = useMethod(name, asked as Input<M>, { enabled: asked !== undefined, keepsPrevious: true });
  const isWanted = JSON.stringify(asked) === JSON.stringify(input);
  if (!isWanted && !answer.isFetching) setAsked(input);
  return {
    data: input === undefined ? undefined : answer.data,
    isCurrent: isWanted && !answer.isPlaceholderData && !answer.isPending,
    error: isWanted ? answer.error : null,
  };
}
