import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isBefore, LISTED, positionInStream, WINDOW } from '../../../src-main/exchange/stream.ts';
import type { IncomingBundle, KnownBundle, Statement, StreamFinding } from '../../../src-main/exchange/stream.ts';
import { contradictions } from '../../../src-main/exchange/stream-rollbacks.ts';
import { streamReport } from '../../../src-main/exchange/stream-report.ts';
import type { StreamFacts } from '../../../src-main/exchange/stream-report.ts';

const NOW = new Date('2026-06-01T12:00:00.000Z');

interface Sealed extends IncomingBundle {
  readonly at: string;
}

function day(number: number): string {
  return new Date(Date.UTC(2026, 4, Math.min(number, 31))).toISOString();
}

/** A manifest that names the one before as `<epoch>-<number>`, made on the day of its number. */
function sealed(sequence: number, more: Partial<Sealed> = {}): Sealed {
  const epoch = more.epoch ?? 1;
  const previous = sequence === 1 ? null : `${epoch}-${sequence - 1}`;
  const said = { manifest: `${epoch}-${sequence}`, previous, saidAt: day(sequence), at: day(sequence) };
  return { epoch, sequence, ...said, ...more };
}

const ack = (sequence: number, epoch = 1) => ({ epoch, sequence, manifest: `ours-${epoch}-${sequence}` });

type Kept = readonly Sealed[];

function knownOf(kept: Kept, verdict = 'applied'): KnownBundle[] {
  return kept.map(({ epoch, sequence, manifest, previous }) => ({ epoch, sequence, manifest, previous, verdict }));
}

function statementsOf(kept: Kept): Statement[] {
  return kept.map(({ epoch, sequence, manifest, saidAt, ack: has }) => ({
    kind: 'data',
    epoch,
    sequence,
    manifest,
    saidAt,
    ...(has !== undefined && { ack: has }),
  }));
}

function receiptOf(sequence: number, more: Partial<Statement> = {}): Statement {
  return { kind: 'receipt', epoch: 1, sequence, manifest: `receipt-${sequence}`, saidAt: day(sequence), ...more };
}

const said = (bundle: Sealed, kept: Kept, more: readonly Statement[] = []) =>
  positionInStream(bundle, knownOf(kept), [...statementsOf(kept), ...more], NOW);

const [one, two, three, four] = [sealed(1), sealed(2), sealed(3), sealed(4)];
const NONE = { missing: [], missingCount: 0 };

describe('[Q3] each finding has its own name:', () => {
  const TABLE: readonly (readonly [string, StreamFinding, Sealed, Kept, (readonly Statement[])?])[] = [
    ['the first one', 'first', one, []],
    ['the next one', 'next', two, [one]],
    ['one whose number is not the next', 'gap', three, [one]],
    ['the very first to come, when it is not number 1', 'gap', two, []],
    ['one that fills a gap', 'late', two, [one, three]],
    ['number 1 after number 2', 'late', one, [two]],
    [
      'one of an epoch that was left, made before that',
      'late',
      three,
      [one, two, sealed(1, { epoch: 2, saidAt: day(9) })],
    ],
    ['the same manifest again', 'replay', one, [one, two]],
    ['another manifest with a number that is known', 'fork', sealed(1, { manifest: 'twin' }), [one]],
    ['one that names another before it than came', 'fork', sealed(2, { previous: 'x' }), [one]],
    ['one that is not what the next one names', 'fork', sealed(2, { manifest: 'x' }), [one, three]],
    [
      'one that acknowledges less than the one before',
      'rollback',
      sealed(3, { ack: ack(2) }),
      [one, sealed(2, { ack: ack(5) })],
    ],
    ['one that acknowledges nothing any more', 'rollback', two, [sealed(1, { ack: ack(1) })]],
    [
      'one that acknowledges less than a receipt before it',
      'rollback',
      three,
      [one, two],
      [receiptOf(2, { ack: ack(4) })],
    ],
    [
      'one of an epoch that was left, made more than a day after',
      'rollback',
      sealed(3, { saidAt: day(20) }),
      [one, two, sealed(1, { epoch: 2, saidAt: day(9) })],
    ],
    ['one of a higher epoch', 'new-epoch', sealed(1, { epoch: 2 }), [one]],
    ['another one of an epoch that nobody agreed to', 'new-epoch', sealed(2, { epoch: 9 }), [one]],
    ['a number far above the last', 'fast-forward', sealed(2 + WINDOW), [one]],
    ['a far number to begin with', 'fast-forward', sealed(WINDOW + 1), []],
    ['the highest number that there is', 'fast-forward', sealed(2 ** 31 - 1), [one]],
    ['an epoch that no clock has reached', 'fast-forward', sealed(1, { epoch: 2 ** 31 - 1 }), [one]],
  ];
  test.each(TABLE.map(([name, finding, bundle, kept, more]) => ({ name, finding, bundle, kept, more })))(
    '$name is $finding',
    ({ finding, bundle, kept, more }) => {
      expect(said(bundle, kept, more).finding).toBe(finding);
    },
  );
});

