import { useQueryClient } from '@tanstack/react-query';
import { type RefObject, useMemo } from 'react';
import type { VaultStatus } from '../../src-shared/contract/views.ts';
import { mayExchange, mayWrite } from '../api/may.ts';
import type { ChartControls } from '../features/chart/chart-controls.ts';
import { chartCommands } from './chart-commands.ts';
import type { Command } from './command.ts';
import { expandFromKeys } from './expand.ts';
import { caseCommands, drawingCommands, placeCommands, viewCommands } from './place-commands.ts';
import { useLock } from './use-lock.ts';
import { useUndo } from './use-undo.ts';
import { useView, useViewStore } from './view-state.ts';

/** Every command that makes sense here and now for this person; what is forbidden is not offered. */
export function useCommands(status: VaultStatus, chart: RefObject<ChartControls | null>): readonly Command[] {
  const store = useViewStore();
  const queries = useQueryClient();
  const isInCase = useView((state) => state.screen === 'workspace' && state.caseId !== undefined);
  const { undo } = useUndo();
  const lock = useLock();
  const canWrite = mayWrite(status);
  const canExchange = mayExchange(status);
  return useMemo(() => {
    const vault: readonly Command[] = [
      {
        id: 'vault.palette',
        group: 'Go to',
        label: 'Command box',
        keys: 'Ctrl+K',
        binding: '$mod+k',
        where: 'everywhere',
        isKeyOnly: true,
        run: () => store.set({ dialog: { kind: 'palette' } }),
      },
      {
        id: 'vault.shortcuts',
        group: 'Vault',
        label: 'Keyboard shortcuts',
        keys: '?',
        binding: '[Shift]+?',
        where: 'chart',
        run: () => store.set({ dialog: { kind: 'shortcuts' } }),
      },
      {
        id: 'vault.lock',
        group: 'Vault',
        label: 'Lock',
        keys: 'Ctrl+L',
        binding: '$mod+l',
        where: 'everywhere',
        run: lock,
      },
    ];
    const undoing: readonly Command[] = !canWrite
      ? []
      : [
          {
            id: 'case.undo',
            group: 'Case',
            label: 'Undo the last change',
            keys: 'Ctrl+Z',
            binding: '$mod+z',
            where: 'everywhere',
            run: undo,
          },
        ];
    return [
      ...(isInCase
        ? [
            ...(canWrite ? caseCommands(store) : []),
            ...drawingCommands(store, expandFromKeys(store, queries)),
            ...chartCommands(store, chart),
            ...viewCommands(store, chart),
          ]
        : []),
      ...undoing,
      ...placeCommands(store, { isInCase, canWrite, canExchange }),
      ...vault,
    ];
  }, [store, queries, chart, isInCase, canWrite, canExchange, undo, lock]);
}
