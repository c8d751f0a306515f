import { Divider } from '@mantine/core';
import { IconArrowBackUp, IconSearch } from '@tabler/icons-react';
import type { VaultStatus } from '../../src-shared/contract/views.ts';
import { mayWrite } from '../api/may.ts';
import { BrandMark } from '../ui/BrandMark.tsx';
import { Keys } from '../ui/Keys.tsx';
import { Tag } from '../ui/Tag.tsx';
import { ToolButton } from '../ui/ToolButton.tsx';
import { BarActions } from './BarActions.tsx';
import { CaseSwitcher } from './CaseSwitcher.tsx';
import type { Command } from './command.ts';
import { batchWords, useUndo } from './use-undo.ts';
import { useViewStore } from './view-state.ts';

interface Props {
  readonly status: VaultStatus;
  readonly commands: readonly Command[];
}

/** Which case and how it is marked, undo, the command box, and what can be done from everywhere. */
export function CaseBar({ status, commands }: Props) {
  const store = useViewStore();
  const { next, undo } = useUndo();
  return (
    <header className="casebar" data-pane="casebar">
      <div className="casebar-start">
        <BrandMark />
        <CaseSwitcher />
        {status.isSample && <Tag tone="warning">SAMPLE</Tag>}
        {mayWrite(status) && (
          <>
            <Divider orientation="vertical" h={20} my="auto" />
            <ToolButton
              label={next === undefined ? 'Nothing to undo' : `Undo ${batchWords(next)}`}
              keys="Ctrl+Z"
              icon={<IconArrowBackUp size={17} />}
              isDisabled={next === undefined}
              onPress={undo}
            />
          </>
        )}
      </div>
      <button type="button" className="command-box" onClick={() => store.set({ dialog: { kind: 'palette' } })}>
        <IconSearch size={15} aria-hidden />
        <span className="command-box-text">Search people, phones, plates, commands…</span>
        <Keys keys="Ctrl+K" />
      </button>
      <BarActions status={status} commands={commands} />
    </header>
  );
}
