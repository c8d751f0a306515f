import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import { newBatch } from '../../store/batches.ts';
import { chartRecords } from '../../store/history.ts';
import { putRecords, removeRecords } from '../../store/records.ts';
import { change } from '../session.ts';
import type { OpenSession } from '../session.ts';
import { requireCase } from './case-handlers.ts';

/** A drawing needs no finer places than this, and short numbers keep its record small. */
const DECIMALS = 100;

/** R16: far below the size of a record, 1 MiB. */
const POSITIONS_A_RECORD = 4096;

/**
 * Keeps where the subjects of a case stand on our chart. Until it is attested nobody else can have the earlier drawing, so it makes room instead
 * of history: dragging a node a hundred times leaves one record. What the earlier drawing replaced, the new one replaces.
 */
export function saveChart(session: OpenSession, input: Parsed<'chart.save'>): Output<'chart.save'> {
  const found = requireCase(session, input.case);
  const ours = chartRecords(session.store, input.case).filter(({ record }) => record.author === session.us);
  const gone = ours.filter(({ isAttested }) => !isAttested);
  const kept = ours.filter(({ isAttested }) => isAttested);
  const supersedes = [...new Set([...kept.map(({ id }) => id), ...gone.flatMap(({ record }) => record.supersedes)])];
  const subject = ours[0]?.record.subject ?? session.author.newSubject();
  const records = inParts(input.positions).map((positions, part) =>
    session.author.seal({
      kind: 'chart',
      subject,
      case: input.case,
      commitment: 'claims',
      supersedes: part === 0 ? supersedes : [],
      handling: { tlp: found.tlp, codes: [], purposes: [], legalBases: [] },
      claims: positions.map(positionClaim),
    }),
  );
  change(session, 'chart.save', { case: input.case, positions: input.positions.length }, (tx) => {
    const batch = newBatch(tx, { kind: 'chart', at: session.context.now().toISOString(), actor: session.user });
    removeRecords(
      tx,
      gone.map(({ id }) => id),
    );
    putRecords(tx, batch, records);
  });
  return {};
}

type Positions = Parsed<'chart.save'>['positions'];

/** At least one part: an emptied chart replaces the one before. */
function inParts(positions: Positions): Positions[] {
  const count = Math.max(1, Math.ceil(positions.length / POSITIONS_A_RECORD));
  return Array.from({ length: count }, (_, at) =>
    positions.slice(at * POSITIONS_A_RECORD, (at + 1) * POSITIONS_A_RECORD),
  );
}

function positionClaim({ subject, x, y, pinned }: Positions[number]) {
  const value = { subject, x: Math.round(x * DECIMALS) / DECIMALS, y: Math.round(y * DECIMALS) / DECIMALS, pinned };
  return { property: 'position', value };
}
