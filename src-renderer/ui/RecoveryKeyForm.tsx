import { Button, Checkbox, Group, TextInput } from '@mantine/core';
import { IconCopy, IconPrinter } from '@tabler/icons-react';
import { type SyntheticEvent, useState } from 'react';
import { Notice } from './Notice.tsx';
import { groupsOf, isLastGroup } from './recovery-key.ts';
import './recovery-key.css';

interface Props {
  readonly recoveryKey: string;
  readonly agency: string;
  readonly vault: string;
  readonly doneLabel: string;
  readonly onKept: () => void;
}

/** Shows a recovery key once; goes on only when it was kept, which typing its last group makes likely. */
export function RecoveryKeyForm({ recoveryKey, agency, vault, doneLabel, onKept }: Props) {
  const [isKept, setIsKept] = useState(false);
  const [typed, setTyped] = useState('');
  const [isCopied, setIsCopied] = useState(false);
  const isRight = isLastGroup(recoveryKey, typed);
  const isWhole = typed.trim().length >= (groupsOf(recoveryKey).at(-1)?.length ?? 0);
  const copy = () => void navigator.clipboard.writeText(recoveryKey).then(() => setIsCopied(true));
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (isKept && isRight) onKept();
  };
  return (
    <form className="recovery-key-form" onSubmit={submit}>
      <Notice tone="warn" title="This is shown once">
        It opens the vault when every passphrase is forgotten. Nobody can make another copy of it for you. Print it or
        write it down, and lock it away apart from this machine.
      </Notice>
      <section className="recovery-sheet" aria-label="Recovery key">
        <p>
          <bdi>{agency}</bdi> · vault <bdi>{vault}</bdi>
        </p>
        <ol dir="ltr">
          {groupsOf(recoveryKey).map((group, index) => (
            <li key={`${index}-${group}`}>{group}</li>
          ))}
        </ol>
      </section>
      <Group gap={8}>
        <Button variant="default" leftSection={<IconPrinter size={14} aria-hidden />} onClick={() => window.print()}>
          Print
        </Button>
        <Button variant="default" leftSection={<IconCopy size={14} aria-hidden />} onClick={copy}>
          Copy
        </Button>
        <output className="recovery-key-hint">
          {isCopied && 'Copied. Clear the clipboard when you have stored it.'}
        </output>
      </Group>
      <Checkbox
        label="I have printed or written it down"
        checked={isKept}
        onChange={(event) => setIsKept(event.currentTarget.checked)}
      />
      <TextInput
        label="Type its last group"
        autoComplete="off"
        spellCheck={false}
        value={typed}
        error={isWhole && !isRight && 'That is not its last group.'}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Button type="submit" fullWidth disabled={!isKept || !isRight}>
        {doneLabel}
      </Button>
    </form>
  );
}
