import { useEffect, useEffectEvent } from 'react';
import { tinykeys } from 'tinykeys';
import type { Command } from './command.ts';
import { useViewStore } from './view-state.ts';

/** Binds the keys of the commands. While a dialog is open only it has keys, and the way out of the vault. */
export function useShortcuts(commands: readonly Command[]): void {
  const store = useViewStore();
  const runFor = useEffectEvent((command: Command, event: KeyboardEvent) => {
    if (command.where === 'chart' && !isInChart(event)) return;
    const isBusy = store.get().dialog !== undefined || document.querySelector('[role="dialog"]') !== null;
    if (isBusy && command.id !== 'vault.lock') return;
    if (command.id === 'case.undo' && isInText(event)) return;
    event.preventDefault();
    command.run();
  });
  useEffect(() => {
    const bound = commands.flatMap((command) => {
      const { binding } = command;
      return binding === undefined ? [] : [[binding, (event: KeyboardEvent) => runFor(command, event)] as const];
    });
    return tinykeys(window, Object.fromEntries(bound), { ignore: (event) => event.isComposing });
  }, [commands]);
}

function isInChart(event: KeyboardEvent): boolean {
  return event.target instanceof Element && event.target.closest('[data-keys="chart"]') !== null;
}

/** In a text field Ctrl+Z takes back typing, as everywhere. */
function isInText(event: KeyboardEvent): boolean {
  return event.target instanceof HTMLElement && event.target.matches('input, textarea, [contenteditable]');
}
