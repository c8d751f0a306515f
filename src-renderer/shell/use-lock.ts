import { useCallback } from 'react';
import { call } from '../api/client.ts';

/** Locks at once. The vault process ends; its `locked` event brings the unlock screen. */
export function useLock(): () => void {
  return useCallback(() => {
    // The process may be gone before its reply is: the event says what happened.
    call('vault.lock', {}).catch(() => undefined);
  }, []);
}
