import { SegmentedControl, Select } from '@mantine/core';
import { IconRotate2 } from '@tabler/icons-react';
import { useState } from 'react';
import type { RecallRow } from '../../../src-shared/contract/streams.ts';
import type { AgencyId } from '../../../src-shared/domain/ids.ts';
import { useMethod } from '../../api/hooks.ts';
import { mayExchange } from '../../api/may.ts';
import { explain } from '../../strings/errors.ts';
import { countOf } from '../../strings/format.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { RecallTable } from './RecallTable.tsx';
import './recall.css';

interface Props {
  /** Opens a release of nothing but withdrawals for one partner. */
  readonly onSend: (row: RecallRow) => void;
}

const EVERYONE = 'everyone';
const LISTED = 200;

/** What became of every withdrawal at every partner that was sent something of what it withdraws. */
export function RecallScreen({ onSend }: Props) {
  const [agency, setAgency] = useState<AgencyId>();
  const [show, setShow] = useState<'open' | 'all'>('open');
  const partners = useMethod('partner.list', {});
  const status = useMethod('vault.status', {});
  const board = useMethod(
    'recall.board',
    { limit: LISTED, isOpen: show === 'open', ...(agency !== undefined && { agency }) },
    { keepsPrevious: true },
  );
  const listed = partners.data?.partners ?? [];
  const total = show === 'open' ? board.data?.open : board.data?.total;
  const rows = board.data?.rows ?? [];
  return (
    <div className="recalls">
      <Notice tone="info">
        A receipt proves what a partner <b>stated</b>. It does not prove what became of copies, printouts and exports,
        nor that a dishonest partner did what it says.
      </Notice>
      <div className="recall-filters">
        <SegmentedControl
          aria-label="Which withdrawals"
          data={[
            { value: 'open', label: `Not confirmed (${board.data?.open ?? 0})` },
            { value: 'all', label: `All (${board.data?.total ?? 0})` },
          ]}
          value={show}
          onChange={(value) => setShow(value === 'all' ? 'all' : 'open')}
        />
        <Select
          aria-label="Partner"
          data={[
            { value: EVERYONE, label: 'Every partner' },
            ...listed.map((partner) => ({ value: partner.agency as string, label: partner.name })),
          ]}
          value={agency ?? EVERYONE}
          allowDeselect={false}
          onChange={(id) => setAgency(listed.find((partner) => partner.agency === id)?.agency)}
        />
        {total !== undefined && total > rows.length && (
          <span className="muted">
            The newest {rows.length} of {countOf(total, 'row')}
          </span>
        )}
      </div>
      {board.error !== null && <ErrorNotice {...explain(board.error)} onRetry={() => void board.refetch()} />}
      {board.data !== undefined && rows.length === 0 && (
        <EmptyState
          icon={<IconRotate2 size={28} />}
          title={
            show === 'open' && (board.data?.total ?? 0) > 0
              ? 'Every withdrawal is confirmed'
              : 'No withdrawal has reached a partner'
          }
        >
          When you withdraw a record that was released, every partner that holds it stands here until it has stated what
          it did: which version it holds, in which file the withdrawal went, and how long it is silent.
        </EmptyState>
      )}
      {rows.length > 0 && (
        <RecallTable rows={rows} canSend={status.data !== undefined && mayExchange(status.data)} onSend={onSend} />
      )}
    </div>
  );
}
