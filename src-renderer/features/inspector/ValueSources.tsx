import type { AgencyId } from '../../../src-shared/domain/ids.ts';
import type { Statement } from '../../../src-shared/contract/views.ts';
import { GradeBadge } from '../../ui/GradeBadge.tsx';

interface Props {
  readonly statements: readonly Statement[];
  readonly agency: AgencyId;
}

/** Who states a value: a grade each, and the agency's name where it is not our own. */
export function ValueSources({ statements, agency }: Props) {
  return (
    <span className="value-sources">
      {statements.map((statement) => (
        <span key={statement.record} className="value-source" title={sourceWords(statement)}>
          {statement.author !== agency && <bdi className="value-author">{statement.authorName}</bdi>}
          {statement.source !== undefined && <GradeBadge grade={statement.source.grade} />}
        </span>
      ))}
    </span>
  );
}

function sourceWords(statement: Statement): string {
  const { source, authorName, tlp } = statement;
  const when = source?.collectedOn === undefined ? '' : `, collected ${source.collectedOn}`;
  return `${authorName}: ${source?.reference ?? 'no source'}${when}, ${source?.basis ?? ''}, ${tlp}`;
}
