import { IconRoute } from '@tabler/icons-react';
import { useMethod } from '../../api/hooks.ts';
import { mayExchange } from '../../api/may.ts';
import { explain } from '../../strings/errors.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { PartnerStream } from './PartnerStream.tsx';
import './streams.css';

/** Every partner's files to us and ours to it: what is missing, what contradicts itself, and who is silent. */
export function StreamsScreen() {
  const list = useMethod('stream.list', {});
  const status = useMethod('vault.status', {});
  const isOfficer = status.data !== undefined && mayExchange(status.data);
  const partners = (list.data?.partners ?? []).toSorted((one, other) => weight(one) - weight(other));
  return (
    <div className="streams">
      <p className="muted">
        Files travel by hand: they come late, twice or in any order, and none of that is an alarm. What is told here is
        what cannot be: a number used twice, a store that was put back, files that are kept back.
      </p>
      {list.error !== null && <ErrorNotice {...explain(list.error)} onRetry={() => void list.refetch()} />}
      {list.data !== undefined && partners.length === 0 && (
        <EmptyState icon={<IconRoute size={28} />} title="No partners yet">
          Once files go to and fro, their numbers, receipts and gaps are listed here for every partner.
        </EmptyState>
      )}
      {partners.map((partner) => (
        <PartnerStream key={partner.agency} partner={partner} isOfficer={isOfficer} />
      ))}
    </div>
  );
}

/** Those who need somebody come first. */
function weight({ alarms, incoming, outgoing }: Parameters<typeof PartnerStream>[0]['partner']): number {
  if (alarms.some(({ isNoted }) => !isNoted)) return 0;
  return incoming.isFrozen || outgoing.isFrozen ? 1 : 2;
}
