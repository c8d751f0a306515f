import {
  type UseMutationResult,
  type UseQueryResult,
  keepPreviousData,
  useMutation,
  useQuery,
} from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import type { Input, MethodName, Output, VaultEvent } from '../../src-shared/contract/methods.ts';
import { call, onEvent } from './client.ts';
import type { Refusal } from './refusal.ts';

export interface MethodOptions {
  /** False while the input is not complete yet: nothing is asked. */
  readonly enabled?: boolean;
  /** Shows the answer to the previous input until the new one is there (search as you type). */
  readonly keepsPrevious?: boolean;
  /** How long an answer that nobody looks at is kept; for answers of which there may be thousands. */
  readonly keptForMs?: number;
}

/**
 * The answer of a reading method, cached by method and input and asked again whenever the vault says that something changed.
 * Not for methods that take `bytes`: use `useAction`.
 */
export function useMethod<M extends MethodName>(
  name: M,
  input: Input<M>,
  options: MethodOptions = {},
): UseQueryResult<Output<M>, Refusal> {
  const query = useQuery<unknown, Refusal>({
    queryKey: [name, input],
    queryFn: () => call(name, input),
    enabled: options.enabled ?? true,
    ...(options.keepsPrevious === true && { placeholderData: keepPreviousData }),
    ...(options.keptForMs !== undefined && { gcTime: options.keptForMs }),
  });
  // `queryFn` above answers with nothing else; useQuery's own types do not resolve over a method that is still open.
  return query as UseQueryResult<Output<M>, Refusal>;
}

/** A method that does something: `mutate(input)` or `await mutateAsync(input)`; answers are not cached. */
export function useAction<M extends MethodName>(name: M): UseMutationResult<Output<M>, Refusal, Input<M>> {
  return useMutation<Output<M>, Refusal, Input<M>>({ mutationKey: [name], mutationFn: (input) => call(name, input) });
}

/** Hears the events of the vault process while the component is there. */
export function useVaultEvent(listener: (event: VaultEvent) => void): void {
  const latest = useEffectEvent(listener);
  useEffect(() => onEvent((event) => latest(event)), []);
}
