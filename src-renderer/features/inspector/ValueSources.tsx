import type { AgencyId } from '../../../src-shared/domain/ids.ts';
import type { Statement } from '../../../src-shared/contract/views.ts';
import { GradeBadge } from '../../ui/GradeBadge.tsx';

interface Props {
  readonly statements: readonly Statement[];
  readonly agency: AgencyId;
}

/** Who states a value: our own grades beside it, and under it a line for each statement of another agency, with its name. */
export function ValueSources({ statements, agency }: Props) {
  const ours = statements.filter((statement) => statement.author === agency);
  const theirs = statements.filter((statement) => statement.author !== agency);
  return (
    <>
      {ours.length > 0 && (
        <span className="value-sources">
          {ours.map((statement) => (
            <span key={statement.record} className="value-source" title={sourceWords(statement)}>
              {statement.source !== undefined && <GradeBadge grade={statement.source.grade} />}
            </span>
          ))}
        </span>
      )}
      {theirs.map((statement) => (
        <span key={statement.record} className="value-source" data-theirs title={sourceWords(statement)}>
          <bdi className="value-author">{statement.authorName}</bdi>
          {statement.source !== undefined && <GradeBadge grade={statement.source.grade} />}
        </span>
      ))}
    </>
  );
}

function sourceWords(statement: Statement): string {
  const { source, authorName, tlp } = statement;
  const when = source?.collectedOn === undefined ? '' : `, collected ${source.collectedOn}`;
  return `${authorName}: ${source?.reference ?? 'no source'}${when}, ${source?.basis ?? ''}, ${tlp}`;
}
