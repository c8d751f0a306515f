import { failure } from '../../src-shared/errors.ts';
import { verifyAudit } from './audit.ts';
import type { Progress } from './copy-rows.ts';
import type { Proof } from './proof.ts';
import { proofSize } from './prove.ts';
import { proveContent } from './prove-content.ts';
import { indexedTables, proveIndexes } from './prove-indexes.ts';
import type { Store } from './store.ts';
import { beginWatch, endWatch } from './watch-content.ts';

/** How long others wait at most for a step. */
const SLICE_MS = 20;

/**
 * Rows, indexes and log of a store that nobody else uses yet, in steps; what is computed from records was just computed or is proved in the
 * background after unlocking (V90). Throws `vault.store-damaged` with the rule unless all is what the head says, and what `progress` throws.
 */
export async function requireWhole(store: Store, rule: string, progress: Progress): Promise<void> {
  const total = Math.max(1, proofSize(store));
  const proof = proveRows(store);
  let [done, rows, stage, until] = [0, 0, '', performance.now() + SLICE_MS];
  try {
    await progress('proving', 0, total);
    for (let step = proof.next(); ; step = proof.next()) {
      if (step.done === true) {
        if (step.value.length > 0 || !verifyAudit(store).ok) throw failure('vault.store-damaged', { rule });
        return;
      }
      done += step.value.stage === stage ? Math.max(0, step.value.rows - rows) : step.value.rows;
      [stage, rows] = [step.value.stage, step.value.rows];
      if (performance.now() < until) continue;
      await progress('proving', Math.min(done, total), total);
      until = performance.now() + SLICE_MS;
    }
  } finally {
    proof.return([]);
  }
}

function* proveRows(store: Store): Proof {
  const watch = beginWatch(store, store.headKey);
  try {
    const findings = [...(yield* proveContent(store, watch))];
    for (const table of indexedTables(store)) findings.push(...(yield* proveIndexes(store, table)));
    return findings;
  } finally {
    if (store.sqlite.open) endWatch(store);
  }
}
