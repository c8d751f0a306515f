import type { ReadDb } from './connection.ts';
import type { Finding, ProofStep } from './proof.ts';

/** V94. */
export function* proveProjection(_db: ReadDb): Generator<ProofStep, readonly Finding[], undefined> {
  yield { stage: 'projection', rows: 0 };
  return [];
}
