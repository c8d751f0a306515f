import { Button } from '@mantine/core';
import { IconCertificate } from '@tabler/icons-react';
import type { HistoryItem } from '../../../src-shared/contract/views.ts';
import { formatInstant } from '../../strings/format.ts';
import { AuthorTag } from '../../ui/AuthorTag.tsx';
import { GradeBadge } from '../../ui/GradeBadge.tsx';
import { Tag } from '../../ui/Tag.tsx';

interface Props {
  readonly item: HistoryItem;
  readonly number: number;
  /** Number of the record that superseded or retracted it, where that one is in this list. */
  readonly replacedBy: number | undefined;
  readonly canChange: boolean;
  readonly onEdit: () => void;
  readonly onRetract: () => void;
}

const MOST_CLAIMS = 24;
const STATE: { readonly [S in HistoryItem['state']]: string } = {
  live: 'Live',
  superseded: 'Superseded',
  retracted: 'Retracted',
  suppressed: 'Suppressed',
};

/** One record: what it said, who signed it, and what became of it. */
export function HistoryEntry({ item, number, replacedBy, canChange, onEdit, onRetract }: Props) {
  const claims = item.claims.filter((claim) => claim.property !== 'member');
  return (
    <li className="history" data-state={item.state}>
      <div className="source-line">
        <b>
          {number}. {STATE[item.state]}
          {replacedBy !== undefined && ` by ${replacedBy}`}
        </b>
        <span className="history-when">{formatInstant(item.created)}</span>
      </div>
      <ul className="inspector-plain history-claims">
        {claims.slice(0, MOST_CLAIMS).map((claim, index) => (
          <li key={`${claim.property} ${index}`}>
            {claim.label}: <bdi>{claim.display}</bdi>
          </li>
        ))}
        {claims.length > MOST_CLAIMS && <li>and {claims.length - MOST_CLAIMS} more</li>}
        {item.withheld > 0 && (
          <li>{item.withheld === 1 ? '1 detail withheld' : `${item.withheld} details withheld`}</li>
        )}
      </ul>
      <div className="inspector-tags">
        <AuthorTag name={item.authorName} isOurs={item.isOurs} />
        <GradeBadge grade={item.source?.grade} />
        {item.source !== undefined && <bdi className="history-when">{item.source.reference}</bdi>}
        {item.attested && (
          <Tag icon={<IconCertificate size={12} aria-hidden />} title="Its author's signature covers it">
            Signed
          </Tag>
        )}
      </div>
      {canChange && (
        <div className="history-actions">
          <Button variant="default" size="compact-xs" onClick={onEdit}>
            Edit
          </Button>
          <Button variant="default" size="compact-xs" onClick={onRetract}>
            Retract…
          </Button>
        </div>
      )}
    </li>
  );
}
