import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { PartnerStreams } from '../../../src-shared/contract/streams.ts';
import { useAction } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { formatInstant } from '../../strings/format.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { ALARM_LABELS, ALARM_WORDS } from './alarm-words.ts';

interface Props {
  readonly partner: PartnerStreams;
  readonly isOfficer: boolean;
}

/** What cannot be, what proves it, and the note of whoever looked into it. */
export function StreamAlarms({ partner, isOfficer }: Props) {
  const [note, setNote] = useState('');
  const evidence = useAction('stream.evidence');
  const noting = useAction('stream.note');
  const { agency, alarms } = partner;
  const isOpen = alarms.some(({ isNoted }) => !isNoted);
  const error = evidence.error ?? noting.error;
  return (
    <div className="stream-alarms">
      {alarms.map((alarm) => (
        <Notice
          key={`${alarm.kind} ${alarm.manifests.join(' ')}`}
          tone={alarm.isNoted ? 'info' : 'crit'}
          title={`${ALARM_LABELS[alarm.kind]}${alarm.isNoted ? ', noted' : ''}, seen ${formatInstant(alarm.at)}`}
        >
          <p className="stream-alarm-text">{ALARM_WORDS[alarm.kind](alarm)}</p>
          <ul className="stream-manifests" aria-label="Manifests">
            {alarm.manifests.map((manifest) => (
              <li key={manifest} dir="ltr">
                {manifest}
              </li>
            ))}
          </ul>
          {isOfficer && (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() =>
                evidence.mutate(
                  { agency, manifests: [...alarm.manifests] },
                  { onSuccess: ({ fileName, bytes }) => saveFile(fileName, bytes) },
                )
              }
            >
              Save the evidence
            </Button>
          )}
        </Notice>
      ))}
      {isOfficer && isOpen && (
        <form
          className="stream-note"
          onSubmit={(event) => {
            event.preventDefault();
            if (note.trim() !== '') noting.mutate({ agency, note: note.trim() }, { onSuccess: () => setNote('') });
          }}
        >
          <TextInput
            label="What was done about it"
            description="Goes into the audit log. The alarm stays listed and calls no more."
            value={note}
            maxLength={200}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" disabled={note.trim() === ''} loading={noting.isPending}>
            Note as seen
          </Button>
        </form>
      )}
      {error !== null && <ErrorNotice {...explain(error)} />}
    </div>
  );
}
