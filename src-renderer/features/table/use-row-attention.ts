import { useMemo } from 'react';
import type { Attention } from '../../ui/attention.ts';
import type { RowAttention } from './table-rows.ts';

/** The part of what is looked at that rows depend on: the same value while only the selection changes. */
export function useRowAttention({ shownEntities, shownLinks, mode, found }: Attention): RowAttention {
  return useMemo(() => ({ shownEntities, shownLinks, mode, found }), [shownEntities, shownLinks, mode, found]);
}
