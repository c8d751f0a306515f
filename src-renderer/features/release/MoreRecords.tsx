import { Button } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { ReleaseSubject } from '../../../src-shared/contract/views.ts';
import { callUntil } from '../../api/long-method.ts';
import { explain } from '../../strings/errors.ts';
import { countOf } from '../../strings/format.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useItemTabIndex } from '../../ui/active-item.ts';
import type { Listing } from './use-subjects.ts';

interface Props {
  readonly subject: ReleaseSubject;
  readonly listing: Listing;
  readonly children: (record: ReleaseSubject['records'][number]) => ReactNode;
}

/** Records that are read at once. */
const PAGE = 20;

/** The records of a subject beyond the first ones, as many as a person asks for. */
export function MoreRecords({ subject, listing, children }: Props) {
  const [pages, setPages] = useState(0);
  const tabIndex = useItemTabIndex();
  const { request, digest } = listing;
  const { rule: _rule, ...terms } = request;
  const first = subject.records.length;
  const answers = useQueries({
    queries: Array.from({ length: pages }, (_, page) => ({
      queryKey: ['release.records', digest, request, subject.subject, page],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        callUntil(
          'release.records',
          { ...terms, subject: subject.subject, after: first + page * PAGE, limit: PAGE },
          signal,
        ),
      gcTime: 30_000,
    })),
  });
  const more = answers.flatMap(({ data }) => data?.records ?? []);
  const error = answers.find((answer) => answer.error !== null)?.error;
  const left = subject.recordsTotal - first - more.length;
  return (
    <>
      {more.map(children)}
      {error !== undefined && error !== null && <ErrorNotice {...explain(error)} />}
      {left > 0 && (
        <p className="muted">
          {countOf(left, 'more record')} of this subject.{' '}
          <Button
            size="compact-xs"
            variant="default"
            tabIndex={tabIndex}
            loading={answers.some(({ isFetching }) => isFetching)}
            aria-label={`Show more records: ${subject.label}`}
            onClick={() => setPages(pages + 1)}
          >
            Show more
          </Button>
        </p>
      )}
    </>
  );
}
