import { Button, Group, Modal, Stack } from '@mantine/core';
import { useRef, useState } from 'react';
import type { SalvageReport } from '../../../src-shared/contract/views.ts';
import { call } from '../../api/client.ts';
import { Refusal } from '../../api/refusal.ts';
import { countOf } from '../../strings/format.ts';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { openFileSink } from '../../ui/file-sink.ts';
import { SavingFailed } from './SavingFailed.tsx';
import { saveSalvage } from './save-salvage.ts';

interface Props {
  readonly onClose: () => void;
}

type State =
  | { readonly name: 'asking' }
  | { readonly name: 'saving'; readonly lines: number }
  | { readonly name: 'saved'; readonly report: SalvageReport }
  | { readonly name: 'failed'; readonly refusal: Refusal | undefined };

/** Everything that can be read, as one file that does not need this program. */
export function SalvageVault({ onClose }: Props) {
  const [state, setState] = useState<State>({ name: 'asking' });
  const isCancelled = useRef(false);
  const isSaving = state.name === 'saving';
  const save = async () => {
    isCancelled.current = false;
    const sink = await openFileSink('salvage.age');
    if (sink === undefined) return;
    setState({ name: 'saving', lines: 0 });
    try {
      const { salvage } = await call('store.salvage', {});
      const report = await saveSalvage(salvage, sink, {
        onProgress: (lines) => setState({ name: 'saving', lines }),
        isCancelled: () => isCancelled.current,
      });
      setState(report === undefined ? { name: 'asking' } : { name: 'saved', report });
    } catch (error) {
      setState({ name: 'failed', refusal: error instanceof Refusal ? error : undefined });
    }
  };
  return (
    <Modal
      opened
      title="Salvage this vault"
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
          <Saved report={state.report} />
        ) : (
          <Notice tone="info" title="What is in it, and who can open it">
            Every record that can be read and proves itself, with the registers and the audit log, as lines of text in
            one sealed file. It opens with the agency’s sealing identity and the age program, or makes a new vault with
            “chirograph vault from-salvage”. Evidence files are not in it; they stay in the vault’s folder.
          </Notice>
        )}
        {isSaving && (
          <JobProgress
            label={`Salvaging: ${countOf(state.lines, 'line')}`}
            progress={undefined}
            onCancel={() => {
              isCancelled.current = true;
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
              Save what can be read…
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

function Saved({ report }: { readonly report: SalvageReport }) {
  const { records, rows, entries, lost } = report;
  return (
    <Notice tone={lost.length === 0 ? 'ok' : 'warn'} title="The file is saved.">
      {countOf(records, 'record')}, {countOf(rows, 'other row')} and {countOf(entries, 'entry', 'entries')} of the audit
      log. {lost.length === 0 ? 'Nothing was lost.' : 'Could not be read:'}
      {lost.length > 0 && (
        <ul className="store-findings">
          {lost.map((each) => (
            <li key={each.table}>
              about {countOf(each.rows, 'row')} of <code dir="ltr">{each.table}</code>
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
