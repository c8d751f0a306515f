import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { onEvent } from './client.ts';

interface Props {
  readonly children: ReactNode;
}

/** The cache of answers. A `changed` event makes it ask again; a `locked` event empties it, so that no case data outlives the key. */
export function ApiProvider({ children }: Props) {
  const [queries] = useState(newQueryClient);
  useEffect(
    () =>
      onEvent((event) => {
        if (event.type === 'changed') void queries.invalidateQueries();
        if (event.type === 'store') void queries.invalidateQueries({ queryKey: ['store.state'] });
        if (event.type === 'locked') queries.clear();
      }),
    [queries],
  );
  return <QueryClientProvider client={queries}>{children}</QueryClientProvider>;
}

/**
 * `always`: the vault is on this machine, so being offline is the normal state and no reason to wait. Mutations are not kept: their input
 * may hold a passphrase.
 */
function newQueryClient(): QueryClient {
  const local = { networkMode: 'always', retry: false } as const;
  return new QueryClient({
    defaultOptions: {
      queries: { ...local, staleTime: Infinity, refetchOnWindowFocus: false },
      mutations: { ...local, gcTime: 0 },
    },
  });
}
