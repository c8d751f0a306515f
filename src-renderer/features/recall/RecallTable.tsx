import { Button } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconClock, IconHelpCircle } from '@tabler/icons-react';
import type { RecallRow } from '../../../src-shared/contract/streams.ts';
import { countOf, formatInstant } from '../../strings/format.ts';
import { Tag } from '../../ui/Tag.tsx';
import { ACTIONS, ANSWERS, TONES, answerWords, placeWords } from './recall-words.ts';

interface Props {
  readonly rows: readonly RecallRow[];
  readonly canSend: boolean;
  readonly onSend: (row: RecallRow) => void;
}

const ICONS = {
  applied: IconCircleCheck,
  pending: IconCircleX,
  refused: IconCircleX,
  unclear: IconHelpCircle,
  none: IconClock,
} as const;

/** One row a withdrawal and partner. */
export function RecallTable({ rows, canSend, onSend }: Props) {
  return (
    <table className="recall-table" aria-label="Withdrawals">
      <thead>
        <tr>
          <th scope="col">Withdrawal</th>
          <th scope="col">Partner</th>
          <th scope="col">Version held</th>
          <th scope="col">Recall sent</th>
          <th scope="col">Answer</th>
          <th scope="col">Silent since</th>
          <th scope="col">
            <span className="visually-hidden">Action</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <RecallLine key={`${row.withdrawal} ${row.partner}`} row={row} canSend={canSend} onSend={onSend} />
        ))}
      </tbody>
    </table>
  );
}

interface LineProps extends Omit<Props, 'rows'> {
  readonly row: RecallRow;
}

function RecallLine({ row, canSend, onSend }: LineProps) {
  const { held, sent } = row;
  const Icon = ICONS[row.answer];
  const words = answerWords(row);
  const isOpen = row.answer !== 'applied' || row.isRestoredSince;
  return (
    <tr>
      <td>
        <b>{ACTIONS[row.action]}</b>{' '}
        {row.labels.length > 0 ? <bdi>{row.labels.join(', ')}</bdi> : countOf(held.targets, 'record')}
        <span className="muted">
          <bdi>{row.reason}</bdi>
          {row.reason !== '' && ', '}
          {row.isOurs ? 'by us' : <bdi>by {row.authorName}, passed on by us</bdi>}, {formatInstant(row.createdAt)}
        </span>
      </td>
      <td>
        <bdi>{row.partnerName}</bdi>
      </td>
      <td>
        {placeWords(held)}
        <span className="muted">
          {countOf(held.targets, 'record')}
          {held.isRedacted && ', redacted'}, {formatInstant(held.at)}
        </span>
      </td>
      <td>
        {sent === undefined ? <b>Not sent yet</b> : placeWords(sent)}
        {sent !== undefined && <span className="muted">{formatInstant(sent.at)}</span>}
      </td>
      <td>
        <Tag tone={row.isRestoredSince ? 'warning' : TONES[row.answer]} icon={<Icon size={12} aria-hidden />}>
          {ANSWERS[row.answer]}
        </Tag>
        <span className="muted">
          {row.answeredAt !== undefined && `${formatInstant(row.answeredAt)} `}
          {words}
        </span>
      </td>
      <td>
        {row.silentDays === 0 ? 'Heard today' : countOf(row.silentDays, 'day')}
        <span className="muted">{row.heardAt === undefined ? 'never heard' : formatInstant(row.heardAt)}</span>
      </td>
      <td>
        {canSend && isOpen && row.case !== undefined && (
          <Button
            size="compact-sm"
            variant="default"
            disabled={!row.canSend}
            title={row.canSend ? undefined : 'The keys of this partner are not confirmed.'}
            onClick={() => onSend(row)}
          >
            Make the recall bundle
          </Button>
        )}
      </td>
    </tr>
  );
}
