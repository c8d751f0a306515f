import { Anchor, Button, SegmentedControl, TextInput, Textarea } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';
import { explain } from '../../strings/errors.ts';
import { formatInstant, formatSize } from '../../strings/format.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { FileDrop } from '../../ui/FileDrop.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { PassphraseInput } from '../../ui/PassphraseInput.tsx';
import { UnlockCard } from './UnlockCard.tsx';
import { useRestore } from './use-restore.ts';
import { isVaultName, vaultNameFor } from './vault-name.ts';

interface Props {
  readonly onBack: () => void;
  readonly onRestored: () => void;
}

/** A backup file, what opens it, and the folder that the vault gets. */
export function RestoreForm({ onBack, onRestored }: Props) {
  const [file, setFile] = useState<File>();
  const [by, setBy] = useState<'passphrase' | 'recoveryKey'>('passphrase');
  const [secret, setSecret] = useState('');
  const [typedName, setTypedName] = useState<string>();
  const { state, progress, start, cancel } = useRestore();
  const isBusy = state.name === 'reading';
  const vault = typedName ?? vaultNameFor((file?.name ?? '').replace(/\.chirovault$/, ''));

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (file !== undefined && isVaultName(vault)) void start(file, { vault, [by]: secret });
  };
  if (state.name === 'restored') {
    return (
      <UnlockCard title="The vault is restored" isWide>
        <Notice tone="ok" title="Everything in the backup was proved.">
          The vault of <bdi>{state.restored.agency}</bdi> is as it was at {formatInstant(state.restored.created)}, in
          the folder <bdi>{state.restored.vault}</bdi>. What was entered after that is not in it, and what was released
          after that is not in its ledger: receipts for it will be named as such.
        </Notice>
        <Button fullWidth onClick={onRestored}>
          Unlock it
        </Button>
      </UnlockCard>
    );
  }
  return (
    <UnlockCard
      title="Restore from a backup"
      isWide
      footer={
        !isBusy && (
          <Anchor component="button" type="button" onClick={onBack}>
            Back
          </Anchor>
        )
      }
    >
      <form className="unlock-form" onSubmit={submit}>
        <FileDrop
          label="Choose a backup"
          hint={file === undefined ? 'Its name ends in .chirovault' : `${file.name}, ${formatSize(file.size)}`}
          accept=".chirovault"
          isDisabled={isBusy}
          onFile={setFile}
        />
        <SegmentedControl
          aria-label="What opens the backup"
          fullWidth
          disabled={isBusy}
          value={by}
          data={[
            { value: 'passphrase', label: 'A passphrase of that time' },
            { value: 'recoveryKey', label: 'The recovery key' },
          ]}
          onChange={(chosen) => {
            setBy(chosen === 'recoveryKey' ? 'recoveryKey' : 'passphrase');
            setSecret('');
          }}
        />
        {by === 'passphrase' ? (
          <PassphraseInput
            label="Passphrase"
            autoComplete="current-password"
            value={secret}
            isDisabled={isBusy}
            onChange={setSecret}
          />
        ) : (
          <Textarea
            label="Recovery key"
            autosize
            minRows={2}
            autoComplete="off"
            spellCheck={false}
            dir="ltr"
            value={secret}
            disabled={isBusy}
            onChange={(event) => setSecret(event.currentTarget.value)}
          />
        )}
        <TextInput
          label="Folder name"
          description="A new folder on this machine; nothing that is there is replaced"
          maxLength={100}
          value={vault}
          disabled={isBusy}
          error={vault !== '' && !isVaultName(vault) && 'Use letters, digits, blanks, dots and hyphens.'}
          onChange={(event) => setTypedName(event.currentTarget.value)}
        />
        {state.name === 'failed' &&
          (state.refusal === undefined ? (
            <Notice tone="crit" title="The file could not be read.">
              Nothing was restored. Check that it is still there, and try again.
            </Notice>
          ) : (
            <ErrorNotice {...explain(state.refusal)} />
          ))}
        {isBusy && <JobProgress label="Restoring and proving the vault" progress={progress} onCancel={cancel} />}
        <Button type="submit" fullWidth disabled={file === undefined || secret === '' || isBusy || !isVaultName(vault)}>
          Restore the vault
        </Button>
      </form>
    </UnlockCard>
  );
}
