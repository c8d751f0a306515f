import type { RecallRow } from '../../src-shared/contract/streams.ts';
import type { ViewStore } from './view-state.ts';

/** Opens a release of nothing but withdrawals for the partner of a row of the recall board. */
export function sendRecall(store: ViewStore, { partner, case: noted }: RecallRow): void {
  if (noted !== undefined) store.set({ dialog: { kind: 'release', recall: { case: noted, agency: partner } } });
}
