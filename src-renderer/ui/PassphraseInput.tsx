import { PasswordInput } from '@mantine/core';
import { type KeyboardEvent, type Ref, useState } from 'react';
import './passphrase.css';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly autoComplete: 'current-password' | 'new-password';
  readonly description?: string;
  readonly error?: string | undefined;
  readonly isFocusedFirst?: boolean;
  readonly isDisabled?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly onChange: (passphrase: string) => void;
}

/** One passphrase field: can be shown, may be pasted into (WCAG 3.3.8), and says when Caps Lock is on. */
export function PassphraseInput(props: Props) {
  const { label, value, autoComplete, description, error, isFocusedFirst = false, isDisabled = false } = props;
  const [isCapsLockOn, setIsCapsLockOn] = useState(false);
  const watchCapsLock = (event: KeyboardEvent) => setIsCapsLockOn(event.getModifierState('CapsLock'));
  return (
    <div>
      <PasswordInput
        label={label}
        value={value}
        autoComplete={autoComplete}
        spellCheck={false}
        description={description}
        error={error}
        disabled={isDisabled}
        visibilityToggleButtonProps={{ 'aria-label': `Show or hide: ${label}`, 'tabIndex': 0 }}
        onChange={(event) => props.onChange(event.currentTarget.value)}
        onKeyDown={watchCapsLock}
        onKeyUp={watchCapsLock}
        onBlur={() => setIsCapsLockOn(false)}
        {...(isFocusedFirst && { 'data-autofocus': true, 'autoFocus': true })}
        {...(props.inputRef !== undefined && { ref: props.inputRef })}
      />
      <output className="caps-lock">{isCapsLockOn && 'Caps Lock is on.'}</output>
    </div>
  );
}
