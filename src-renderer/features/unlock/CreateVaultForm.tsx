import { Anchor, Button, Progress, Select, TextInput } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';
import { countries } from '../../../src-shared/catalogue/lists/countries.ts';
import type { Output } from '../../../src-shared/contract/methods.ts';
import type { Place } from '../../../src-shared/contract/views.ts';
import { useAction } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { NO_PASSPHRASE, NewPassphraseFields, isUsablePassphrase } from '../../ui/NewPassphraseFields.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useInitialFocus } from '../../ui/use-initial-focus.ts';
import { PlaceNotice } from './PlaceNotice.tsx';
import { UnlockCard } from './UnlockCard.tsx';
import { isVaultName, vaultNameFor } from './vault-name.ts';

interface Props {
  /** Where the new vault would lie. */
  readonly place: Place;
  readonly onBack: () => void;
  readonly onCreated: (created: Output<'vault.create'>) => void;
}

const COUNTRIES = countries.codes.map((entry) => ({ value: entry.code, label: `${entry.label} (${entry.code})` }));

/** Whose vault it is, who opens it first, and the passphrase. */
export function CreateVaultForm({ place, onBack, onCreated }: Props) {
  const [agency, setAgency] = useState('');
  const [country, setCountry] = useState<string | null>(null);
  const [user, setUser] = useState('');
  const [typedName, setTypedName] = useState<string>();
  const [passphrase, setPassphrase] = useState(NO_PASSPHRASE);
  const [isTried, setIsTried] = useState(false);
  const firstField = useInitialFocus<HTMLInputElement>();
  const create = useAction('vault.create');
  const name = typedName ?? vaultNameFor(agency);
  const isEmpty = (text: string) => isTried && text.trim() === '';

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setIsTried(true);
    if (agency.trim() === '' || user.trim() === '' || country === null) return;
    if (!isVaultName(name) || !isUsablePassphrase(passphrase)) return;
    create.mutate({ vault: name, agency, country, user, passphrase: passphrase.first }, { onSuccess: onCreated });
  };
  return (
    <UnlockCard
      title="Create a vault"
      isWide
      footer={
        <Anchor component="button" type="button" onClick={onBack}>
          Back
        </Anchor>
      }
    >
      <form className="unlock-form" onSubmit={submit} noValidate>
        <Notice tone="info" title="What a vault is">
          One encrypted folder on this machine. Everything you enter, import and receive is in it, and so is the key
          your agency signs with. Without the passphrase or the printed recovery key nobody can open it: not your
          colleagues, not your administrators, not the makers of Chirograph.
        </Notice>
        <PlaceNotice place={place} />
        <div className="unlock-pair">
          <TextInput
            label="Agency"
            description="The name partners will see"
            withAsterisk
            maxLength={200}
            value={agency}
            ref={firstField}
            error={isEmpty(agency) && 'Name the agency.'}
            onChange={(event) => setAgency(event.currentTarget.value)}
          />
          <Select
            label="Country"
            description="Where the agency is"
            withAsterisk
            searchable
            placeholder="Choose"
            data={COUNTRIES}
            value={country}
            error={isTried && country === null && 'Choose a country.'}
            onChange={setCountry}
          />
        </div>
        <div className="unlock-pair">
          <TextInput
            label="Your name"
            description="You become its first exchange officer"
            withAsterisk
            maxLength={200}
            value={user}
            error={isEmpty(user) && 'Say who you are.'}
            onChange={(event) => setUser(event.currentTarget.value)}
          />
          <TextInput
            label="Folder name"
            description="Where it lies on this machine"
            withAsterisk
            maxLength={100}
            value={name}
            error={isTried && !isVaultName(name) && 'Use letters, digits, blanks, dots and hyphens.'}
            onChange={(event) => setTypedName(event.currentTarget.value)}
          />
        </div>
        <div className="unlock-pair">
          <NewPassphraseFields value={passphrase} isTried={isTried} onChange={setPassphrase} />
        </div>
        {create.error !== null && <ErrorNotice {...explain(create.error)} />}
        {create.isPending && <Progress value={100} animated size="sm" aria-label="Creating the vault" />}
        <Button type="submit" fullWidth disabled={create.isPending}>
          {create.isPending ? 'Deriving keys…' : 'Create vault'}
        </Button>
      </form>
    </UnlockCard>
  );
}
