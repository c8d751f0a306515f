import type { ReleaseSubject } from '../../../src-shared/contract/views.ts';
import { countOf } from '../../strings/format.ts';
import { EntityIcon } from '../../ui/EntityIcon.tsx';
import { GradeBadge } from '../../ui/GradeBadge.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { kindOf } from './subject-kind.ts';

interface Props {
  readonly subject: ReleaseSubject;
}

/** A subject with nothing but what the recipients get: its name there, the values that leave, and how many are withheld. */
export function RecipientItem({ subject }: Props) {
  const records = subject.records.filter(({ verdict }) => verdict.action === 'release');
  return (
    <article className="release-subject" aria-label={subject.recipientLabel}>
      <header>
        {subject.kind === 'entity' && (
          <EntityIcon type={subject.type} subjectCategory={subject.subjectCategory} size={18} />
        )}
        <b dir="auto">{subject.recipientLabel}</b>
        <span className="muted">{kindOf(subject)}</span>
      </header>
      {records.map((record) => (
        <section key={record.record} className="release-record">
          <p>
            {record.author !== undefined && (
              <Tag tone="accent">
                Said by <bdi>{record.author.name}</bdi>
              </Tag>
            )}
            {record.source !== undefined && (
              <>
                <bdi>{record.source.reference}</bdi> <GradeBadge grade={record.source.grade} />
              </>
            )}
            <Tag>{record.handling.tlp}</Tag>
          </p>
          <table className="release-claims">
            <tbody>
              {record.claims
                .filter(({ verdict }) => verdict.action === 'release')
                .map((claim, at) => (
                  <tr key={`${claim.property} ${at}`}>
                    <th scope="row">{claim.label}</th>
                    <td>
                      <bdi>{claim.display}</bdi>
                    </td>
                  </tr>
                ))}
            </tbody>
          </table>
          {withheldIn(record) > 0 && (
            <p className="muted">{countOf(withheldIn(record), 'value is withheld', 'values are withheld')} by us</p>
          )}
        </section>
      ))}
    </article>
  );
}

function withheldIn({ claims, more }: ReleaseSubject['records'][number]): number {
  return claims.filter(({ verdict }) => verdict.action === 'withhold').length + (more?.withheld ?? 0);
}
