import { Button, Group, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { MAX_FILE_BYTES } from '../../../src-shared/domain/record.ts';
import type { Handling, Source } from '../../../src-shared/domain/record.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import { visibleName } from '../../../src-shared/catalogue/file-name.ts';
import { explain } from '../../strings/errors.ts';
import { countOf, formatSize } from '../../strings/format.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { type StatementDraft, type StatementErrors, parseDraft } from '../../ui/statement-draft.ts';
import { StatementFields } from '../../ui/StatementFields.tsx';
import { sendFile } from './transfer-file.ts';
import { useTransfer } from './use-transfer.ts';

interface Props {
  readonly subject: SubjectId;
  readonly files: readonly File[];
  readonly draft: StatementDraft;
  readonly onAdded: (said: { readonly source: Source; readonly handling: Handling }) => void;
  readonly onClose: () => void;
}

const NO_ERRORS: StatementErrors = {};

/** Where the files come from and what may be done with them; then they go into the vault one after the other. */
export function AddFilesDialog({ subject, files, draft: first, onAdded, onClose }: Props) {
  const [draft, setDraft] = useState(first);
  const [note, setNote] = useState('');
  const [wasTried, setWasTried] = useState(false);
  const [added, setAdded] = useState(0);
  const transfer = useTransfer();
  const checked = parseDraft(draft);
  const left = files.slice(added);
  const tooLarge = left.some(({ size }) => size > MAX_FILE_BYTES);
  const submit = async () => {
    setWasTried(true);
    if (!checked.ok || tooLarge) return;
    const { source, handling } = checked;
    const said = { subjects: [subject], source, handling, ...(note.trim() !== '' && { note: note.trim() }) };
    const isThrough = await transfer.run(async (step) => {
      for (const [index, file] of left.entries()) {
        await sendFile(file, said, step);
        setAdded(added + index + 1);
      }
    });
    if (!isThrough) return;
    onAdded({ source, handling });
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={files.length === 1 ? 'Add an evidence file' : `Add ${files.length} evidence files`}
      size={520}
      lockScroll={false}
      closeOnClickOutside={false}
      closeOnEscape={!transfer.isRunning}
    >
      <form
        className="files-form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <ul className="files-chosen">
          {files.map((file, index) => (
            <li key={`${file.name} ${index}`}>
              <bdi>{visibleName(file.name)}</bdi> <span dir="ltr">{formatSize(file.size)}</span>
              {index < added && ' – added'}
              {file.size > MAX_FILE_BYTES && <b> – over 2 GiB: split it, or keep it elsewhere</b>}
            </li>
          ))}
        </ul>
        <Textarea
          label="Note"
          description="What it is, if its name does not say so"
          autosize
          minRows={1}
          maxLength={20_000}
          data-autofocus
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <StatementFields
          value={draft}
          errors={wasTried && !checked.ok ? checked.errors : NO_ERRORS}
          onChange={setDraft}
        />
        {transfer.error !== undefined && <ErrorNotice {...explain(transfer.error)} />}
        {transfer.isRunning && (
          <JobProgress
            label={`Adding ${visibleName(files[added]?.name ?? '')}`}
            progress={transfer.progress}
            onCancel={transfer.cancel}
          />
        )}
        <Group justify="flex-end" gap={8} className="files-form-actions">
          <Button variant="default" onClick={onClose} disabled={transfer.isRunning}>
            {added > 0 ? 'Close' : 'Cancel'}
          </Button>
          <Button type="submit" loading={transfer.isRunning} disabled={tooLarge}>
            {left.length === 1 ? 'Add file' : `Add ${countOf(left.length, 'file')}`}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
