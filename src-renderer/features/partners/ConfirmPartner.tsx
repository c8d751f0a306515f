import { Button, Checkbox, Group, Modal, Select, Textarea, TextInput } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';
import type { z } from 'zod';
import type { PartnerView } from '../../../src-shared/contract/views.ts';
import { useAction } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { WordGrid } from '../../ui/WordGrid.tsx';
import { LooksLike } from './LooksLike.tsx';
import { ReadTheirCode } from './ReadTheirCode.tsx';

interface Props {
  readonly partner: z.infer<typeof PartnerView>;
  readonly onClose: () => void;
  readonly onRevoke: () => void;
}

const CHANNELS = ['In person', 'Phone, on a number known before', 'Video call', 'Secure radio'];

/** The comparison: with whom, by which channel, and only then whether the words are the same. */
export function ConfirmPartner({ partner, onClose, onRevoke }: Props) {
  const [person, setPerson] = useState('');
  const [channel, setChannel] = useState<string | null>(null);
  const [isSame, setIsSame] = useState(false);
  const [typed, setTyped] = useState('');
  const [isDifferent, setIsDifferent] = useState(false);
  const [isScanning, setIsScanning] = useState(false);
  const confirm = useAction('partner.confirm');
  const isKnown = person.trim() !== '' && channel !== null;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (channel === null || !isKnown || (!isSame && typed.trim() === '')) return;
    const words = typed.trim() === '' ? partner.words : typed;
    confirm.mutate({ agency: partner.agency, words, with: person, channel }, { onSuccess: onClose });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Confirm ${partner.name}`}
      size={560}
      lockScroll={false}
      closeOnClickOutside={false}
      closeOnEscape={!isScanning}
    >
      {isDifferent ? (
        <div className="screen-stack">
          <Notice tone="crit" title="Do not use this card.">
            Different words mean that one of you holds a card that the other did not make: an old one, a mix-up, or
            someone in between. The partner stays unconfirmed and nothing can be exchanged. Tell the person you are
            speaking with, ask for a new card by another way, and compare again. Revoke this one so that nobody confirms
            it by mistake.
          </Notice>
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={() => setIsDifferent(false)}>
              Compare again
            </Button>
            <Button color="red" onClick={onRevoke}>
              Revoke this card…
            </Button>
          </Group>
        </div>
      ) : (
        <form className="screen-stack" onSubmit={submit}>
          <LooksLike partner={partner} />
          <p className="partner-hint">
            Meet the partner or call a number you knew before this card came, and read the words to each other, row by
            row.
          </p>
          <WordGrid words={partner.words} label="Twelve words to compare" />
          <div className="partner-pair">
            <TextInput
              label="Compared with"
              description="The person there"
              withAsterisk
              data-autofocus
              maxLength={200}
              value={person}
              onChange={(event) => setPerson(event.currentTarget.value)}
            />
            <Select
              label="Channel"
              description="Not the way the card came"
              withAsterisk
              placeholder="Choose"
              data={CHANNELS}
              value={channel}
              onChange={setChannel}
            />
          </div>
          <Checkbox
            label="All twelve words are the same on both screens"
            checked={isSame}
            disabled={!isKnown}
            onChange={(event) => setIsSame(event.currentTarget.checked)}
          />
          <Textarea
            label="Or type the words they read to you"
            description="Or paste the code that their screen shows under “Keys of this agency”; then Chirograph compares"
            autosize
            minRows={2}
            dir="ltr"
            autoComplete="off"
            spellCheck={false}
            disabled={!isKnown}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <ReadTheirCode
            partner={partner}
            typed={typed}
            isDisabled={!isKnown}
            isOpen={isScanning}
            onOpen={setIsScanning}
            onRead={setTyped}
          />
          {confirm.error !== null && <ErrorNotice {...explain(confirm.error)} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={() => setIsDifferent(true)}>
              They do not match
            </Button>
            <Button type="submit" loading={confirm.isPending} disabled={!isKnown || (!isSame && typed.trim() === '')}>
              They match
            </Button>
          </Group>
        </form>
      )}
    </Modal>
  );
}
