import type { ReviewTally } from '../../../src-shared/contract/review.ts';
import { countOf } from '../../strings/format.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { applyWords } from './plan-words.ts';
import { sumOf, tallyOf } from './review.ts';

interface Props {
  readonly tally: ReviewTally;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asked before something is applied of which a part was never decided on. */
export function ApplyDialog({ tally, onConfirm, onClose }: Props) {
  const undecided = sumOf(tally.undecided);
  return (
    <ConfirmDialog
      opened
      title={`${countOf(undecided, 'item')} undecided`}
      confirmLabel="Apply without them"
      onClose={onClose}
      onConfirm={onConfirm}
    >
      <p className="receive-hint">{applyWords(tallyOf(tally))}</p>
      <p className="receive-hint">
        Nobody has decided on {countOf(undecided, 'item')}. They are not accepted, the receipt counts them as held, and
        they can be decided on when the sender’s file is opened again.
      </p>
    </ConfirmDialog>
  );
}
