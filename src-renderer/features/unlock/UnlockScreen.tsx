import { useState } from 'react';
import type { Place, VaultListing, VaultStatus } from '../../../src-shared/contract/views.ts';
import { useAction, useMethod } from '../../api/hooks.ts';
import { useJob } from '../../api/job.ts';
import { explain } from '../../strings/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { CreateVaultForm } from './CreateVaultForm.tsx';
import { FirstRun } from './FirstRun.tsx';
import { RecoverForm } from './RecoverForm.tsx';
import { RecoveryKeySheet } from './RecoveryKeySheet.tsx';
import { RestoreForm } from './RestoreForm.tsx';
import { UnlockCard } from './UnlockCard.tsx';
import { UnlockForm } from './UnlockForm.tsx';

interface Props {
  readonly onUnlocked: (status: VaultStatus) => void;
}

type Step =
  | { readonly name: 'start' }
  | { readonly name: 'create' }
  | { readonly name: 'restore' }
  | { readonly name: 'recover'; readonly vault: VaultListing }
  | { readonly name: 'recovery-key'; readonly recoveryKey: string; readonly status: VaultStatus };

const LOCAL: Place = { kind: 'local' };

/** Everything before a vault is open: unlock one, create one, recover one, or look at the sample case. */
export function UnlockScreen({ onUnlocked }: Props) {
  const [step, setStep] = useState<Step>({ name: 'start' });
  const listing = useMethod('vault.list', {});
  const sample = useAction('sample.open');
  const job = useJob();
  const openSample = () => sample.mutate({ job: job.begin() }, { onSuccess: onUnlocked });
  const restore = () => setStep({ name: 'restore' });
  const back = () => setStep({ name: 'start' });

  if (sample.isPending) {
    return (
      <UnlockCard title="The sample case">
        <JobProgress label="Preparing the sample case" progress={job.progress} onCancel={job.cancel} />
      </UnlockCard>
    );
  }
  if (step.name === 'create') {
    return (
      <CreateVaultForm
        place={listing.data?.place ?? LOCAL}
        onBack={back}
        onCreated={({ recoveryKey, status }) => setStep({ name: 'recovery-key', recoveryKey, status })}
      />
    );
  }
  if (step.name === 'restore') {
    const restored = () => {
      void listing.refetch();
      back();
    };
    return <RestoreForm onBack={back} onRestored={restored} />;
  }
  if (step.name === 'recover') return <RecoverForm vault={step.vault} onBack={back} onRecovered={onUnlocked} />;
  if (step.name === 'recovery-key') {
    return (
      <RecoveryKeySheet
        recoveryKey={step.recoveryKey}
        agency={step.status.agency}
        vault={step.status.vault}
        onKept={() => onUnlocked(step.status)}
      />
    );
  }
  const vaults = listing.data?.vaults;
  const failed = listing.error ?? sample.error;
  return (
    <>
      {failed !== null && (
        <UnlockCard title="Chirograph">
          <ErrorNotice {...explain(failed)} onRetry={() => void listing.refetch()} />
        </UnlockCard>
      )}
      {failed === null && vaults?.length === 0 && (
        <FirstRun onCreate={() => setStep({ name: 'create' })} onRestore={restore} onOpenSample={openSample} />
      )}
      {failed === null && vaults !== undefined && vaults.length > 0 && (
        <UnlockForm
          vaults={vaults}
          onUnlocked={onUnlocked}
          onRecover={(vault) => setStep({ name: 'recover', vault })}
          onCreate={() => setStep({ name: 'create' })}
          onRestore={restore}
          onOpenSample={openSample}
        />
      )}
    </>
  );
}
