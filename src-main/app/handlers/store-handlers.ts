import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import type { OpenSession } from '../session.ts';

/** Whether the store is what was written: how far the proof is, and what it found. */
export function showStoreState(session: OpenSession): Output<'store.state'> {
  return session.proof.state();
}

/** Proves the store again: to the end while the caller waits, or in the background. */
export async function checkStore(session: OpenSession, input: Parsed<'store.check'>): Promise<Output<'store.check'>> {
  if (input.wait !== true) {
    session.proof.begin();
    return session.proof.state();
  }
  const job = session.jobs.begin(input.job);
  try {
    return await session.proof.finish(job);
  } finally {
    session.jobs.end(input.job);
  }
}
