import { PassphraseInput } from './PassphraseInput.tsx';
import { LEAST_PASSPHRASE, advisePassphrase, passphraseLength } from './passphrase-advice.ts';

/** A new passphrase typed twice. */
export interface NewPassphrase {
  readonly first: string;
  readonly second: string;
}

interface Props {
  readonly value: NewPassphrase;
  readonly isTried: boolean;
  readonly isDisabled?: boolean;
  readonly onChange: (value: NewPassphrase) => void;
}

const CHOOSE = `Choose a passphrase of at least ${LEAST_PASSPHRASE} characters.`;
export const NO_PASSPHRASE: NewPassphrase = { first: '', second: '' };

/** True when it is long enough for a vault and typed the same twice. */
export function isUsablePassphrase({ first, second }: NewPassphrase): boolean {
  return first === second && passphraseLength(first) >= LEAST_PASSPHRASE;
}

/** Chooses a passphrase: typed twice, with a hint how hard it is to guess. */
export function NewPassphraseFields({ value, isTried, isDisabled = false, onChange }: Props) {
  const advice = advisePassphrase(value.first);
  const isRefused = isTried && passphraseLength(value.first) < LEAST_PASSPHRASE;
  const isDifferent = value.first !== value.second && (isTried || value.second.length >= value.first.length);
  return (
    <>
      <div>
        <PassphraseInput
          label="New passphrase"
          autoComplete="new-password"
          value={value.first}
          isDisabled={isDisabled}
          error={isRefused ? (value.first === '' ? CHOOSE : advice.text) : undefined}
          onChange={(first) => onChange({ ...value, first })}
        />
        <output className="passphrase-advice" data-level={advice.level}>
          <span className="passphrase-meter" aria-hidden />
          {!isRefused && advice.text}
        </output>
      </div>
      <PassphraseInput
        label="The same passphrase again"
        autoComplete="new-password"
        value={value.second}
        isDisabled={isDisabled}
        error={isDifferent && value.second !== '' ? 'The two passphrases differ.' : undefined}
        onChange={(second) => onChange({ ...value, second })}
      />
    </>
  );
}
