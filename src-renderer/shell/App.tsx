import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { VaultStatus } from '../../src-shared/contract/views.ts';
import { useMethod, useVaultEvent } from '../api/hooks.ts';
import { UnlockScreen } from '../features/unlock/UnlockScreen.tsx';
import { Frame } from './Frame.tsx';
import { OlderVault } from './OlderVault.tsx';
import { INITIAL_VIEW, useViewStore } from './view-state.ts';

/**
 * Locked or open. A reload asks the vault process once; after that only the unlock screen opens the gate, because it may still have a
 * recovery key to show when the vault behind it is already open.
 */
export function App() {
  const [gate, setGate] = useState<'asking' | 'shut' | 'open'>('asking');
  const queries = useQueryClient();
  const store = useViewStore();
  const status = useMethod('vault.status', {}, { enabled: gate !== 'shut' });
  useVaultEvent((event) => {
    if (event.type !== 'locked') return;
    store.set(INITIAL_VIEW);
    setGate('shut');
  });
  const open = (opened: VaultStatus) => {
    queries.setQueryData(['vault.status', {}], opened);
    setGate('open');
  };
  if (gate === 'asking' && status.isError) setGate('shut');
  if (gate === 'shut') return <UnlockScreen onUnlocked={open} />;
  if (status.data?.olderSchema !== undefined)
    return <OlderVault status={status.data} schema={status.data.olderSchema} />;
  return status.data === undefined ? null : <Frame key={status.data.vault} status={status.data} />;
}