describe('[Q3] and what is no reason for one:', () => {
  test('at most the listed numbers are told, and how many there are', () => {
    const { missing, missingCount, finding } = said(sealed(WINDOW), []);
    expect([finding, missing.length, missingCount]).toEqual(['gap', LISTED, WINDOW - 1]);
    expect(said(four, [one]).missing).toEqual([2, 3]);
  });
  test('[Q4] what follows either branch of a fork is read on', () => {
    const forked = [...knownOf([one]), ...knownOf([sealed(1, { manifest: 'twin' })], 'fork')];
    expect(positionInStream(two, forked, [], NOW)).toEqual({ finding: 'next', ...NONE });
    expect(positionInStream(sealed(2, { previous: 'twin' }), forked, [], NOW)).toEqual({ finding: 'next', ...NONE });
  });
  test('[Q8] a fork does not make a number known that was not', () => {
    const forked = [...knownOf([one]), ...knownOf([sealed(2, { previous: 'x' })], 'fork')];
    expect(positionInStream(three, forked, [], NOW).missing).toEqual([2]);
  });
  test('a bundle that was put aside and comes again is no replay', () => {
    expect(positionInStream(one, knownOf([one], 'discarded'), statementsOf([one]), NOW).finding).toBe('first');
  });
  test('[Q2] receipts that were made on one day have no order', () => {
    const [older, newer] = [receiptOf(1, { ack: ack(5) }), receiptOf(1, { manifest: 'other', ack: ack(6) })];
    expect(alarmsOf([one], [older, newer])).toEqual([]);
    expect(
      alarmsOf(
        [one],
        [
          { ...newer, ack: ack(5) },
          { ...older, ack: ack(6) },
        ],
      ),
    ).toEqual([]);
    expect(
      alarmsOf(
        [one],
        [
          { ...newer, saidAt: day(9), ack: ack(5) },
          { ...older, ack: ack(6) },
        ],
      ),
    ).toEqual(['rollback']);
  });
  test('[Q6] an epoch that began by restoring a store, once one of its bundles was applied', () => {
    const restored = Math.floor((NOW.getTime() - Date.UTC(2026, 0, 1)) / 1000);
    const begun = sealed(1, { epoch: restored, saidAt: day(9) });
    expect(said(begun, [one]).finding).toBe('new-epoch');
    expect(said(sealed(2, { epoch: restored, saidAt: day(9) }), [one, begun]).finding).toBe('next');
    expect(said(begun, []).finding).toBe('first');
    expect(said({ ...begun, ack: ack(1) }, [sealed(1, { ack: ack(7) })]).finding).toBe('new-epoch');
  });
  test('[Q6] and an epoch that only waits or was refused is agreed to by nobody', () => {
    const waiting = [...knownOf([one]), ...knownOf([sealed(1, { epoch: 2 })], 'quarantined')];
    expect(positionInStream(sealed(2, { epoch: 2 }), waiting, [], NOW).finding).toBe('new-epoch');
  });
});

const AT = day(20);

function factsOf(kept: Kept, receipts: readonly Statement[] = [], more: Partial<StreamFacts> = {}): StreamFacts {
  return {
    received: knownOf(kept).map((row) => ({ ...row, at: AT })),
    statements: [...statementsOf(kept), ...receipts].map((row) => ({ ...row, at: AT })),
    unknownReceipts: [],
    sent: [],
    answered: new Map(),
    ourEpoch: 1,
    now: new Date(AT),
    ...more,
  };
}

function alarmsOf(kept: Kept, receipts: readonly Statement[] = []): string[] {
  const acks = [...kept, ...receipts].flatMap((row) => (row.ack === undefined ? [] : [row.ack]));
  const sent = acks.map((row) => ({ ...row, bundle: 'b', at: day(1) }));
  return streamReport(factsOf(kept, receipts, { sent })).alarms.map(({ kind }) => kind);
}

