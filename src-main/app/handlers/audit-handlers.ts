import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import { auditEntries } from '../../store/audit.ts';
import { proveLog } from '../../store/audit-tree.ts';
import { batches, countBatches } from '../../store/batches.ts';
import { readHead } from '../../store/head-row.ts';
import { isLargeBatch, removeBatch, removeLargeBatch } from '../../store/undo.ts';
import { disclosuresOf } from '../disclosures.ts';
import { inSteps } from '../in-steps.ts';
import { withJob } from '../jobs.ts';
import { undoWithReceipt } from '../receive/undo-received.ts';
import { change, changeInSlices } from '../session.ts';
import type { OpenSession } from '../session.ts';

/** Disclosures that are told when nobody says how many. */
const LISTED = 500;

/** Entries of the audit log, newest first. */
export function listAudit(session: OpenSession, input: Parsed<'audit.list'>): Output<'audit.list'> {
  const page = { limit: input.limit, ...(input.before !== undefined && { before: input.before }) };
  const entries = auditEntries(session.store, page).map((entry) => ({ ...entry, details: { ...entry.details } }));
  return { entries, total: readHead(session.store).audit.size };
}

/** V60, V62: whether the chain is whole and ends where the head says, and whether it is the log that a partner witnessed. */
export function verifyAuditLog(
  session: OpenSession,
  { checkpoint, job: name }: Parsed<'audit.verify'>,
): Promise<Output<'audit.verify'>> {
  return withJob(session.jobs, name, async (job) =>
    inSteps(proveLog(session.store, checkpoint), (step) => job.step(...step)),
  );
}

/** Who holds what about whom, on what basis, since when. */
export function listLedger(session: OpenSession, input: Parsed<'ledger.list'>): Output<'ledger.list'> {
  const filter = {
    ...(input.subject !== undefined && { subject: input.subject }),
    ...(input.agency !== undefined && { partner: input.agency }),
  };
  return disclosuresOf(session, { ...filter, from: input.from ?? 0, limit: input.limit ?? LISTED });
}

/** Imports, edits and received bundles, newest first, with whether each can be undone. */
export function listBatches(session: OpenSession, input: Parsed<'batch.list'>): Output<'batch.list'> {
  const rows = batches(session.store, { limit: input.limit, ours: session.us });
  const listed = rows.map((row) => ({ ...row, canUndo: row.canUndo && row.kind !== 'chart' && row.records > 0 }));
  return { batches: listed, total: countBatches(session.store) };
}

/**
 * Takes back an import, an edit or a received bundle as if it had never been; of a bundle it answers a receipt for its sender. Throws
 * `batch.not-undoable` when somebody else may have it already or something stands on it.
 */
export async function undoBatch(session: OpenSession, input: Parsed<'batch.undo'>): Promise<Output<'batch.undo'>> {
  const { batch } = input;
  const how = { at: session.context.now().toISOString(), ours: session.us };
  const auditOf = (records: number) => ({ batch, records });
  return withJob(session.jobs, input.job, async (job) =>
    undoWithReceipt(session, batch, job, () =>
      isLargeBatch(session.store, batch)
        ? changeInSlices(session, 'batch.undo', auditOf, job, (bulk) =>
            inSteps(removeLargeBatch(bulk, batch, how), (step) => job.step('undo', ...step)),
          )
        : change(session, 'batch.undo', auditOf, (tx) => removeBatch(tx, batch, how)),
    ),
  );
}
