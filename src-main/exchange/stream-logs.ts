import { fallen } from './stream-rollbacks.ts';
import type { Contradiction } from './stream-rollbacks.ts';
import type { Statement, TreeHead } from './stream.ts';

/** What a partner's receipts say of its audit log: docs/formats/bundle.md Q13, Q14. Pure. */

type Arrived = { readonly at: string };
type Telling<S> = S & { readonly log: TreeHead };

export type WitnessedLog = TreeHead & Arrived & { readonly epoch: number };

/** Q13: every receipt that shows another log than one before it, with that one. O(n log n). */
export function rewrittenLogs<S extends Statement & Arrived>(statements: readonly S[]): Contradiction<Telling<S>>[] {
  const telling = statements.filter(saysLog);
  const found = new Map<S, Telling<S>>();
  for (const { earlier, later } of fallen(telling, compareSizes)) found.set(later, earlier);
  for (const same of Map.groupBy(telling, ({ epoch, log }) => `${epoch} ${log.size}`).values()) {
    const [first, ...others] = same.toSorted((a, b) => compare(a.at, b.at) || compare(a.manifest, b.manifest));
    for (const later of others) if (first !== undefined && first.log.root !== later.log.root) found.set(later, first);
  }
  return telling.flatMap((later) => {
    const earlier = found.get(later);
    return earlier === undefined ? [] : [{ earlier, later }];
  });
}

/** Q14. */
export function newestLog(statements: readonly (Statement & Arrived)[]): WitnessedLog | undefined {
  const newest = statements
    .filter(saysLog)
    .reduce<Telling<Statement & Arrived> | undefined>(
      (best, said) =>
        best === undefined || said.epoch > best.epoch || (said.epoch === best.epoch && said.log.size > best.log.size)
          ? said
          : best,
      undefined,
    );
  return newest === undefined ? undefined : { ...newest.log, epoch: newest.epoch, at: newest.at };
}

function saysLog<S extends Statement>(said: S): said is Telling<S> {
  return said.log !== undefined;
}

function compareSizes(one: { readonly log: TreeHead }, other: { readonly log: TreeHead }): number {
  return one.log.size - other.log.size;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
