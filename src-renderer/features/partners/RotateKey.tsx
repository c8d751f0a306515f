import { Checkbox, Modal } from '@mantine/core';
import { useState } from 'react';
import type { Output } from '../../../src-shared/contract/methods.ts';
import type { VaultStatus } from '../../../src-shared/contract/views.ts';
import { useAction } from '../../api/hooks.ts';
import { useJob } from '../../api/job.ts';
import { explain } from '../../strings/errors.ts';
import { listOf } from '../../strings/format.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { PassphraseInput } from '../../ui/PassphraseInput.tsx';
import { RecoveryKeyForm } from '../../ui/RecoveryKeyForm.tsx';

interface Props {
  readonly status: VaultStatus;
  /** Everybody else who can open the vault now. */
  readonly others: readonly string[];
  readonly onClose: () => void;
}

/** A new key for the vault, with what that means for everybody; then the new recovery key, once. */
export function RotateKey({ status, others, onClose }: Props) {
  const [passphrase, setPassphrase] = useState('');
  const [isUnderstood, setIsUnderstood] = useState(false);
  const [rotated, setRotated] = useState<Output<'vault.rotate'>>();
  const rotate = useAction('vault.rotate');
  const job = useJob();
  const start = () => rotate.mutate({ passphrase, job: job.begin() }, { onSuccess: setRotated });

  if (rotated !== undefined) {
    return (
      <Modal
        opened
        title="Keep the new recovery key"
        lockScroll={false}
        centered
        size={600}
        withCloseButton={false}
        closeOnEscape={false}
        closeOnClickOutside={false}
        onClose={onClose}
      >
        <RecoveryKeyForm
          recoveryKey={rotated.recoveryKey}
          agency={status.agency}
          vault={status.vault}
          doneLabel="Go on with the new key"
          onKept={onClose}
        />
      </Modal>
    );
  }
  return (
    <ConfirmDialog
      opened
      title="Give the vault a new key"
      confirmLabel="Write the vault under a new key"
      isDangerous
      isBusy={rotate.isPending}
      isReady={passphrase !== '' && isUnderstood}
      onClose={onClose}
      onConfirm={start}
    >
      <Notice tone="warn" title="When a passphrase or the recovery key may be known to somebody">
        The whole vault is written anew under another key, and the old files are overwritten and removed. On a disk that
        moves what is written, as every SSD does, remains can stay until it needs the room. Copies and backups made
        before keep opening with the old passphrases: destroy them.
      </Notice>
      <p className="vault-rotate-effect">
        The recovery key printed so far opens nothing any more; a new one is shown next.{' '}
        {others.length > 0 && (
          <>
            <b>
              <bdi>{listOf(others)}</bdi>
            </b>{' '}
            can no longer open the vault until you add them again with a passphrase.
          </>
        )}
      </p>
      <PassphraseInput
        label="Your passphrase"
        autoComplete="current-password"
        value={passphrase}
        onChange={setPassphrase}
      />
      <Checkbox
        label="I can print or write down the new recovery key now"
        checked={isUnderstood}
        onChange={(event) => setIsUnderstood(event.currentTarget.checked)}
      />
      {rotate.isPending && (
        <JobProgress
          label="Writing the vault under a new key"
          progress={inPercent(job.progress)}
          onCancel={job.cancel}
        />
      )}
      {rotate.error !== null && <ErrorNotice {...explain(rotate.error)} />}
    </ConfirmDialog>
  );
}

function inPercent(progress: ReturnType<typeof useJob>['progress']): ReturnType<typeof useJob>['progress'] {
  return progress === undefined ? undefined : { ...progress, stage: '%' };
}
