import type { Disclosure, HistoryItem } from '../../../src-shared/contract/views.ts';
import { formatInstant } from '../../strings/format.ts';
import { AuthorTag } from '../../ui/AuthorTag.tsx';
import { GradeBadge, gradeMeaning } from '../../ui/GradeBadge.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { TlpBadge } from '../../ui/TlpBadge.tsx';

interface Props {
  readonly records: readonly HistoryItem[];
  readonly disclosures: readonly Disclosure[];
}

/** Where what we hold comes from, how far it is trusted and how it may be handled; and who got it from us. */
export function SourcesTab({ records, disclosures }: Props) {
  return (
    <div className="inspector-panel">
      <ul className="inspector-plain">
        {records.map((record) => (
          <li key={record.record} className="source">
            <div className="source-line">
              <bdi className="source-reference">{record.source?.reference ?? 'No source given'}</bdi>
              <GradeBadge grade={record.source?.grade} />
            </div>
            <p>
              {record.source?.grade === undefined ? 'Not graded.' : gradeMeaning(record.source.grade)}{' '}
              {record.source?.basis === 'fact' ? 'Stated as a fact.' : 'An assessment.'}
              {record.source?.collectedOn !== undefined && ` Collected ${record.source.collectedOn}.`}
            </p>
            <div className="inspector-tags">
              <AuthorTag name={record.authorName} isOurs={record.isOurs} />
              <TlpBadge tlp={record.handling.tlp} />
              {record.handling.codes.map((code) => (
                <Tag key={code}>{code}</Tag>
              ))}
            </div>
            {record.handling.caveat !== undefined && (
              <p>
                Condition: <bdi>{record.handling.caveat}</bdi>
              </p>
            )}
          </li>
        ))}
      </ul>
      <section>
        <SectionHead title="Who got it from us" aside={disclosures.length} />
        {disclosures.length === 0 && <p className="inspector-empty">Nobody so far.</p>}
        <ul className="inspector-plain">
          {disclosures.map((disclosure) => (
            <li key={`${disclosure.bundle} ${disclosure.partner}`} className="source">
              <bdi className="source-reference">{disclosure.partnerName}</bdi>
              <p>
                {formatInstant(disclosure.releasedAt)}, bundle {disclosure.sequence}: {disclosure.records} records,{' '}
                {disclosure.withheldClaims} details withheld.{' '}
                {disclosure.isLeft
                  ? 'They state that they took nothing of it.'
                  : disclosure.isConfirmed
                    ? 'Receipt confirmed.'
                    : 'No receipt yet.'}
              </p>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
