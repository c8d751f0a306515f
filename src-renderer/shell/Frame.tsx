import { useRef } from 'react';
import type { VaultStatus } from '../../src-shared/contract/views.ts';
import type { ChartControls } from '../features/chart/chart-controls.ts';
import { CaseBar } from './CaseBar.tsx';
import { Dialogs } from './Dialogs.tsx';
import './frame.css';
import { Screens } from './Screens.tsx';
import { useCommands } from './use-commands.ts';
import { useIdleTouch } from './use-idle-touch.tsx';
import { useShortcuts } from './use-shortcuts.ts';

interface Props {
  readonly status: VaultStatus;
}

/** The open vault: case bar, the screen, the status line of the case, and what may open over them. */
export function Frame({ status }: Props) {
  const chart = useRef<ChartControls>(null);
  const commands = useCommands(status, chart);
  useShortcuts(commands);
  useIdleTouch();
  return (
    <div className="frame">
      <CaseBar status={status} commands={commands} />
      <Screens status={status} chart={chart} />
      <Dialogs status={status} commands={commands} />
    </div>
  );
}
