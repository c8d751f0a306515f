import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { CASE_COUNTS } from './case-members.ts';
import { Cells, RecordIdColumn, SubjectColumn } from './columns.ts';
import { readAll, readColumn, readNumber, readOne } from './connection.ts';
import type { ReadDb, WriteDb } from './connection.ts';
import { note } from './differences.ts';
import type { Differences } from './differences.ts';
import { readHead } from './head-row.ts';
import { findSubject } from './identities.ts';
import { saveCase, savePositions } from './project-subjects.ts';
import { membersOf, projectSubject } from './projection.ts';
import type { ProofStep } from './proof.ts';
import { parseBody } from './stored-record.ts';
import type { IdentifiedRecord } from './types.ts';

type TakenBack = <T>(db: ReadDb, work: (tx: WriteDb) => T) => T;
type Proving = Generator<ProofStep, void, undefined>;

const LiveRow = z.object({ rid: z.number(), id: RecordIdColumn, uid: SubjectColumn, body: z.string() });
const LIVE_OF_KIND = `SELECT r.rid, r.id, s.uid, r.body FROM records r CROSS JOIN subjects s ON s.id = r.subject
  WHERE r.subject = ? AND r.state = 'live' AND r.kind = ?`;

/** V47: the positions of a chart. */
export function* proveChart(db: ReadDb, chart: number, differences: Differences, takenBack: TakenBack): Proving {
  const isSame = takenBack(db, (tx) => {
    const rows = (): unknown =>
      readAll(tx, Cells, 'SELECT * FROM chart_positions WHERE chart = ? ORDER BY subject', chart);
    const held = rows();
    const live = readAll(tx, LiveRow, LIVE_OF_KIND, chart, 'chart');
    savePositions(tx, chart, live[0] === undefined ? [] : projectSubject(live[0].uid, live.map(identified)).positions);
    return isDeepStrictEqual(held, rows());
  });
  if (!isSame) note(differences, 'chart_positions', 1);
  yield { stage: 'projection', rows: 0 };
}

/** V76: what a case is called, who is in it and how often that is said, and how many. Begins again when the store changes meanwhile. */
export function* proveCase(db: ReadDb, number: number, differences: Differences, takenBack: TakenBack): Proving {
  for (;;) {
    const { sequence } = readHead(db);
    const found: Differences = new Map();
    const live = readAll(db, LiveRow, LIVE_OF_KIND, number, 'case');
    note(
      found,
      'cases',
      takenBack(db, (tx) => (hasItsRow(tx, number, live) ? 0 : 1)),
    );
    const stated = new Map<number, number>();
    for (const { id, body } of live) {
      const { record } = identified({ id, body });
      if (record.kind !== 'case') continue;
      for (const member of membersOf(record)) {
        const key = findSubject(db, member) ?? -1;
        stated.set(key, (stated.get(key) ?? 0) + 1);
      }
      yield { stage: 'projection', rows: 0 };
    }
    yield* compareMembers(db, number, stated, found);
    note(found, 'cases', hasItsCounts(db, number) ? 0 : 1);
    if (readHead(db).sequence !== sequence) continue;
    for (const [where, count] of found) note(differences, where, count);
    return;
  }
}

const MEMBERS_A_STEP = 2048;
const MemberRow = z.object({ member: z.number(), stated: z.number() });
const MEMBERS_FROM = 'SELECT member, stated FROM case_members WHERE case_id = ? AND member > ? ORDER BY member LIMIT ?';

function* compareMembers(db: ReadDb, number: number, stated: Map<number, number>, found: Differences): Proving {
  let held = 0;
  let same = 0;
  for (let last = -1, isMore = true; isMore;) {
    const rows = readAll(db, MemberRow, MEMBERS_FROM, number, last, MEMBERS_A_STEP);
    held += rows.length;
    same += rows.filter((row) => stated.get(row.member) === row.stated).length;
    isMore = rows.length === MEMBERS_A_STEP;
    last = rows.at(-1)?.member ?? last;
    yield { stage: 'projection', rows: 0 };
  }
  note(found, 'case_members', Math.max(held, stated.size) - same);
}

function hasItsRow(tx: WriteDb, number: number, live: readonly z.infer<typeof LiveRow>[]): boolean {
  const row = (): unknown => readOne(tx, Cells, 'SELECT * FROM cases WHERE id = ?', number);
  const held = row();
  const [first] = live;
  saveCase(tx, number, first === undefined ? undefined : projectSubject(first.uid, live.map(identified)).case);
  return (
    isDeepStrictEqual(held, row()) &&
    isDeepStrictEqual(live.map(({ rid }) => rid).toSorted(ascending), statements(tx, live))
  );
}

/** The case's records that stand in `case_statements`. */
function statements(tx: WriteDb, live: readonly z.infer<typeof LiveRow>[]): readonly number[] {
  const sql = 'SELECT c.rid FROM json_each(?) j CROSS JOIN case_statements c ON c.rid = j.value ORDER BY c.rid';
  return readColumn(tx, sql, JSON.stringify(live.map(({ rid }) => rid))).map(Number);
}

const CountsRow = z.object({ entities: z.number(), links: z.number() });

function hasItsCounts(db: ReadDb, number: number): boolean {
  const held = readOne(db, CountsRow, 'SELECT entities, links FROM cases WHERE id = ?', number);
  if (held === undefined)
    return readNumber(db, 'SELECT count(*) AS n FROM case_members WHERE case_id = ?', number) === 0;
  return isDeepStrictEqual(held, readOne(db, CountsRow, CASE_COUNTS, number));
}

function identified({ id, body }: Pick<z.infer<typeof LiveRow>, 'id' | 'body'>): IdentifiedRecord {
  return { id, record: parseBody(body) };
}

function ascending(one: number, other: number): number {
  return one - other;
}