describe('[Q3] no false alarm:', () => {
  const stream = [1, 2, 3, 4, 5, 6].map((n) => sealed(n, { ack: ack(n) }));
  const receipts = [0, 2, 4].map((n) => receiptOf(n, { ack: ack(Math.max(1, n)), saidAt: day(n) }));
  const FINE: readonly StreamFinding[] = ['first', 'next', 'gap', 'late', 'replay'];

  test('six bundles in every order, with repetitions and one loss: only gaps, and exactly the lost one', () => {
    const orders = permutations(stream);
    expect(orders).toHaveLength(720);
    for (const order of orders) {
      for (const lost of [undefined, ...stream]) {
        const kept: Sealed[] = [];
        for (const bundle of order.filter((each) => each !== lost)) {
          for (const again of [bundle, kept[0] ?? bundle]) {
            const { finding } = said(again, kept, receipts);
            expect(FINE).toContain(finding);
            expect(finding === 'replay').toBe(kept.includes(again));
            if (finding !== 'replay') kept.push(again);
          }
        }
        const { incoming, alarms } = streamReport(factsOf(kept, receipts, { sent: sentUpTo(6) }));
        expect(alarms).toEqual([]);
        const gone = lost === undefined || lost.sequence === 6 ? [] : [lost.sequence];
        expect(incoming.gaps.flatMap(({ numbers }) => numbers)).toEqual(gone);
      }
    }
  });

  test('and whatever the order, the same is told in the end', () => {
    const statements = [...statementsOf(stream), ...receipts, receiptOf(6, { ack: ack(1) })];
    const rows = statements.map((row) => ({ ...row, at: AT }));
    const expected = streamReport(factsOf(stream, [], { statements: rows })).alarms.length;
    expect(expected).toBeGreaterThan(0);
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (shuffled) => {
        expect(streamReport(factsOf(stream, [], { statements: shuffled })).alarms).toHaveLength(expected);
      }),
    );
  });
});

function sentUpTo(last: number, at = day(1)): StreamFacts['sent'] {
  return Array.from({ length: last }, (_, i) => ({ ...ack(i + 1), bundle: `b${i + 1}`, at }));
}

function permutations<T>(list: readonly T[]): T[][] {
  if (list.length === 0) return [[]];
  return list.flatMap((first, at) => permutations(list.toSpliced(at, 1)).map((rest) => [first, ...rest]));
}

describe('the report of a partner:', () => {
  test('[Q4] a fork names both manifests, the one that came first before the other', () => {
    const facts = factsOf([one, two, three]);
    const twin = { ...knownOf([sealed(2, { manifest: 'twin' })], 'fork')[0], at: day(25) } as never;
    const told = streamReport({ ...facts, received: [twin, ...facts.received] });
    expect(told.alarms).toMatchObject([{ kind: 'fork', epoch: 1, sequence: 2, manifests: ['1-2', 'twin'] }]);
    const denied = { ...knownOf([sealed(2, { manifest: '1-2x', previous: 'x' })], 'fork')[0], at: day(25) } as never;
    const other = streamReport({ ...factsOf([one]), received: [denied, ...factsOf([one]).received] });
    expect(other.alarms).toMatchObject([{ kind: 'fork', sequence: 1, manifests: ['1-1', '1-2x'] }]);
  });

  test('[Q5] a rollback names what it contradicts', () => {
    const kept = [sealed(1, { ack: ack(3) }), sealed(2, { ack: ack(1) })];
    expect(streamReport(factsOf(kept, [], { sent: sentUpTo(3) })).alarms).toMatchObject([
      { kind: 'rollback', sequence: 2, manifests: ['1-1', '1-2'] },
    ]);
  });

  test('[Q9] what the partner says that it sealed and we have not is behind; after seven days it is a freeze', () => {
    const facts = factsOf([one, two], [receiptOf(5)]);
    const told = (days: number) =>
      streamReport({ ...facts, now: new Date(Date.parse(AT) + days * 86_400_000) }).incoming;
    expect(told(7)).toMatchObject({ behind: { epoch: 1, from: 3, sequence: 5, since: AT }, isFrozen: false });
    expect(told(8).isFrozen).toBe(true);
    expect(streamReport(factsOf([one, two], [receiptOf(2)])).incoming.behind).toBeUndefined();
    expect(streamReport(factsOf([one], [receiptOf(1, { epoch: 2 })])).incoming.behind).toMatchObject({
      epoch: 2,
      from: 1,
    });
  });

  test('[Q9] a gap that lasts is a freeze', () => {
    const facts = factsOf([one, three]);
    const told = (days: number) =>
      streamReport({ ...facts, now: new Date(Date.parse(AT) + days * 86_400_000) }).incoming;
    expect(told(1)).toMatchObject({ gaps: [{ numbers: [2], count: 1, since: AT }], isFrozen: false });
    expect(told(8).isFrozen).toBe(true);
  });

  test('[Q9] bundles of ours that nobody answers and no ack covers are frozen after seven days', () => {
    const sent = sentUpTo(3, day(10));
    const facts = factsOf([one], [], { sent, answered: new Map([['ours-1-1', day(11)]]) });
    const told = streamReport({ ...facts, now: new Date(day(18)) }).outgoing;
    expect(told).toMatchObject({ acknowledged: { sequence: 1 }, isFrozen: true, lastReceiptAt: day(11) });
    expect(told.unanswered.map(({ sequence, isLate }) => [sequence, isLate])).toEqual([
      [2, true],
      [3, true],
    ]);
    expect(streamReport({ ...facts, now: new Date(day(16)) }).outgoing.isFrozen).toBe(false);
    const moved = factsOf([sealed(1, { ack: ack(3) })], [], { sent, now: new Date(day(18)) });
    expect(streamReport(moved).outgoing).toMatchObject({ isFrozen: false, acknowledged: { sequence: 3 } });
    const before = factsOf([], [], { sent, ourEpoch: 5, now: new Date(day(18)) });
    expect(streamReport(before).outgoing.unanswered).toEqual([]);
  });

  test('[Q10] an ack of what we never sealed says that our own store may be older; one that a restore lost does not', () => {
    const kept = [sealed(1, { ack: ack(4) })];
    expect(streamReport(factsOf(kept, [], { sent: sentUpTo(3) })).alarms).toMatchObject([
      { kind: 'ours-older', epoch: 1, sequence: 4, manifests: ['1-1'] },
    ]);
    expect(streamReport(factsOf(kept, [], { sent: sentUpTo(4) })).alarms).toEqual([]);
    expect(streamReport(factsOf(kept, [], { sent: sentUpTo(3), ourEpoch: 9 })).alarms).toEqual([]);
    const unknownReceipts = [{ manifest: 'r', at: AT }];
    expect(streamReport(factsOf([], [], { unknownReceipts })).alarms).toMatchObject([
      { kind: 'ours-older', manifests: ['r'] },
    ]);
  });

  test('[Q12] silent since anything came, or since we first wrote', () => {
    const now = new Date(day(31));
    expect(streamReport(factsOf([], [], { sent: sentUpTo(1, day(21)), now })).silentDays).toBe(10);
    expect(streamReport(factsOf([], [], { sent: sentUpTo(1, day(1)), heardAt: day(28), now })).silentDays).toBe(3);
    expect(streamReport(factsOf([], [], { now })).silentDays).toBeUndefined();
  });

  test('[Q6] an epoch that waits for an officer is told', () => {
    const facts = factsOf([one]);
    const begun = { ...knownOf([sealed(1, { epoch: 2 })], 'quarantined')[0], at: AT } as never;
    expect(streamReport({ ...facts, received: [...facts.received, begun] }).incoming.newEpoch).toBe(2);
    expect(streamReport(factsOf([one, sealed(1, { epoch: 2 })])).incoming.newEpoch).toBeUndefined();
  });
});

