import { z } from 'zod';
import { compareText } from '../../src-shared/crypto/hash.ts';
import type { AgencyId, RecordId } from '../../src-shared/domain/ids.ts';
import type { PermissionRecord } from '../../src-shared/domain/record.ts';
import { AgencyColumn, hexBytes, RecordIdColumn } from './columns.ts';
import { readAll, readColumn, run } from './connection.ts';
import type { ReadDb, WriteDb } from './connection.ts';
import { parseBody } from './stored-record.ts';

/** Who may pass a record on: record.md R21–R25, docs/formats/vault.md §16. */

/** A live permission, and which of the records that were asked about it is for. */
export type HeldPermission = {
  readonly id: RecordId;
  readonly author: AgencyId;
  readonly record: PermissionRecord;
  readonly covers: readonly RecordId[];
};

/** Which records a permission is about: what `putRecords` keeps beside every record of the kind. */
export function addPermissionEdges(tx: WriteDb, rid: number, { targets }: PermissionRecord): void {
  for (const target of targets) {
    run(tx, 'INSERT INTO permissions (target, by) VALUES (?, ?)', hexBytes(target), rid);
  }
}

export function dropPermissionEdges(tx: WriteDb, rid: number): void {
  run(tx, 'DELETE FROM permissions WHERE by = ?', rid);
}

export const PERMISSIONS_FOR = `SELECT t.id AS target, p.by FROM json_each(?) j CROSS JOIN records t ON t.id = unhex(j.value)
  CROSS JOIN permissions p ON p.target = t.id CROSS JOIN records r ON r.rid = p.by
  WHERE r.author = t.author AND r.state = 'live' ORDER BY p.by, t.id`;
const EdgeRow = z.object({ target: RecordIdColumn, by: z.number() });

export const PERMISSION_OF = `SELECT r.id, a.uid AS author, r.body FROM records r CROSS JOIN agencies a ON a.id = r.author WHERE r.rid = ?`;
const PermissionRow = z.object({ id: RecordIdColumn, author: AgencyColumn, body: z.string() });

/** R23: the live permissions of their authors for these records, as far as they are held; whether one covers what is asked is R24. By id. */
export function permissionsFor(db: ReadDb, ids: readonly RecordId[]): HeldPermission[] {
  const edges = readAll(db, EdgeRow, PERMISSIONS_FOR, JSON.stringify(ids));
  return [...Map.groupBy(edges, ({ by }) => by)]
    .flatMap(([rid, list]) =>
      permissionAt(
        db,
        rid,
        list.map(({ target }) => target),
      ),
    )
    .toSorted((one, other) => compareText(one.id, other.id));
}

export const WITHDRAWN = `SELECT r.id FROM json_each(?) j CROSS JOIN records r ON r.id = unhex(j.value)
  WHERE r.kind = 'permission' AND r.state <> 'live' ORDER BY r.id`;

/** Which of these permissions are held and count no more. */
export function withdrawnPermissions(db: ReadDb, ids: readonly RecordId[]): RecordId[] {
  return readAll(db, z.object({ id: RecordIdColumn }), WITHDRAWN, JSON.stringify(ids)).map(({ id }) => id);
}

export const PERMISSIONS_BY = `SELECT r.rid FROM agencies a CROSS JOIN records r ON r.author = a.id
  WHERE a.uid = ? AND r.kind = 'permission' AND r.state = 'live' ORDER BY r.rid DESC LIMIT ?`;
export const ALL_PERMISSIONS = `SELECT rid FROM records WHERE kind = 'permission' AND state = 'live' ORDER BY rid DESC LIMIT ?`;

/** Live permissions of one author, or of all, those that came last first. */
export function livePermissions(db: ReadDb, limit: number, author?: AgencyId): HeldPermission[] {
  const numbers =
    author === undefined
      ? readColumn(db, ALL_PERMISSIONS, limit)
      : readColumn(db, PERMISSIONS_BY, hexBytes(author), limit);
  return numbers.flatMap((rid) => permissionAt(db, Number(rid)));
}

/** `covers`: those of its targets that are asked about; without them all of its targets. */
function permissionAt(db: ReadDb, rid: number, covers?: readonly RecordId[]): HeldPermission[] {
  return readAll(db, PermissionRow, PERMISSION_OF, rid).flatMap(({ id, author, body }) => {
    const record = parseBody(body);
    return record.kind === 'permission' ? [{ id, author, record, covers: covers ?? record.targets }] : [];
  });
}
