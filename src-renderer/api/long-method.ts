import { type UseQueryResult, keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Input, MethodName, Output } from '../../src-shared/contract/methods.ts';
import { call } from './client.ts';
import { type MethodOptions, useVaultEvent } from './hooks.ts';
import type { Progress } from './job.ts';
import type { Refusal } from './refusal.ts';

/** Reading methods that may take seconds, and that can be watched and stopped. */
type LongMethodName = {
  [M in MethodName]: 'job' extends keyof Input<M> ? M : never;
}[MethodName];

export interface LongAnswer<M extends LongMethodName> {
  readonly query: UseQueryResult<Output<M>, Refusal>;
  /** While it is worked out: since when is more than a second ago, and how far it is as soon as something was heard. */
  readonly working: { readonly progress: Progress | undefined } | undefined;
}

/** Calls a method as a job of its own, which ends as soon as nobody wants the answer any more. */
export function callUntil<M extends LongMethodName>(
  name: M,
  input: Input<M>,
  signal: AbortSignal,
  job: string = crypto.randomUUID(),
): Promise<Output<M>> {
  signal.addEventListener('abort', () => void call('job.cancel', { job }).catch(() => undefined), { once: true });
  return call(name, { ...input, job });
}

/** A person waits so long without being told. */
const PATIENCE_MS = 1000;

/** `useMethod` for work that takes long: asking for something else cancels it. */
export function useLongMethod<M extends LongMethodName>(
  name: M,
  input: Input<M>,
  options: MethodOptions = {},
): LongAnswer<M> {
  const [job, setJob] = useState('');
  const [progress, setProgress] = useState<Progress>();
  const [isSlow, setSlow] = useState(false);
  useVaultEvent((event) => {
    if (event.type === 'progress' && event.job === job) setProgress(event);
  });
  const query = useQuery<unknown, Refusal>({
    queryKey: [name, input],
    queryFn: ({ signal }) => {
      const begun = crypto.randomUUID();
      setJob(begun);
      setProgress(undefined);
      return callUntil(name, input, signal, begun);
    },
    enabled: options.enabled ?? true,
    ...(options.keepsPrevious === true && { placeholderData: keepPreviousData }),
  }) as UseQueryResult<Output<M>, Refusal>;
  const { isFetching } = query;
  useEffect(() => {
    if (!isFetching) return undefined;
    const timer = setTimeout(() => setSlow(true), PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [isFetching]);
  return { query, working: isFetching && isSlow ? { progress } : undefined };
}
