import { type QueryClient, useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { Input, Output } from '../../../src-shared/contract/methods.ts';
import type { ReleaseSubject } from '../../../src-shared/contract/views.ts';
import { callUntil } from '../../api/long-method.ts';

export type SubjectsRequest = Omit<Input<'release.subjects'>, 'after' | 'limit' | 'job'>;

/** Which list of which preview something stands in. */
export interface Listing {
  readonly request: SubjectsRequest;
  readonly digest: string;
}

export interface Subjects {
  /** Undefined until the first page was read. */
  readonly total: number | undefined;
  readonly error: Error | null;
  readonly at: (index: number) => ReleaseSubject | undefined;
  readonly onSight: (first: number, last: number, active: number) => void;
}

const PAGE = 50;

/** The subjects of a preview, read page by page as they come into sight. `digest` is of the preview that they belong to. */
export function useSubjects(request: SubjectsRequest, digest: string): Subjects {
  const [sight, setSight] = useState({ first: 0, last: 0, active: 0 });
  const onSight = useCallback((first: number, last: number, active: number) => {
    setSight((before) => {
      const isSame = before.first === first && before.last === last && before.active === active;
      return isSame ? before : { first, last, active };
    });
  }, []);
  // the first one is kept: while those in sight are being read, it says how many there are
  const pages = [...new Set([0, ...pagesOf(sight.first, sight.last), Math.floor(sight.active / PAGE)])];
  const cache = useQueryClient();
  const [shown, setShown] = useState({ digest, before: digest });
  // what was shown of the preview before stays in its place until the new one is read: nobody loses their place in the list
  if (shown.digest !== digest) setShown({ digest, before: shown.digest });
  const answers = useQueries({
    queries: pages.map((page) => ({
      queryKey: ['release.subjects', digest, request, page],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        callUntil('release.subjects', { ...request, after: page * PAGE, limit: PAGE }, signal),
      gcTime: 30_000,
      placeholderData: () => pageBefore(cache, shown.before, page, request),
    })),
  });
  const read = new Map<number, Output<'release.subjects'>>();
  for (const [i, page] of pages.entries()) {
    const data = answers[i]?.data;
    if (data !== undefined) read.set(page, data);
  }
  return {
    total: [...read.values()][0]?.total,
    error: answers.find(({ error }) => error !== null)?.error ?? null,
    at: (index) => read.get(Math.floor(index / PAGE))?.subjects[index % PAGE],
    onSight,
  };
}

function pageBefore(
  cache: QueryClient,
  digest: string,
  page: number,
  { show, rule }: SubjectsRequest,
): Output<'release.subjects'> | undefined {
  const held = cache.getQueriesData<Output<'release.subjects'>>({ queryKey: ['release.subjects', digest] });
  return held.find(([[, , asked, at]]) => at === page && isAlike(asked, show, rule))?.[1];
}

/** The same list of another preview. */
function isAlike(asked: unknown, show: SubjectsRequest['show'], rule: SubjectsRequest['rule']): boolean {
  if (typeof asked !== 'object' || asked === null) return false;
  return ('show' in asked ? asked.show : undefined) === show && ('rule' in asked ? asked.rule : undefined) === rule;
}

function pagesOf(first: number, last: number): number[] {
  const start = Math.floor(first / PAGE);
  return Array.from({ length: Math.floor(last / PAGE) - start + 1 }, (_, i) => start + i);
}
