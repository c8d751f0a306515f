import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconDownload, IconShieldCheck } from '@tabler/icons-react';
import type { AttachmentState, AttachmentView } from '../../../src-shared/contract/views.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import { visibleName } from '../../../src-shared/catalogue/file-name.ts';
import { UNKNOWN_TYPE } from '../../../src-shared/catalogue/file-types.ts';
import { useAction } from '../../api/hooks.ts';
import { useJob } from '../../api/job.ts';
import { explain } from '../../strings/errors.ts';
import { formatSize } from '../../strings/format.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { TlpBadge } from '../../ui/TlpBadge.tsx';
import { FileDetails } from './FileDetails.tsx';

interface Props {
  readonly file: AttachmentView;
  /** The subject that is being looked at: not said again among those that the file supports. */
  readonly subject: SubjectId;
  readonly canWrite: boolean;
  readonly onExport: () => void;
  readonly onSelect: (subject: SubjectId) => void;
  readonly onRetract: () => void;
}

const STATES: { readonly [S in AttachmentState]: { readonly label: string; readonly tone: 'good' | 'critical' } } = {
  held: { label: 'In the vault', tone: 'good' },
  missing: { label: 'File is missing', tone: 'critical' },
  damaged: { label: 'File is damaged', tone: 'critical' },
  erased: { label: 'File was erased', tone: 'critical' },
};

/** It came without its file (bundle.md B38). */
const ABSENT = { label: 'The file is not here', tone: 'critical' } as const;

/** One evidence file: what it is, whether it is there, and the ways to take it out, prove it and withdraw it. */
export function FileItem({ file, subject, canWrite, onExport, onSelect, onRetract }: Props) {
  const verify = useAction('attachment.verify');
  const job = useJob();
  const isAbsent = file.state === 'missing' && !file.isOurs && file.custody.length === 0;
  const state = isAbsent ? ABSENT : STATES[file.state];
  const name = visibleName(file.name);
  const prove = () =>
    verify.mutate(
      { sha256: file.sha256, job: job.begin() },
      {
        onSuccess: (found) => {
          const isWhole = found.state === 'held';
          const message = isWhole
            ? 'Every byte is what was added.'
            : `${STATES[found.state].label}. Add it again or restore a backup.`;
          notifications.show({ title: isWhole ? 'The file is whole' : 'The file is not whole', message });
        },
      },
    );
  return (
    <li className="file">
      <bdi className="file-name">{name}</bdi>
      <p className="file-facts">
        <span dir="ltr">{formatSize(file.size)}</span> · <span dir="ltr">{typeWords(file)}</span>
      </p>
      <div className="file-tags">
        <Tag tone={state.tone} {...(state.tone === 'critical' && { icon: <IconAlertTriangle size={12} /> })}>
          {state.label}
        </Tag>
        <TlpBadge tlp={file.handling.tlp} />
        {file.isOdd && (
          <Tag tone="warning" icon={<IconAlertTriangle size={12} />}>
            Not what its name says
          </Tag>
        )}
      </div>
      {file.isOdd && (
        <p className="file-odd">
          {file.sniffed === undefined
            ? 'Its first bytes are not those of such a file.'
            : `By its first bytes it is ${file.sniffed}.`}{' '}
          Be careful where you open it.
        </p>
      )}
      {isAbsent && (
        <p className="file-note">
          Its record came without it. Ask <bdi>{file.authorName}</bdi> to send it again.
        </p>
      )}
      {file.notes.map((note) => (
        <p key={note} className="file-note">
          <bdi>{note}</bdi>
        </p>
      ))}
      <FileDetails file={file} subject={subject} onSelect={onSelect} />
      {verify.isPending && <JobProgress label="Proving the file" progress={job.progress} onCancel={job.cancel} />}
      {verify.error !== null && <ErrorNotice {...explain(verify.error)} />}
      {canWrite && (
        <div className="file-actions">
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconDownload size={13} />}
            disabled={file.state !== 'held'}
            aria-label={`Export ${name}`}
            onClick={onExport}
          >
            Export…
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconShieldCheck size={13} />}
            disabled={isAbsent || file.state === 'erased' || verify.isPending}
            aria-label={`Prove ${name}`}
            onClick={prove}
          >
            Prove
          </Button>
          {file.isOurs && (
            <Button size="compact-xs" variant="default" aria-label={`Retract ${name}`} onClick={onRetract}>
              Retract…
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

/** What it came as; where nobody said, what its first bytes tell. */
function typeWords({ type, sniffed }: AttachmentView): string {
  return type === UNKNOWN_TYPE ? (sniffed ?? 'type not known') : type;
}
