import { comparePlaces, contradictsEpoch, DAY, isBefore, rankOf } from './stream.ts';
import type { Statement } from './stream.ts';

export interface Contradiction<S extends Statement> {
  readonly earlier: S;
  readonly later: S;
}

/** Q5: every statement that shows an older state than one before it, with that one. In no order of arrival. O(n log n). */
export function contradictions<S extends Statement>(statements: readonly S[]): Contradiction<S>[] {
  const left = leftEpochs(statements);
  const found = new Map<S, S>();
  for (const later of statements) {
    const earlier = left.find((data) => contradictsEpoch(data, later));
    if (earlier !== undefined) found.set(later, earlier);
  }
  for (const { earlier, later } of fallen(statements, compareAcks)) found.set(later, earlier);
  return statements.flatMap((later) => {
    const earlier = found.get(later);
    return earlier === undefined ? [] : [{ earlier, later }];
  });
}

/** The first data manifest of each epoch, by what it says: few. */
function leftEpochs<S extends Statement>(statements: readonly S[]): S[] {
  const data = statements.filter(({ kind }) => kind === 'data');
  return [...Map.groupBy(data, ({ epoch }) => epoch).values()].flatMap((rows) =>
    rows.toSorted((one, other) => Date.parse(one.saidAt) - Date.parse(other.saidAt)).slice(0, 1),
  );
}

function compareAcks(one: Statement, other: Statement): number {
  return comparePlaces(one.ack, other.ack);
}

/**
 * What never goes down and did, by `compare`. One pass in the order of Q2, with the highest so far of the positions below and, on one position, of what
 * is a day older. O(n log n).
 */
export function* fallen<S extends Statement>(
  statements: readonly S[],
  compare: (one: S, other: S) => number,
): Generator<Contradiction<S>> {
  const higher = (one: S | undefined, other: S): S => (one === undefined || compare(other, one) > 0 ? other : one);
  for (const epoch of Map.groupBy(statements, (row) => row.epoch).values()) {
    const ranks = [
      ...Map.groupBy(
        epoch.filter(({ sequence }) => sequence !== undefined),
        rankOf,
      ),
    ];
    let below: S | undefined;
    for (const [, rows] of ranks.toSorted(([one], [other]) => one - other)) {
      const ordered = rows.toSorted((one, other) => Date.parse(one.saidAt) - Date.parse(other.saidAt));
      let aged = 0;
      let highest = below;
      for (const later of ordered) {
        for (let old = ordered[aged]; old !== undefined && isDayOlder(old, later); old = ordered[aged]) {
          highest = higher(highest, old);
          aged += 1;
        }
        if (highest !== undefined && isBefore(highest, later) && compare(highest, later) > 0)
          yield { earlier: highest, later };
      }
      below = ordered.reduce<S | undefined>(higher, below);
    }
  }
}

function isDayOlder(one: Statement, other: Statement): boolean {
  return Date.parse(one.saidAt) + DAY < Date.parse(other.saidAt);
}
