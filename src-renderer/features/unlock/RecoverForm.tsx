import { Anchor, Button, Progress, Textarea } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';
import type { VaultListing, VaultStatus } from '../../../src-shared/contract/views.ts';
import { useAction } from '../../api/hooks.ts';
import { useJob } from '../../api/job.ts';
import { explain } from '../../strings/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { NO_PASSPHRASE, NewPassphraseFields, isUsablePassphrase } from '../../ui/NewPassphraseFields.tsx';
import { useInitialFocus } from '../../ui/use-initial-focus.ts';
import { UnlockCard } from './UnlockCard.tsx';
import { UnlockProgress } from './UnlockProgress.tsx';

interface Props {
  readonly vault: VaultListing;
  readonly onBack: () => void;
  readonly onRecovered: (status: VaultStatus) => void;
}

/** The printed key opens the vault; a new passphrase is set at once, so that the key can go back where it is kept. */
export function RecoverForm({ vault, onBack, onRecovered }: Props) {
  const [recoveryKey, setRecoveryKey] = useState('');
  const [opened, setOpened] = useState<VaultStatus>();
  const [passphrase, setPassphrase] = useState(NO_PASSPHRASE);
  const [isTried, setIsTried] = useState(false);
  const keyField = useInitialFocus<HTMLTextAreaElement>();
  const unlock = useAction('vault.unlock');
  const job = useJob();
  const change = useAction('vault.change-passphrase');

  const open = (event: SyntheticEvent) => {
    event.preventDefault();
    unlock.mutate({ vault: vault.vault, recoveryKey, job: job.begin() }, { onSuccess: setOpened });
  };
  const setNew = (event: SyntheticEvent) => {
    event.preventDefault();
    setIsTried(true);
    if (opened === undefined || !isUsablePassphrase(passphrase)) return;
    change.mutate({ new: passphrase.first }, { onSuccess: () => onRecovered(opened) });
  };
  if (opened === undefined) {
    return (
      <UnlockCard
        title="Use the recovery key"
        isWide
        footer={
          <Anchor component="button" type="button" onClick={onBack}>
            Back
          </Anchor>
        }
      >
        <form className="unlock-form" onSubmit={open}>
          <p className="unlock-lead">
            Type the printed recovery key of <bdi>{vault.agency}</bdi>. Blanks, hyphens and small letters do not matter.
          </p>
          <Textarea
            label="Recovery key"
            autosize
            minRows={2}
            ref={keyField}
            autoComplete="off"
            spellCheck={false}
            dir="ltr"
            value={recoveryKey}
            error={unlock.error !== null}
            onChange={(event) => setRecoveryKey(event.currentTarget.value)}
          />
          {unlock.isPending && <UnlockProgress job={job} />}
          {unlock.error !== null && <ErrorNotice {...explain(unlock.error)} />}
          <Button type="submit" fullWidth disabled={recoveryKey.trim() === ''} loading={unlock.isPending}>
            Continue
          </Button>
        </form>
      </UnlockCard>
    );
  }
  return (
    <UnlockCard title="Set a new passphrase" isWide>
      <form className="unlock-form" onSubmit={setNew}>
        <p className="unlock-lead">
          The vault is open. Set a new passphrase now; the recovery key stays valid, so put it back where it is kept.
        </p>
        <NewPassphraseFields value={passphrase} isTried={isTried} onChange={setPassphrase} />
        {change.error !== null && <ErrorNotice {...explain(change.error)} />}
        {change.isPending && <Progress value={100} animated size="sm" aria-label="Deriving key" />}
        <Button type="submit" fullWidth disabled={change.isPending}>
          Set passphrase and open
        </Button>
      </form>
    </UnlockCard>
  );
}
