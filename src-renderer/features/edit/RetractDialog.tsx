import { Button, Group, Modal, Radio, Stack, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { RecordId, SubjectId } from '../../../src-shared/domain/ids.ts';
import { useAction, useMethod } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { countOf, listOf } from '../../strings/format.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';

interface Props {
  readonly subject: SubjectId;
  readonly records: readonly RecordId[];
  readonly onClose: () => void;
}

type Action = 'correct' | 'suppress' | 'erase';

const ACTIONS: readonly { readonly value: Action; readonly label: string; readonly description: string }[] = [
  { value: 'correct', label: 'It was wrong', description: 'Withdrawn everywhere; the history keeps it.' },
  {
    value: 'suppress',
    label: 'It must no longer be used',
    description: 'Withdrawn and no longer shown in the history.',
  },
  { value: 'erase', label: 'It must be erased', description: 'Holders delete it and answer with a receipt.' },
];

/** Takes back what we said. Partners who hold it learn of it with the next bundle; until then they still have it. */
export function RetractDialog({ subject, records, onClose }: Props) {
  const view = useMethod('subject.show', { subject }).data;
  const [reason, setReason] = useState('');
  const [action, setAction] = useState<Action>('correct');
  const retract = useAction('record.retract');
  const holders = [...new Set((view?.disclosures ?? []).map((disclosure) => disclosure.partnerName))];
  const submit = () => {
    if (reason.trim() === '') return;
    retract.mutate(
      { records: [...records], action, reason },
      {
        onSuccess: ({ retracted, releasedTo }) => {
          const told =
            releasedTo.length === 0
              ? 'Nobody else has them.'
              : `${countOf(releasedTo.length, 'partner')} will be told with the next bundle.`;
          notifications.show({ title: `Retracted ${countOf(retracted, 'record')}`, message: told });
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Retract ${countOf(records.length, 'record')} about ${view?.label ?? ''}`}
      size={480}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap={12}>
          <p className="edit-note">
            {holders.length === 0
              ? 'None of it was released to a partner.'
              : `Something about this subject was released to ${listOf(holders)}. They keep it until they receive your next bundle.`}
          </p>
          <Radio.Group
            label="Why"
            value={action}
            onChange={(value) => setAction(ACTIONS.find((item) => item.value === value)?.value ?? 'correct')}
          >
            <Stack gap={4}>
              {ACTIONS.map((item) => (
                <Radio
                  key={item.value}
                  size="xs"
                  value={item.value}
                  label={item.label}
                  description={item.description}
                />
              ))}
            </Stack>
          </Radio.Group>
          <Textarea
            label="Reason"
            withAsterisk
            data-autofocus
            autosize
            minRows={2}
            maxLength={4096}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {retract.error !== null && <ErrorNotice {...explain(retract.error)} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" color="red" loading={retract.isPending} disabled={reason.trim() === ''}>
              Retract
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
