import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import { newBatch } from '../../store/batches.ts';
import { caseRecords } from '../../store/history.ts';
import { putRecords, removeRecords } from '../../store/records.ts';
import { change } from '../session.ts';
import type { OpenSession } from '../session.ts';
import { requireCase } from './case-handlers.ts';

/** A drawing needs no finer places than this, and short numbers keep its record small. */
const DECIMALS = 100;

/**
 * Keeps where the subjects of a case stand on our chart. Until it is attested nobody else can have the earlier drawing, so it makes room instead
 * of history: dragging a node a hundred times leaves one record.
 */
export function saveChart(session: OpenSession, input: Parsed<'chart.save'>): Output<'chart.save'> {
  const found = requireCase(session, input.case);
  const ours = caseRecords(session.store, input.case).filter(
    ({ record }) => record.kind === 'chart' && record.author === session.us,
  );
  const kept = ours.filter(({ isAttested }) => isAttested);
  const record = session.author.seal({
    kind: 'chart',
    subject: ours[0]?.record.subject ?? session.author.newSubject(),
    case: input.case,
    commitment: 'claims',
    supersedes: kept.map(({ id }) => id),
    handling: { tlp: found.tlp, codes: [], purposes: [], legalBases: [] },
    claims: input.positions.map(({ subject, x, y, pinned }) => ({
      property: 'position',
      value: { subject, x: Math.round(x * DECIMALS) / DECIMALS, y: Math.round(y * DECIMALS) / DECIMALS, pinned },
    })),
  });
  change(session, 'chart.save', { case: input.case, positions: input.positions.length }, (tx) => {
    const batch = newBatch(tx, { kind: 'chart', at: session.context.now().toISOString(), actor: session.user });
    removeRecords(
      tx,
      ours.filter(({ isAttested }) => !isAttested).map(({ id }) => id),
    );
    putRecords(tx, batch, [record]);
  });
  return {};
}
