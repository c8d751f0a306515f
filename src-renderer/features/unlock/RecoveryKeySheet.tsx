import { RecoveryKeyForm } from '../../ui/RecoveryKeyForm.tsx';
import { UnlockCard } from './UnlockCard.tsx';

interface Props {
  readonly recoveryKey: string;
  readonly agency: string;
  readonly vault: string;
  readonly onKept: () => void;
}

/** The last step of a new vault: its recovery key. */
export function RecoveryKeySheet(props: Props) {
  return (
    <UnlockCard title="Keep the recovery key" isWide>
      <RecoveryKeyForm {...props} doneLabel="Open the vault" />
    </UnlockCard>
  );
}
