import { Button, Group } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { ComparisonView } from '../../../src-shared/contract/compare.ts';
import { countOf, formatInstant } from '../../strings/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { verdictOf } from './compare-words.ts';
import { DifferenceTable } from './DifferenceTable.tsx';

interface Props {
  readonly view: ComparisonView;
  readonly isBusy: boolean;
  readonly onAnswer: () => void;
  readonly onMore: () => void;
  readonly onRelease: () => void;
}

/** What a file of the partner tells, and what comes next. */
export function ComparisonResult({ view, isBusy, onAnswer, onMore, onRelease }: Props) {
  const { round, isSame, isCurrent, differences, total, left } = view;
  const canRelease = differences.some(({ remedy }) => remedy === 'release');
  return (
    <>
      <Notice tone={isSame ? 'ok' : 'warn'} title={verdictOf(view)}>
        {countOf(view.ours, 'record')} here, {countOf(view.theirs, 'record')} there, as they stood at{' '}
        {formatInstant(view.madeAt)}.{' '}
        {round === 1 &&
          !isSame &&
          'Hand back the answer: with it they see which records, and their reply shows it to you.'}
        {!isCurrent && ' This vault has changed since the file that this one answers: begin anew for a list of today.'}
        {left > 0 && ` ${countOf(left, 'more range')} did not fit into the file: compare again when these are settled.`}
      </Notice>
      {differences.length > 0 && <DifferenceTable differences={differences} />}
      <Group gap={8} justify="flex-end">
        {differences.length < total && (
          <>
            <span className="muted">
              {differences.length} of {countOf(total, 'record')}
            </span>
            <Button variant="default" disabled={isBusy} onClick={onMore}>
              Show more
            </Button>
          </>
        )}
        {canRelease && (
          <Button variant="default" disabled={isBusy} onClick={onRelease}>
            Release this case…
          </Button>
        )}
        {round !== 3 && !isSame && (
          <Button leftSection={<IconDownload size={14} aria-hidden />} disabled={isBusy} onClick={onAnswer}>
            Save the answer
          </Button>
        )}
      </Group>
    </>
  );
}
