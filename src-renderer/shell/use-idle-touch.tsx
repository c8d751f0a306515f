import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { call } from '../api/client.ts';
import { useVaultEvent } from '../api/hooks.ts';
import { useViewStore } from './view-state.ts';

const EVERY_MS = 30_000;
const TOAST = 'locking-soon';
const INPUTS = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;

/**
 * Tells the vault process that somebody is here: after input, at most every 30 seconds. The process decides when to lock, and warns in
 * its last minute; any input, or the button of the warning, keeps the vault open (WCAG 2.2.1).
 */
export function useIdleTouch(): void {
  const store = useViewStore();
  useEffect(() => {
    const touch = () => {
      if (Date.now() - store.get().touchedAt < EVERY_MS) return;
      store.set({ touchedAt: Date.now() });
      notifications.hide(TOAST);
      call('vault.touch', {}).catch(() => undefined);
    };
    touch();
    for (const input of INPUTS) window.addEventListener(input, touch, { capture: true, passive: true });
    return () => {
      for (const input of INPUTS) window.removeEventListener(input, touch, { capture: true });
    };
  }, [store]);
  useVaultEvent((event) => {
    if (event.type === 'locking-soon') warn(event.seconds);
    if (event.type === 'locked') notifications.clean();
  });
}

function warn(seconds: number): void {
  notifications.show({
    id: TOAST,
    title: `Locking in ${seconds} seconds`,
    message: (
      <>
        Nobody has used this vault for a while. What you saved is safe.{' '}
        <Button size="compact-xs" onClick={() => notifications.hide(TOAST)}>
          Stay unlocked
        </Button>
      </>
    ),
    autoClose: seconds * 1000,
  });
}