/** A receipt after number 3, so many hours after the first of them. */
function at(hours: number): Statement {
  const saidAt = new Date(Date.parse(day(3)) + hours * 3_600_000).toISOString();
  return receiptOf(3, { manifest: `after ${hours}`, saidAt });
}

/** Who contradicts whom. */
function found(statements: readonly Statement[]) {
  return contradictions(statements).map(({ earlier, later }) => [earlier.manifest, later.manifest]);
}

test('[Q12] a partner is silent for as many whole days as have passed', () => {
  const heardAt = day(3);
  const after = [23, 25].map((hours) => new Date(Date.parse(heardAt) + hours * 3_600_000));
  expect(after.map((now) => streamReport({ ...factsOf([one]), heardAt, now }).silentDays)).toEqual([0, 1]);
});

test('[Q2] receipts on one position are in order when more than a day lies between them', () => {
  expect([24, 25].map((hours) => isBefore(at(0), at(hours)))).toEqual([false, true]);
  const [higher, lower] = [{ ...at(0), ack: ack(2) }, ack(1)];
  const pairs = [24, 25].map((hours) => contradictions([higher, { ...at(hours), ack: lower }]).length);
  expect(pairs).toEqual([0, 1]);
});

test('[Q5] who goes on a day later in an epoch that was left contradicts itself, whichever statement came first', () => {
  const left = statementsOf([sealed(1, { epoch: 2, saidAt: day(4) })]);
  const soon = statementsOf([sealed(5, { saidAt: day(5) })]);
  const late = statementsOf([sealed(6, { saidAt: new Date(Date.parse(day(5)) + 1).toISOString() })]);
  expect(found([...left, ...soon])).toEqual([]);
  expect(found([...left, ...late])).toEqual([['2-1', '1-6']]);
  expect(found([...late, ...left])).toEqual([['2-1', '1-6']]);
});

test('[Q7] a thousand numbers above the highest is a gap, one more is out of reach', () => {
  const findings = [1001, 1002].map((sequence) => said(sealed(sequence), [one]).finding);
  expect(findings).toEqual(['gap', 'fast-forward']);
});
