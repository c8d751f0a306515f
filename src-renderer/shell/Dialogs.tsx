import type { VaultStatus } from '../../src-shared/contract/views.ts';
import { mayExchange } from '../api/may.ts';
import { CompareDialog } from '../features/compare/CompareDialog.tsx';
import { ImportDialog } from '../features/import/ImportDialog.tsx';
import { ReleaseScreen } from '../features/release/ReleaseScreen.tsx';
import { ChooseCaseDialog } from './ChooseCaseDialog.tsx';
import type { Command } from './command.ts';
import { CommandPalette } from './CommandPalette.tsx';
import { EditDialogs } from './EditDialogs.tsx';
import { ShortcutSheet } from './ShortcutSheet.tsx';
import { openCase, useView, useViewStore } from './view-state.ts';

interface Props {
  readonly status: VaultStatus;
  readonly commands: readonly Command[];
}

/** The dialog that is open over the screen, if one is. */
export function Dialogs({ status, commands }: Props) {
  const store = useViewStore();
  const dialog = useView((state) => state.dialog);
  const caseId = useView((state) => (state.screen === 'workspace' ? state.caseId : undefined));
  const unsavedDrawing = useView((state) => state.unsavedDrawing);
  const close = () => store.set({ dialog: undefined });
  if (dialog === undefined) return null;
  if (dialog.kind === 'shortcuts') return <ShortcutSheet commands={commands} onClose={close} />;
  if (dialog.kind === 'palette') return <CommandPalette commands={commands} onClose={close} />;
  if (dialog.kind === 'import') {
    return (
      <ImportDialog
        {...(caseId !== undefined && { caseId })}
        opened
        onClose={close}
        onDone={(id) => openCase(store, id)}
      />
    );
  }
  if (dialog.kind === 'choose-case') return <ChooseCaseDialog subject={dialog.subject} onClose={close} />;
  if (dialog.kind === 'release') {
    const { recall } = dialog;
    const released = recall?.case ?? caseId;
    return released === undefined ? null : (
      <ReleaseScreen
        caseId={released}
        isDrawingUnsaved={unsavedDrawing === released}
        {...(recall !== undefined && { recallFor: recall.agency })}
        onClose={close}
        onAsked={() => store.set({ dialog: undefined, screen: 'approvals' })}
      />
    );
  }
  if (caseId === undefined) return null;
  if (dialog.kind === 'compare') {
    return (
      <CompareDialog
        caseId={caseId}
        canExchange={mayExchange(status)}
        onRelease={() => store.set({ dialog: { kind: 'release' } })}
        elsewhere={{
          bundle: { label: 'Go to Receive', onGo: () => store.set({ dialog: undefined, screen: 'receive' }) },
          card: { label: 'Go to Partners', onGo: () => store.set({ dialog: undefined, screen: 'partners' }) },
        }}
        onClose={close}
      />
    );
  }
  return <EditDialogs dialog={dialog} caseId={caseId} country={status.country} onClose={close} />;
}
