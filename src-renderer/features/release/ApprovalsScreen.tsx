import { Button } from '@mantine/core';
import { IconWritingSign } from '@tabler/icons-react';
import { useState } from 'react';
import { useMethod } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { countOf, formatInstant } from '../../strings/format.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ScreenHead } from '../../ui/ScreenHead.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { ApproveRelease } from './ApproveRelease.tsx';
import { DeclinedTable } from './DeclinedTable.tsx';
import './approvals.css';

/** Rows at first, and at most: whoever has more waiting answers the oldest first. */
const PAGE = 50;
const MOST = 200;

/** Releases that wait for another officer, and the one that is looked at. */
export function ApprovalsScreen() {
  const [limit, setLimit] = useState(PAGE);
  const list = useMethod('release.pending', { limit });
  const declined = useMethod('release.declined', {});
  const [chosen, setChosen] = useState<string>();
  const pending = list.data?.pending ?? [];
  const looked = pending.find(({ id }) => id === chosen);
  return (
    <section className="screen" aria-label="Approvals">
      <ScreenHead title="Approvals">
        Releases that leave only when enough officers have looked at exactly what leaves, and signed for it with their
        own key.
      </ScreenHead>
      {list.error !== null && <ErrorNotice {...explain(list.error)} onRetry={() => void list.refetch()} />}
      {list.data !== undefined && pending.length === 0 && (
        <EmptyState icon={<IconWritingSign size={28} />} title="Nothing waits for approval">
          A release that needs a second officer comes here when somebody asks for approval at its last step.
        </EmptyState>
      )}
      {pending.length > 0 && (
        <table className="rows approvals" aria-label="Releases that wait">
          <thead>
            <tr>
              <th scope="col">Case</th>
              <th scope="col">To</th>
              <th scope="col">Purpose</th>
              <th scope="col">Asked by</th>
              <th scope="col">Approved by</th>
              <th scope="col">State</th>
              <th scope="col">
                <span className="visually-hidden">Action</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {pending.map((each) => (
              <tr key={each.id} aria-current={each.id === chosen}>
                <th scope="row">
                  <bdi>{each.caseTitle}</bdi>
                </th>
                <td>
                  <bdi>{each.recipients.map(({ name }) => name).join(', ')}</bdi>
                </td>
                <td>
                  <bdi>{each.purpose}</bdi>
                </td>
                <td>
                  <bdi>{each.by}</bdi>, {formatInstant(each.at)}
                </td>
                <td>
                  {each.given.length === 0 && 'Nobody yet'}
                  {each.given.map(({ user, kid }) => (
                    <div key={kid}>
                      <bdi>{user}</bdi> <small dir="ltr">{kid}</small>
                    </div>
                  ))}
                </td>
                <td>
                  <Tag tone={each.isComplete ? 'good' : 'warning'}>
                    {each.isComplete ? 'Approved' : `${countOf(each.needed - each.given.length, 'approval')} missing`}
                  </Tag>
                </td>
                <td>
                  <Button size="compact-sm" variant="default" onClick={() => setChosen(each.id)}>
                    Look at it
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {list.data !== undefined && pending.length < list.data.total && (
        <p className="muted">
          {`The ${pending.length} oldest of ${list.data.total}. `}
          {limit < MOST && (
            <Button size="compact-sm" variant="default" onClick={() => setLimit(MOST)}>
              Show more
            </Button>
          )}
        </p>
      )}
      <DeclinedTable declined={declined.data?.declined ?? []} />
      {looked !== undefined && <ApproveRelease key={looked.id} pending={looked} onClose={() => setChosen(undefined)} />}
    </section>
  );
}
