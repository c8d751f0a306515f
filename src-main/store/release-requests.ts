import { z } from 'zod';
import { KeyId } from '../../src-shared/domain/ids.ts';
import { readAll, readNumber, readOne } from './connection.ts';
import type { ReadDb, WriteDb } from './connection.ts';
import { insertRow, replaceRow } from './truth.ts';

/** Releases that wait for approval: docs/formats/vault.md V146. */

export type RequestState = 'waiting' | 'withdrawn' | 'declined' | 'sealed';
export type RequestRow = {
  readonly id: string;
  /** JSON of what was asked for. */
  readonly request: string;
  readonly digest: string;
  readonly content: string;
  readonly needed: number;
  readonly actor: string;
  readonly at: string;
  readonly state: RequestState;
};
/** With a signature it is an approval, with a reason a refusal. */
export type ApprovalRow = {
  readonly request: string;
  readonly kid: KeyId;
  readonly actor: string;
  readonly signature: string | null;
  readonly reason: string | null;
  readonly at: string;
};

const Request = z.object({
  id: z.string(),
  request: z.string(),
  digest: z.string(),
  content: z.string(),
  needed: z.number(),
  actor: z.string(),
  at: z.string(),
  state: z.enum(['waiting', 'withdrawn', 'declined', 'sealed']),
});
const Approval = z.object({
  request: z.string(),
  kid: KeyId,
  actor: z.string(),
  signature: z.string().nullable(),
  reason: z.string().nullable(),
  at: z.string(),
});
const COLUMNS = 'id, request, digest, content, needed, actor, at, state';

/** Some of those that wait, oldest first. */
export function waitingRequests(db: ReadDb, page: { readonly after: number; readonly limit: number }): RequestRow[] {
  const sql = `SELECT ${COLUMNS} FROM release_requests WHERE state = 'waiting' ORDER BY at, id LIMIT ? OFFSET ?`;
  return readAll(db, Request, sql, page.limit, page.after);
}

/** How many wait. */
export function countWaiting(db: ReadDb): number {
  return readNumber(db, "SELECT count(*) AS n FROM release_requests WHERE state = 'waiting'");
}

/** The one that waits for exactly this release; there is never more than one. */
export function waitingFor(db: ReadDb, digest: string): RequestRow | undefined {
  const sql = `SELECT ${COLUMNS} FROM release_requests WHERE state = 'waiting' AND digest = ? ORDER BY at, id`;
  return readOne(db, Request, sql, digest);
}

/** Those that were declined lately, latest first, with the refusal. */
export function declinedRequests(db: ReadDb, limit: number): (RequestRow & { readonly refusal: ApprovalRow })[] {
  const sql = `SELECT ${COLUMNS} FROM release_requests WHERE state = 'declined' ORDER BY at DESC, id DESC LIMIT ?`;
  return readAll(db, Request, sql, limit).flatMap((row) => {
    const refusal = approvalsOf(db, row.id).find(({ reason }) => reason !== null);
    return refusal === undefined ? [] : [{ ...row, refusal }];
  });
}

/** One, whatever became of it. */
export function releaseRequest(db: ReadDb, id: string): RequestRow | undefined {
  return readOne(db, Request, `SELECT ${COLUMNS} FROM release_requests WHERE id = ?`, id);
}

/** Approvals and refusals of one request, in the order in which they came. */
export function approvalsOf(db: ReadDb, request: string): ApprovalRow[] {
  const sql =
    'SELECT request, kid, actor, signature, reason, at FROM release_approvals WHERE request = ? ORDER BY at, kid';
  return readAll(db, Approval, sql, request);
}

export function saveRequest(tx: WriteDb, row: RequestRow): void {
  replaceRow(tx, 'release_requests', { id: row.id }, row);
}

export function addApproval(tx: WriteDb, row: ApprovalRow): void {
  insertRow(tx, 'release_approvals', row);
}
