import type { ReleaseSubject } from '../../../src-shared/contract/views.ts';
import { countOf } from '../../strings/format.ts';
import { ruleText } from '../../strings/rules.ts';
import { GradeBadge } from '../../ui/GradeBadge.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { ClaimRow } from './ClaimRow.tsx';

interface Props {
  readonly record: ReleaseSubject['records'][number];
  readonly isOpen: boolean;
}

/** Values shown without opening the subject: those that stay home always are. */
const FEW = 6;

/** One record: its source, its verdict, and each value with what happens to it. */
export function RecordItem({ record, isOpen }: Props) {
  const isStaying = record.verdict.action === 'withhold';
  const isShort = isOpen || record.claims.length <= FEW;
  const shown = isShort
    ? record.claims
    : record.claims.filter((claim) => claim.verdict.action === 'withhold' && !isStaying);
  const rest = record.claims.length - shown.length;
  return (
    <section className="release-record" data-staying={isStaying}>
      <p>
        {record.source !== undefined && (
          <>
            <bdi>{record.source.reference}</bdi> <GradeBadge grade={record.source.grade} />
          </>
        )}
        <Tag>{record.handling.tlp}</Tag>
        {record.handling.codes.map((code) => (
          <Tag key={code}>{code}</Tag>
        ))}
        {record.alreadyHeldBy.length > 0 && (
          <Tag>Already held by {countOf(record.alreadyHeldBy.length, 'recipient')}</Tag>
        )}
        {isStaying && <span className="release-why">Stays home: {ruleText(record.verdict.rule)}</span>}
      </p>
      <table className="release-claims">
        <tbody>
          {shown.map((claim, at) => (
            <ClaimRow key={`${claim.property} ${at}`} claim={claim} isRecordStaying={isStaying} />
          ))}
        </tbody>
      </table>
      {rest > 0 && <p className="muted">{countOf(rest, 'more value')}; open the subject to see them.</p>}
    </section>
  );
}
