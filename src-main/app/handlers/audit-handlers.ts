import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import { auditEntries, verifyAudit } from '../../store/audit.ts';
import { batches, countBatches } from '../../store/batches.ts';
import { readHead } from '../../store/head-row.ts';
import { removeBatch } from '../../store/undo.ts';
import { disclosuresOf } from '../disclosures.ts';
import { change } from '../session.ts';
import type { OpenSession } from '../session.ts';

/** Disclosures that are told when nobody says how many. */
const LISTED = 500;

export function listAudit(session: OpenSession, input: Parsed<'audit.list'>): Output<'audit.list'> {
  const page = { limit: input.limit, ...(input.before !== undefined && { before: input.before }) };
  const entries = auditEntries(session.store, page).map((entry) => ({ ...entry, details: { ...entry.details } }));
  return { entries, total: readHead(session.store).audit.size };
}

export function verifyAuditLog(session: OpenSession): Output<'audit.verify'> {
  return { ...verifyAudit(session.store) };
}

export function listLedger(session: OpenSession, input: Parsed<'ledger.list'>): Output<'ledger.list'> {
  const filter = {
    ...(input.subject !== undefined && { subject: input.subject }),
    ...(input.agency !== undefined && { partner: input.agency }),
  };
  return disclosuresOf(session, { ...filter, limit: input.limit ?? LISTED });
}

export function listBatches(session: OpenSession, input: Parsed<'batch.list'>): Output<'batch.list'> {
  const rows = batches(session.store, { limit: input.limit, ours: session.us });
  const listed = rows.map((row) => ({ ...row, canUndo: row.canUndo && row.kind !== 'chart' && row.records > 0 }));
  return { batches: listed, total: countBatches(session.store) };
}

/** Takes back an import or an edit as if it had never been. Throws `batch.not-undoable` when somebody else may have it already. */
export function undoBatch(session: OpenSession, input: Parsed<'batch.undo'>): Output<'batch.undo'> {
  const at = session.context.now().toISOString();
  const removed = change<number>(
    session,
    'batch.undo',
    (count) => ({ batch: input.batch, records: count }),
    (tx) => removeBatch(tx, input.batch, { at, ours: session.us }),
  );
  return { removed };
}
