import { Button, Group, Modal, Stack } from '@mantine/core';
import { useRef, useState } from 'react';
import { call } from '../../api/client.ts';
import { Refusal } from '../../api/refusal.ts';
import { formatInstant, formatSize } from '../../strings/format.ts';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { openFileSink } from '../../ui/file-sink.ts';
import { SavingFailed } from './SavingFailed.tsx';
import { type Begun, saveBackup } from './save-backup.ts';

interface Props {
  readonly suggestedName: string;
  readonly onClose: () => void;
}

type State =
  | { readonly name: 'asking' }
  | { readonly name: 'saving'; readonly done: number; readonly total: number }
  | { readonly name: 'saved'; readonly begun: Begun }
  | { readonly name: 'failed'; readonly refusal: Refusal | undefined };

/** The whole vault as one sealed file; work can go on meanwhile. */
export function BackupVault({ suggestedName, onClose }: Props) {
  const [state, setState] = useState<State>({ name: 'asking' });
  const cancelled = useRef(false);
  const save = async () => {
    cancelled.current = false;
    const sink = await openFileSink(suggestedName);
    if (sink === undefined) return;
    setState({ name: 'saving', done: 0, total: 0 });
    try {
      const begun = await call('backup.begin', {});
      const outcome = await saveBackup(begun, sink, {
        onProgress: (done, total) => setState({ name: 'saving', done, total }),
        isCancelled: () => cancelled.current,
      });
      setState(outcome === 'saved' ? { name: 'saved', begun } : { name: 'asking' });
    } catch (error) {
      setState({ name: 'failed', refusal: error instanceof Refusal ? error : undefined });
    }
  };
  const isSaving = state.name === 'saving';
  return (
    <Modal
      opened
      title="Back up this vault"
      lockScroll={false}
      centered
      size={480}
      closeOnClickOutside={!isSaving}
      closeOnEscape={!isSaving}
      withCloseButton={!isSaving}
      onClose={onClose}
    >
      <Stack gap={12}>
        {state.name === 'saved' ? (
          <Notice tone="ok" title="The backup is saved.">
            {formatSize(state.begun.size)}, the vault as it was at {formatInstant(state.begun.created)}. Keep it apart
            from this machine, with the recovery key of today.
          </Notice>
        ) : (
          <Notice tone="info" title="What is in it, and who can open it">
            Everything: records, evidence files, users and the agency’s keys, sealed into one file. It opens with the
            passphrase that each user has today, or with today’s recovery key, and with nothing else. What is erased in
            the vault later is still in it, so old backups must be destroyed by hand.
          </Notice>
        )}
        {isSaving && (
          <JobProgress
            label="Writing the backup"
            progress={{ stage: 'MB', done: inMegabytes(state.done), total: inMegabytes(state.total) }}
            onCancel={() => {
              cancelled.current = true;
            }}
          />
        )}
        {state.name === 'failed' && <SavingFailed refusal={state.refusal} />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" disabled={isSaving} onClick={onClose}>
            Close
          </Button>
          {state.name !== 'saved' && (
            <Button loading={isSaving} onClick={() => void save()}>
              Save the backup…
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

function inMegabytes(bytes: number): number {
  return Math.ceil(bytes / 1_000_000);
}
