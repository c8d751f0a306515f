import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import { rebuildInSteps } from '../../store/rebuild.ts';
import { remakeIndexes } from '../../store/text-tables.ts';
import { fileNameFor } from '../file-names.ts';
import { change, tellOfChange } from '../session.ts';
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

/** V95: computes again what is computed from records; then the store is proved anew. All or nothing: cancelled, everything is as before. */
export async function rebuildStore(
  session: OpenSession,
  input: Parsed<'store.rebuild'>,
): Promise<Output<'store.rebuild'>> {
  const { context, store, user, role, proof, jobs } = session;
  const job = jobs.begin(input.job);
  const note = { actor: user, role, action: 'store.rebuilt', at: context.now().toISOString(), details: {} };
  const { phase, findings } = proof.state();
  const areIndexesWhole =
    phase === 'whole' || (phase === 'damaged' && findings.every(({ what }) => what === 'projection'));
  proof.stop();
  try {
    if (!areIndexesWhole) remakeIndexes(store);
    await rebuildInSteps(store, note, (stage, done, total) => job.step(stage, done, total));
    tellOfChange(session);
  } finally {
    jobs.end(input.job);
    proof.begin();
  }
  return proof.state();
}

/** Begins to hand out everything that can be read. A vault that can be written says so in its audit log. */
export async function salvageStore(session: OpenSession): Promise<Output<'store.salvage'>> {
  const { store, salvages, agency, context } = session;
  if (!store.isReadOnly) change(session, 'store.salvaged', {}, () => undefined);
  const salvage = await salvages.begin(context.now().toISOString());
  return { salvage, fileName: fileNameFor(agency.name, 'salvage.age') };
}

/** The next part of the salvage file. */
export function salvagePart(
  { salvages }: OpenSession,
  input: Parsed<'store.salvage-part'>,
): Promise<Output<'store.salvage-part'>> {
  return salvages.part(input.salvage);
}
