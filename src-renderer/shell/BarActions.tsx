import { Button } from '@mantine/core';
import {
  IconFileExport,
  IconFileImport,
  IconInbox,
  IconKeyboard,
  IconListCheck,
  IconLock,
  IconUsersGroup,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { VaultStatus } from '../../src-shared/contract/views.ts';
import { ToolButton } from '../ui/ToolButton.tsx';
import { ApprovalsButton } from './ApprovalsButton.tsx';
import type { Command } from './command.ts';
import { ThemeSwitch } from './ThemeSwitch.tsx';
import { useView, useViewStore } from './view-state.ts';

interface Props {
  readonly status: VaultStatus;
  readonly commands: readonly Command[];
}

/** Import, exchange and the vault. What the person's role does not allow is not there. */
export function BarActions({ status, commands }: Props) {
  const store = useViewStore();
  const isAtApprovals = useView(({ screen }) => screen === 'approvals');
  const find = (id: string) => commands.find((command) => command.id === id);
  const release = find('exchange.release');
  return (
    <div className="casebar-end">
      <BarButton command={find('case.import')} label="Import" icon={<IconFileImport size={15} aria-hidden />} />
      <BarButton command={find('exchange.receive')} label="Receive" icon={<IconInbox size={15} aria-hidden />} />
      <BarButton command={find('go.partners')} label="Partners" icon={<IconUsersGroup size={15} aria-hidden />} />
      {find('go.approvals') !== undefined && (
        <ApprovalsButton isOpen={isAtApprovals} onOpen={() => store.set({ screen: 'approvals' })} />
      )}
      {release !== undefined && (
        <Button leftSection={<IconFileExport size={15} aria-hidden />} onClick={release.run}>
          Release
        </Button>
      )}
      <ToolButton
        label="Audit log and ledger"
        icon={<IconListCheck size={17} />}
        onPress={() => store.set({ screen: 'audit', auditTab: 'log' })}
      />
      <ThemeSwitch />
      <ToolButton
        label="Keyboard shortcuts"
        keys="?"
        icon={<IconKeyboard size={17} />}
        onPress={() => store.set({ dialog: { kind: 'shortcuts' } })}
      />
      <ToolButton
        label={`Lock (${status.user})`}
        keys="Ctrl+L"
        icon={<IconLock size={17} />}
        onPress={() => find('vault.lock')?.run()}
      />
    </div>
  );
}

interface BarButtonProps {
  readonly command: Command | undefined;
  readonly label: string;
  readonly icon: ReactNode;
}

function BarButton({ command, label, icon }: BarButtonProps) {
  if (command === undefined) return null;
  return (
    <Button variant="default" leftSection={icon} onClick={command.run}>
      {label}
    </Button>
  );
}
