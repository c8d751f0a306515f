import { Button } from '@mantine/core';
import { IconPaperclip, IconPlus } from '@tabler/icons-react';
import { type DragEvent, useRef, useState } from 'react';
import type { RecordId, SubjectId } from '../../../src-shared/domain/ids.ts';
import { useMethod } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { formatCount } from '../../strings/format.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { FileItem } from './FileItem.tsx';
import type { FilesAsk } from './files-ask.ts';
import './files.css';

interface Props {
  readonly subject: SubjectId;
  readonly canWrite: boolean;
  readonly onAsk: (ask: FilesAsk) => void;
  readonly onSelect: (subject: SubjectId) => void;
  readonly onRetract: (record: RecordId) => void;
}

const A_PAGE = 20;

/** The evidence files that support a subject: what each is, whether it is whole, who had it. None is ever shown; it is exported to be looked at. */
export function FilesTab({ subject, canWrite, onAsk, onSelect, onRetract }: Props) {
  const [limit, setLimit] = useState(A_PAGE);
  const [isOver, setIsOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const answer = useMethod('attachment.list', { subject, offset: 0, limit }, { keepsPrevious: true });
  if (answer.isError) return <ErrorNotice {...explain(answer.error)} onRetry={() => void answer.refetch()} />;
  if (answer.data === undefined) return <div className="files" aria-busy />;
  const { attachments, total } = answer.data;

  const take = (files: FileList | null) => {
    if (canWrite && files !== null && files.length > 0) onAsk({ kind: 'add-files', subject, files: [...files] });
  };
  const over = (event: DragEvent) => {
    if (!canWrite || !event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setIsOver(true);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    take(event.dataTransfer.files);
  };
  const add = (
    <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => picker.current?.click()}>
      Add files
    </Button>
  );
  return (
    <div className="files" data-over={isOver} onDragOver={over} onDragLeave={() => setIsOver(false)} onDrop={drop}>
      <input
        ref={picker}
        type="file"
        hidden
        multiple
        aria-label="Add files"
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
      {total === 0 ? (
        <EmptyState
          icon={<IconPaperclip size={26} />}
          title="No evidence files yet"
          {...(canWrite && { actions: add })}
        >
          <p>
            Leases, photographs, chats: files that support what is said here. They are kept encrypted in the vault, are
            told by their hash, and are never opened by Chirograph.{canWrite && ' Drop them here, or:'}
          </p>
        </EmptyState>
      ) : (
        canWrite && <div className="files-head">{add} or drop them here</div>
      )}
      <ul className="files-list">
        {attachments.map((file) => (
          <FileItem
            key={file.record}
            file={file}
            subject={subject}
            canWrite={canWrite}
            onExport={() => onAsk({ kind: 'export-file', subject, record: file.record })}
            onSelect={onSelect}
            onRetract={() => onRetract(file.record)}
          />
        ))}
      </ul>
      {total > attachments.length && (
        <Button size="xs" variant="default" onClick={() => setLimit(Math.min(200, limit + 4 * A_PAGE))}>
          Show more of {formatCount(total)}
        </Button>
      )}
    </div>
  );
}
