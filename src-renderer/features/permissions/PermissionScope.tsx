import type { Output } from '../../../src-shared/contract/methods.ts';
import { countOf } from '../../strings/format.ts';

interface Props {
  readonly scope: Output<'permission.scope'>;
}

/** What the permission will cover: our own live records and nothing that others said. */
export function PermissionScope({ scope }: Props) {
  if (scope.records === 0) {
    return <p className="muted">None of this is our own word. What other agencies said, only they can let go on.</p>;
  }
  const unnamed = scope.subjects - scope.named.length;
  return (
    <section className="permission-scope" aria-label="What it covers">
      <p>
        <b>
          {countOf(scope.records, 'record')} of ours about {countOf(scope.subjects, 'subject')}
        </b>
      </p>
      {/* a list that scrolls has to be reached with the keys */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <ul tabIndex={0} aria-label="Subjects">
        {scope.named.map(({ subject, label, records }) => (
          <li key={subject}>
            <bdi>{label}</bdi> <span className="muted">{countOf(records, 'record')}</span>
          </li>
        ))}
        {unnamed > 0 && <li>and {countOf(unnamed, 'more subject')}</li>}
      </ul>
    </section>
  );
}
