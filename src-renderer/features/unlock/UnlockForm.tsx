import { Anchor, Button, Select } from '@mantine/core';
import { type SyntheticEvent, useEffect, useRef, useState } from 'react';
import type { VaultListing, VaultStatus } from '../../../src-shared/contract/views.ts';
import { useAction } from '../../api/hooks.ts';
import { useJob } from '../../api/job.ts';
import { explain } from '../../strings/errors.ts';
import { PassphraseInput } from '../../ui/PassphraseInput.tsx';
import { IntegrityCard } from './IntegrityCard.tsx';
import { PlaceNotice } from './PlaceNotice.tsx';
import { UnlockCard } from './UnlockCard.tsx';
import { UnlockProgress } from './UnlockProgress.tsx';
import { isIntegrityCode } from './integrity.ts';

interface Props {
  readonly vaults: readonly VaultListing[];
  readonly onUnlocked: (status: VaultStatus) => void;
  readonly onRecover: (vault: VaultListing) => void;
  readonly onCreate: () => void;
  readonly onRestore: () => void;
  readonly onOpenSample: () => void;
}

/** Vault, user when there are several, passphrase. A wrong passphrase stays selected, so that typing replaces it. */
export function UnlockForm({ vaults, onUnlocked, onRecover, onCreate, onRestore, onOpenSample }: Props) {
  const [chosen, setChosen] = useState(vaults[0]?.vault ?? '');
  const [user, setUser] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const unlock = useAction('vault.unlock');
  const job = useJob();
  const vault = vaults.find((listed) => listed.vault === chosen) ?? vaults[0];
  const refused = unlock.error === null ? undefined : explain(unlock.error);

  useEffect(() => {
    if (unlock.error !== null) field.current?.select();
  }, [unlock.error]);

  if (vault === undefined) return null;
  const name = vault.users.some((listed) => listed.name === user) ? user : (vault.users[0]?.name ?? '');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const opening = { vault: vault.vault, passphrase, job: job.begin(), ...(name !== '' && { user: name }) };
    unlock.mutate(opening, { onSuccess: onUnlocked });
  };
  if (refused !== undefined && isIntegrityCode(refused.code)) {
    return (
      <IntegrityCard
        refused={refused}
        opening={{ vault: vault.vault, passphrase, ...(name !== '' && { user: name }) }}
        isOfficer={vault.users.find((listed) => listed.name === name)?.role === 'officer'}
        onOpened={onUnlocked}
        onRestore={onRestore}
        onBack={unlock.reset}
      />
    );
  }
  return (
    <UnlockCard
      title="Unlock"
      footer={
        <>
          <Anchor component="button" type="button" onClick={() => onRecover(vault)}>
            Use the recovery key
          </Anchor>
          <Anchor component="button" type="button" onClick={onCreate}>
            Create a vault
          </Anchor>
          <Anchor component="button" type="button" onClick={onRestore}>
            Restore from backup…
          </Anchor>
          <Anchor component="button" type="button" onClick={onOpenSample}>
            Open the sample case
          </Anchor>
        </>
      }
    >
      <form className="unlock-form" onSubmit={submit}>
        {vaults.length > 1 ? (
          <Select
            label="Vault"
            data={vaults.map((listed) => ({ value: listed.vault, label: vaultLabel(listed) }))}
            value={vault.vault}
            allowDeselect={false}
            disabled={unlock.isPending}
            onChange={(picked) => setChosen(picked ?? '')}
          />
        ) : (
          <p className="unlock-vault">
            <bdi>{vaultLabel(vault)}</bdi>
          </p>
        )}
        <PlaceNotice place={vault.place} />
        {vault.users.length > 1 && (
          <Select
            label="User"
            data={vault.users.map((listed) => ({ value: listed.name, label: listed.name }))}
            value={name}
            allowDeselect={false}
            disabled={unlock.isPending}
            onChange={(picked) => setUser(picked ?? '')}
          />
        )}
        <PassphraseInput
          label="Passphrase"
          autoComplete="current-password"
          value={passphrase}
          isFocusedFirst
          inputRef={field}
          error={refused === undefined ? undefined : `${refused.what} ${refused.state} ${refused.next}`}
          onChange={setPassphrase}
        />
        {unlock.isPending && <UnlockProgress job={job} />}
        <Button type="submit" fullWidth disabled={passphrase === '' || unlock.isPending}>
          {unlock.isPending ? (job.progress === undefined ? 'Deriving key…' : 'Updating…') : 'Unlock'}
        </Button>
      </form>
    </UnlockCard>
  );
}

function vaultLabel(vault: VaultListing): string {
  return `${vault.agency} (${vault.country})${vault.isSample ? ' · sample' : ''} · ${vault.vault}`;
}
