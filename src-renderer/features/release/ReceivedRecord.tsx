import type { ReleaseSubject } from '../../../src-shared/contract/views.ts';
import { countOf } from '../../strings/format.ts';
import { GradeBadge } from '../../ui/GradeBadge.tsx';
import { Tag } from '../../ui/Tag.tsx';

interface Props {
  readonly record: ReleaseSubject['records'][number];
}

/** One record with nothing but what the recipients get of it. */
export function ReceivedRecord({ record }: Props) {
  return (
    <section className="release-record">
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
  );
}

function withheldIn({ claims, more }: ReleaseSubject['records'][number]): number {
  return claims.filter(({ verdict }) => verdict.action === 'withhold').length + (more?.withheld ?? 0);
}
