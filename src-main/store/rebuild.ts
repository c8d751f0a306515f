import { z } from 'zod';
import type { SubjectId } from '../../src-shared/domain/ids.ts';
import { changeInBulk } from './bulk.ts';
import type { BulkProgress } from './bulk.ts';
import { finishInSteps } from './bulk-finish.ts';
import type { BulkStep } from './bulk-finish.ts';
import { putOffIndexes } from './bulk-indexes.ts';
import { addMembers } from './case-members.ts';
import { RecordIdColumn, SubjectColumn } from './columns.ts';
import { readAll, readOne, run } from './connection.ts';
import type { Deferred, WriteDb } from './connection.ts';
import { clearCounts } from './counts.ts';
import { newNumberSet } from './number-set.ts';
import { flushFresh, newFreshProjection, projectFresh } from './project-fresh.ts';
import type { FreshProjection } from './project-fresh.ts';
import { parseBody } from './stored-record.ts';
import { renewTextTable } from './text-tables.ts';
import type { Store } from './store.ts';
import type { AuditNote, IdentifiedRecord } from './types.ts';

/**
 * V40, V78: drops the whole projection and computes it again from the records; the result is the same. All or nothing, in slices: what `progress`
 * throws takes everything back.
 */
export function rebuildInSteps(store: Store, note: AuditNote<void>, progress: BulkProgress): Promise<void> {
  return changeInBulk(store, note, async (tx, deferred) => {
    for (const [stage, done, total] of rebuildSteps(tx, deferred)) await progress(stage, done, total);
    await progress('commit', 0, 1);
  });
}

/** Tables of the projection that are emptied at once; the search keys and the full text are not of this kind. */
const PROJECTION = ['entities', 'links', 'cases', 'case_members', 'case_statements', 'chart_positions'];
const ROWS_A_STEP = 256;

function* rebuildSteps(tx: WriteDb, deferred: Deferred): Generator<BulkStep, void, undefined> {
  const putOff = putOffIndexes(tx, deferred, 'projection');
  for (const table of PROJECTION) run(tx, `DELETE FROM ${table}`);
  renewTextTable(tx, 'entity_texts');
  clearCounts(tx);
  const total = tx.change.counts.get('records') ?? 0;
  const fresh = { ...newFreshProjection(0), areKeysPutOff: true };
  let done = 0;
  for (const rows of liveRows(tx)) {
    projectRows(tx, fresh, rows);
    done += rows.length;
    yield ['projection', done, total];
  }
  yield* finishInSteps(tx, { fresh, dirty: newNumberSet(), deferred, putOff });
}

export const LIVE_FROM = `SELECT r.subject, r.rid, r.id, s.uid, CASE WHEN r.kind IN ('case', 'chart') THEN NULL ELSE r.body END AS body
  FROM records r CROSS JOIN subjects s ON s.id = r.subject
  WHERE +r.state = 'live' AND (r.subject, r.state, r.rid) > (?1, 'live', ?2) ORDER BY r.subject, r.state, r.rid LIMIT ?3`;
const BODY = 'SELECT body FROM records WHERE rid = ?';

const LiveRow = z.object({
  subject: z.number(),
  rid: z.number(),
  id: RecordIdColumn,
  uid: SubjectColumn,
  body: z.string().nullable(),
});
type LiveRow = z.infer<typeof LiveRow>;
const BodyRow = z.object({ body: z.string() });

/** Live records by subject, some at a time, always all of a subject together. */
function* liveRows(tx: WriteDb): Generator<readonly LiveRow[]> {
  let waiting: LiveRow[] = [];
  for (let last: LiveRow | undefined, isMore = true; isMore;) {
    const rows: LiveRow[] = readAll(tx, LiveRow, LIVE_FROM, last?.subject ?? 0, last?.rid ?? 0, ROWS_A_STEP);
    isMore = rows.length === ROWS_A_STEP;
    last = rows.at(-1);
    const gathered: LiveRow[] = [...waiting, ...rows];
    waiting = isMore ? gathered.filter(({ subject }) => subject === last?.subject) : [];
    yield gathered.slice(0, gathered.length - waiting.length);
  }
}

function projectRows(tx: WriteDb, fresh: FreshProjection, rows: readonly LiveRow[]): void {
  for (const [number, same] of Map.groupBy(rows, ({ subject }) => subject)) {
    const live = same.map((row): IdentifiedRecord => ({ id: row.id, record: recordOf(tx, row) }));
    const id: SubjectId | undefined = same[0]?.uid;
    if (id !== undefined) projectFresh(tx, fresh, { number, id, live });
  }
  flushFresh(tx, fresh);
}

/** The large kinds are read one by one, so that a slice of them does not fill the memory. */
function recordOf(tx: WriteDb, { rid, subject, body }: LiveRow): IdentifiedRecord['record'] {
  const record = parseBody(body ?? readOne(tx, BodyRow, BODY, rid)?.body ?? '');
  if (record.kind === 'case') addMembers(tx, subject, rid, record);
  return record;
}
