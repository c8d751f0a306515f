import { z } from 'zod';
import type { SubjectId } from '../../src-shared/domain/ids.ts';
import { isAnyTime } from '../../src-shared/domain/period.ts';
import { readNumber, readOne } from './connection.ts';
import type { ReadDb } from './connection.ts';
import { readHead } from './head-row.ts';
import { findSubject } from './identities.ts';
import { firstOf, isWorthWalking, orderOf, subjectsOf } from './members.ts';
import type { MemberOrder } from './members.ts';
import { caseRow, entityRows } from './queries.ts';
import type { EntityRow } from './types.ts';

export type MembersPage = {
  readonly rows: EntityRow[];
  /** How many pass. */
  readonly total: number;
};

/** Pages of large cases, from any place of any order: the numbers of an order are kept (four bytes a member) while they are right. */
export interface CaseOrders {
  /** `limit` rows from row `at` on; none when there is no such case. O(rows), once O(members) for an order that is not kept. */
  readonly page: (id: SubjectId, order: MemberOrder, at: number, limit: number) => MembersPage;
}

type Kept = { readonly numbers: Int32Array; readonly state: OrderState };

/** A person looks at one order, goes back to the one before, and has another case in mind. */
const MOST_KEPT = 3;

export function createCaseOrders(db: ReadDb): CaseOrders {
  const kept = new Map<string, Kept>();
  const known = (key: string): Int32Array | undefined => {
    const found = kept.get(key);
    const state = found === undefined ? undefined : stillRight(db, found.state);
    kept.delete(key);
    if (found === undefined || state === undefined) return undefined;
    kept.set(key, { numbers: found.numbers, state });
    return found.numbers;
  };
  const made = (key: string, caseNumber: number, order: MemberOrder): Int32Array => {
    const numbers = orderOf(db, caseNumber, order);
    kept.set(key, { numbers, state: stateOf(db) });
    const oldest = kept.keys().next().value;
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return numbers;
  };
  return {
    page(id, order, at, limit) {
      const caseNumber = findSubject(db, id) ?? 0;
      const key = JSON.stringify([caseNumber, order]);
      const held = known(key);
      if (held === undefined && at === 0 && isWhole(order) && isWorthWalking(db, caseNumber, limit)) {
        const total = caseRow(db, id)?.entities ?? 0;
        return { rows: rowsOf(db, firstOf(db, caseNumber, order.sort, limit)), total };
      }
      const numbers = held ?? made(key, caseNumber, order);
      return { rows: rowsOf(db, [...numbers.subarray(at, at + limit)]), total: numbers.length };
    },
  };
}

/** Every entity of the case, in an order of which the first can be found without the rest. */
function isWhole(order: MemberOrder): order is MemberOrder & { readonly sort: 'label' | 'kind' } {
  const { sort, isDescending = false, types, period, without } = order;
  const isAll = types === undefined && without === undefined && (period === undefined || isAnyTime(period));
  return isAll && !isDescending && (sort === 'label' || sort === 'kind');
}

function rowsOf(db: ReadDb, numbers: readonly number[]): EntityRow[] {
  const ids = subjectsOf(db, numbers);
  const rows = new Map(entityRows(db, ids).map((row) => [row.id, row]));
  return ids.flatMap((id) => rows.get(id) ?? []);
}

type OrderState = z.infer<typeof StateRow> & { readonly sequence: number };

const StateRow = z.object({ batch: z.number(), undone: z.number(), erased: z.number() });
export const ORDER_STATE = `SELECT (SELECT coalesce(max(id), 0) FROM batches) AS batch,
  (SELECT count(*) FROM batches WHERE undone_at IS NOT NULL) AS undone, (SELECT count(*) FROM tombstones) AS erased`;
/** Drawings, attachments and links have no part in which entities a case has, nor in what they are called. */
export const CHANGES_ORDER = `SELECT EXISTS (SELECT 1 FROM records INDEXED BY records_by_batch
  WHERE batch > ? AND kind NOT IN ('chart', 'attachment', 'link')) AS n`;

function stateOf(db: ReadDb): OrderState {
  const { batch, undone, erased } = readOne(db, StateRow, ORDER_STATE) ?? { batch: 0, undone: 0, erased: 0 };
  return { batch, undone, erased, sequence: readHead(db).sequence };
}

/** The state up to which an order is right, when it still is. */
function stillRight(db: ReadDb, before: OrderState): OrderState | undefined {
  if (readHead(db).sequence === before.sequence) return before;
  const state = stateOf(db);
  const isRight =
    state.undone === before.undone &&
    state.erased === before.erased &&
    readNumber(db, CHANGES_ORDER, before.batch) === 0;
  return isRight ? state : undefined;
}
