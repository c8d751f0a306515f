import { Tag } from '../../ui/Tag.tsx';
import { legalBasis } from './release-request.ts';

interface Props {
  readonly codes: readonly string[];
}

/** What the chosen articles support, in words. */
export function BasisNotes({ codes }: Props) {
  const chosen = codes.map(legalBasis).filter((basis) => basis !== undefined);
  if (chosen.length === 0) return null;
  return (
    <ul className="basis-notes" aria-label="What the chosen articles say">
      {chosen.map((basis) => (
        <li key={basis.code}>
          <Tag tone={basis.kind === 'gateway' ? 'good' : 'neutral'}>{basis.kind}</Tag>
          <span>
            <b>
              {basis.instrument}, {basis.article}
            </b>{' '}
            {basis.supports}
            {basis.scope !== undefined && ` Opens to: ${basis.scope.says}.`}
            {basis.help !== undefined && ` ${basis.help}`}
            {basis.needsReference === true && ' Name the agreement or note in the purpose.'}
          </span>
        </li>
      ))}
    </ul>
  );
}
