import type { ReleaseSubject } from '../../../src-shared/contract/views.ts';
import { countOf, formatSize, listOf } from '../../strings/format.ts';
import { ruleText } from '../../strings/rules.ts';
import { GradeBadge } from '../../ui/GradeBadge.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { ClaimRow } from './ClaimRow.tsx';
import type { Keep } from './keep.ts';
import { restWords } from './release-report.ts';

type Record = ReleaseSubject['records'][number];

interface Props {
  readonly subject: ReleaseSubject;
  readonly record: Record;
  readonly isOpen: boolean;
  /** Only what stays home. */
  readonly isOnlyStaying: boolean;
  readonly keep: Keep | undefined;
}

/** Values shown without opening the subject: those that stay home always are. */
const FEW = 6;

/** One record: whose it is, its source, its verdict, and each value with what happens to it. */
export function RecordItem({ subject, record, isOpen, isOnlyStaying, keep }: Props) {
  const isStaying = record.verdict.action === 'withhold';
  const shown = shownOf(record, isOpen, isOnlyStaying);
  const rest = restWords(record, shown, isOnlyStaying);
  return (
    <section className="release-record" data-staying={isStaying}>
      <p>
        {record.author !== undefined && (
          <Tag tone="accent">
            Said by <bdi>{record.author.name}</bdi>
          </Tag>
        )}
        {record.source !== undefined && (
          <>
            <bdi>{record.source.reference}</bdi> <GradeBadge grade={record.source.grade} />
            {record.source.basis === 'assessment' && <Tag>Assessment</Tag>}
          </>
        )}
        <Tag>{record.handling.tlp}</Tag>
        {record.handling.codes.map((code) => (
          <Tag key={code}>{code}</Tag>
        ))}
        {record.conditions.includes('P22') && <Tag tone="good">With permission</Tag>}
        {record.alreadyHeldBy.length > 0 && (
          <Tag>Already held by {countOf(record.alreadyHeldBy.length, 'recipient')}</Tag>
        )}
        {isStaying && <span className="release-why">Stays home: {ruleText(record.verdict.rule)}</span>}
      </p>
      {record.file !== undefined && (
        <p>
          <span>
            {isStaying ? 'The file stays with its record: ' : 'The file goes along: '}
            <span dir="ltr">{formatSize(record.file.size)}</span>, <span dir="ltr">{record.file.type}</span>, about{' '}
            <bdi>{listOf(record.file.supports)}</bdi>.
          </span>
        </p>
      )}
      <table className="release-claims">
        <tbody>
          {shown.map((claim, at) => (
            <ClaimRow key={`${claim.property} ${at}`} subject={subject} record={record} claim={claim} keep={keep} />
          ))}
        </tbody>
      </table>
      {rest !== undefined && <p className="muted">{rest}</p>}
    </section>
  );
}

function shownOf(record: Record, isOpen: boolean, isOnlyStaying: boolean): Record['claims'] {
  const isStaying = record.verdict.action === 'withhold';
  const staying = record.claims.filter((claim) => claim.verdict.action === 'withhold');
  if (isOnlyStaying) return isStaying && !isOpen ? [] : staying;
  return isOpen || record.claims.length <= FEW ? record.claims : isStaying ? [] : staying;
}
