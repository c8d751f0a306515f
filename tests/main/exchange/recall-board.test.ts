import { describe, expect, test } from 'vitest';
import { recallBoard } from '../../../src-main/exchange/recall-board.ts';
import type { CarriedBy, ReachedBy, RecallReceipt } from '../../../src-main/store/recalls.ts';
import { AgencyId, RecordId } from '../../../src-shared/domain/ids.ts';

/** docs/formats/bundle.md §12, as a table. */

const partner = AgencyId.parse('b'.repeat(64));
const author = AgencyId.parse('a'.repeat(64));
const withdrawal = RecordId.parse('1'.repeat(64));
const another = RecordId.parse('2'.repeat(64));
const AT = '2026-03-01T09:30:00.000Z';

const reached: ReachedBy = {
  withdrawal,
  author,
  partner,
  epoch: 1,
  sequence: 1,
  at: AT,
  bundle: 'bundle 1',
  targets: 1,
  withheldClaims: 0,
};

/** Bundles that carried the withdrawal, in the order of their release, each with what its receipt says. */
function boardOf(receipts: readonly (RecallReceipt | undefined)[], epoch = 1) {
  const carried = receipts.map((receipt, at): CarriedBy => ({
    withdrawal,
    partner,
    epoch: 1,
    sequence: at + 2,
    at: AT,
    bundle: `bundle ${at + 2}`,
    ...(receipt !== undefined && { receipt }),
  }));
  const [line] = recallBoard([reached], carried, new Map([[partner, epoch]]));
  if (line === undefined) throw new Error('no line');
  const { answer, rule, sent, isRestoredSince } = line;
  return { answer, rule, sequence: sent?.sequence, isRestoredSince };
}

type Recalls = NonNullable<RecallReceipt['recalls']>;

function receipt(recalls: Partial<Recalls> = {}, more: Partial<RecallReceipt> = {}): RecallReceipt {
  const counts = { applied: 0, pending: 0, refused: 0, pendingList: [], refusedList: [] };
  return { at: AT, epoch: 1, isWhole: true, recalls: { ...counts, ...recalls }, ...more };
}

const applied = receipt({ applied: 1 });
const pending = receipt({ pending: 1, pendingList: [withdrawal] });
const refused = receipt({ refused: 1, refusedList: [{ record: withdrawal, rule: 'X1' }] });
const unclear = receipt({ pending: 257, pendingList: [another] });
const { recalls: _none, ...older } = applied;

describe('[Q21] the answer', () => {
  test.each<readonly [answer: string, when: string, receipts: readonly (RecallReceipt | undefined)[]]>([
    ['none', 'nothing carried it', []],
    ['none', 'no receipt came', [undefined]],
    ['applied', 'the receipt counts none as not applied', [applied]],
    ['applied', 'the lists are complete and name another', [receipt({ pending: 1, pendingList: [another] })]],
    [
      'applied',
      'the lists are complete and another was refused',
      [receipt({ refused: 1, refusedList: [{ record: another, rule: 'X1' }] })],
    ],
    ['pending', 'it is named as not taken', [pending]],
    ['refused', 'it is named as refused', [refused]],
    ['unclear', 'a list of what was not taken is not complete', [unclear]],
    ['unclear', 'a list of what was refused is not complete', [receipt({ refused: 257 })]],
    ['applied', 'a receipt of version 1 says that everything was taken', [older]],
    ['unclear', 'a receipt of version 1 says that something was not', [{ ...older, isWhole: false }]],
  ])('is %s when %s', (answer, _when, receipts) => {
    expect(boardOf(receipts).answer).toBe(answer);
  });

  test('names the rule by which it was refused', () => {
    expect(boardOf([refused]).rule).toBe('X1');
    expect(boardOf([applied]).rule).toBeUndefined();
  });

  test('is the best one, whichever bundle it came for, and of equal ones that for the bundle that left last', () => {
    const fromBest = [applied, pending, refused, unclear, undefined];
    for (const [at, better] of fromBest.entries()) {
      for (const worse of fromBest.slice(at + 1)) {
        const alone = boardOf([better]).answer;
        expect(boardOf([better, worse])).toMatchObject({ answer: alone, sequence: 2 });
        expect(boardOf([worse, better])).toMatchObject({ answer: alone, sequence: 3 });
      }
      expect(boardOf([better, better]).sequence).toBe(3);
    }
  });
});

describe('[Q22] an answer before the partner began a new epoch', () => {
  test('is shown as that, because the target may be held again', () => {
    expect(boardOf([applied], 1).isRestoredSince).toBe(false);
    expect(boardOf([applied], 2)).toMatchObject({ answer: 'applied', isRestoredSince: true });
  });

  test('is not what counts once there is one of the new epoch', () => {
    const again = receipt({ applied: 1 }, { epoch: 2 });
    expect(boardOf([applied, again], 2)).toMatchObject({ answer: 'applied', isRestoredSince: false });
  });

  test('is told of no receipt that does not say its epoch', () => {
    const { epoch: _epoch, ...silent } = applied;
    expect(boardOf([silent], 2).isRestoredSince).toBe(false);
    expect(boardOf([undefined], 2).isRestoredSince).toBe(false);
  });
});
