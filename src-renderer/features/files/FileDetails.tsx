import type { AttachmentView } from '../../../src-shared/contract/views.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import { countOf, formatInstant } from '../../strings/format.ts';
import { AuthorTag } from '../../ui/AuthorTag.tsx';
import { GradeBadge } from '../../ui/GradeBadge.tsx';

interface Props {
  readonly file: AttachmentView;
  readonly subject: SubjectId;
  readonly onSelect: (subject: SubjectId) => void;
}

const EVENTS: { readonly [E in AttachmentView['custody'][number]['event']]: string } = {
  added: 'Added',
  exported: 'Exported',
  verified: 'Proved whole',
  damaged: 'Found damaged',
  erased: 'Erased',
};

/** What tells the file from every other, where it comes from, what else it supports, and who had it. */
export function FileDetails({ file, subject, onSelect }: Props) {
  const others = file.supports.filter(({ id }) => id !== subject);
  return (
    <details className="file-details">
      <summary>
        Hash, source, custody <small>{countOf(file.custody.length, 'entry', 'entries')}</small>
      </summary>
      <dl>
        <dt>SHA-256</dt>
        <dd className="file-hash" dir="ltr">
          {file.sha256}
        </dd>
        <dt>Exact size</dt>
        <dd dir="ltr">{countOf(file.size, 'byte')}</dd>
        <dt>Source</dt>
        <dd className="file-source">
          <bdi>{file.source.reference}</bdi> <GradeBadge grade={file.source.grade} />
          <AuthorTag name={file.authorName} isOurs={file.isOurs} />
        </dd>
        {others.length > 0 && (
          <>
            <dt>Also supports</dt>
            <dd>
              {others.map(({ id, kind, label }) => (
                <button
                  key={id}
                  type="button"
                  className="file-support"
                  disabled={kind === 'other'}
                  onClick={() => onSelect(id)}
                >
                  <bdi>{label}</bdi>
                </button>
              ))}
            </dd>
          </>
        )}
        <dt>Custody</dt>
        <dd>
          <ol className="file-custody">
            {file.custody.map(({ event, at, actor, note }, index) => (
              // entries are only ever added in front, and two may be alike
              <li key={file.custody.length - index}>
                <b>{EVENTS[event]}</b> {formatInstant(at)} by <bdi>{actor}</bdi>
                {note !== undefined && (
                  <span className="file-reason">
                    <bdi>{note}</bdi>
                  </span>
                )}
              </li>
            ))}
          </ol>
        </dd>
      </dl>
    </details>
  );
}
