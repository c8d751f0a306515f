import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCertificate, IconUserQuestion } from '@tabler/icons-react';
import type { HistoryItem } from '../../../src-shared/contract/views.ts';
import type { RecordId } from '../../../src-shared/domain/ids.ts';
import { formatInstant } from '../../strings/format.ts';
import { AuthorTag } from '../../ui/AuthorTag.tsx';
import { GradeBadge } from '../../ui/GradeBadge.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { PassingOn } from './PassingOn.tsx';

interface Props {
  readonly item: HistoryItem;
  readonly number: number;
  /** Number of the record that superseded or retracted it, where that one is in this list. */
  readonly replacedBy: number | undefined;
  readonly canChange: boolean;
  readonly onEdit: () => void;
  readonly onRetract: () => void;
  readonly canTakeBack: boolean;
  readonly onTakeBack: (permission: RecordId) => void;
}

const MOST_CLAIMS = 24;
const STATE: { readonly [S in HistoryItem['state']]: string } = {
  live: 'Live',
  superseded: 'Superseded',
  retracted: 'Retracted',
  suppressed: 'Suppressed',
};

/** One record: what it said, who signed it, and what became of it. */
export function HistoryEntry({
  item,
  number,
  replacedBy,
  canChange,
  onEdit,
  onRetract,
  canTakeBack,
  onTakeBack,
}: Props) {
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
        <AuthorTag name={item.authorName} isOurs={item.isOurs} isVouched={item.vouched !== undefined} />
        <GradeBadge grade={item.source?.grade} />
        {item.source !== undefined && <bdi className="history-when">{item.source.reference}</bdi>}
        <VouchedTag vouched={item.vouched} author={item.authorName} />
        {item.attested && item.vouched === undefined && (
          <Tag icon={<IconCertificate size={12} aria-hidden />} title="Its author's signature covers it">
            Signed
          </Tag>
        )}
      </div>
      <PassingOn permissions={item.permissions} canTakeBack={canTakeBack} onTakeBack={onTakeBack} />
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

/** Whose word it is that this author's keys are its own (bundle.md B21). */
function VouchedTag({ vouched, author }: { readonly vouched: HistoryItem['vouched']; readonly author: string }) {
  if (vouched === undefined) return null;
  return vouched.isRefuted ? (
    <Tag
      tone="critical"
      icon={<IconAlertTriangle size={12} aria-hidden />}
      title={`It came from ${vouched.by}. The card of ${author} that was confirmed since does not prove it.`}
    >
      Not verified by the confirmed card
    </Tag>
  ) : (
    <Tag
      tone="warning"
      icon={<IconUserQuestion size={12} aria-hidden />}
      title={`The signature fits its author's keys. Whose keys they are is the word of ${vouched.by} until the author's own card is confirmed.`}
    >
      Vouched for by {vouched.by}
    </Tag>
  );
}
