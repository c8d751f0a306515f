import type { AgencyId, RecordId } from '../../src-shared/domain/ids.ts';
import type { CarriedBy, ReachedBy, RecallReceipt } from '../store/recalls.ts';

/** What became of each withdrawal at each partner: docs/formats/bundle.md §12. Pure. */

export type Answer = 'applied' | 'pending' | 'refused' | 'unclear' | 'none';

export interface BoardLine extends ReachedBy {
  /** The bundle whose receipt decides, else the last one that carried the withdrawal. */
  readonly sent?: CarriedBy;
  readonly answer: Answer;
  readonly rule?: string;
  readonly isRestoredSince: boolean;
}

/** From the best to the worst (Q21). */
const ANSWERS: readonly Answer[] = ['applied', 'pending', 'refused', 'unclear', 'none'];

/** `epochs`: the highest epoch in which each partner sealed something for us. O(reached + carried). */
export function recallBoard(
  reached: readonly ReachedBy[],
  carried: readonly CarriedBy[],
  epochs: ReadonlyMap<AgencyId, number>,
): BoardLine[] {
  const byTarget = Map.groupBy(carried, ({ withdrawal, partner }) => `${withdrawal} ${partner}`);
  return reached.map((line) => {
    const carriers = byTarget.get(`${line.withdrawal} ${line.partner}`) ?? [];
    const judged = carriers.map((sent) => ({ sent, ...answerOf(line.withdrawal, sent.receipt) }));
    const best = judged.toReversed().toSorted((one, other) => rankOf(one.answer) - rankOf(other.answer))[0];
    if (best === undefined) return { ...line, answer: 'none', isRestoredSince: false };
    const answeredIn = best.sent.receipt?.epoch;
    return {
      ...line,
      ...best,
      isRestoredSince: answeredIn !== undefined && answeredIn < (epochs.get(line.partner) ?? 0),
    };
  });
}

function rankOf(answer: Answer): number {
  return ANSWERS.indexOf(answer);
}

function answerOf(withdrawal: RecordId, receipt: RecallReceipt | undefined): { answer: Answer; rule?: string } {
  if (receipt === undefined) return { answer: 'none' };
  const { recalls } = receipt;
  if (recalls === undefined) return { answer: receipt.isWhole ? 'applied' : 'unclear' };
  if (recalls.pendingList.includes(withdrawal)) return { answer: 'pending' };
  const refused = recalls.refusedList.find(({ record }) => record === withdrawal);
  if (refused !== undefined) return { answer: 'refused', rule: refused.rule };
  const isComplete = recalls.pendingList.length === recalls.pending && recalls.refusedList.length === recalls.refused;
  return { answer: isComplete ? 'applied' : 'unclear' };
}
