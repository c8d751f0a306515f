import { z } from 'zod';
import { compareText } from '../../src-shared/crypto/hash.ts';
import type { AgencyId, RecordId } from '../../src-shared/domain/ids.ts';
import type { PermissionRecord } from '../../src-shared/domain/record.ts';
import { AgencyColumn, hexBytes, RecordIdColumn, SubjectColumn } from './columns.ts';
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

export const PERMISSIONS_FOR = `SELECT p.target, p.by FROM json_each(?) j CROSS JOIN permissions p ON p.target = unhex(j.value)
  CROSS JOIN records r ON r.rid = p.by WHERE r.state = 'live' ORDER BY p.by, p.target`;
const EdgeRow = z.object({ target: RecordIdColumn, by: z.number() });

export const PERMISSION_OF = `SELECT r.id, a.uid AS author, r.body FROM records r CROSS JOIN agencies a ON a.id = r.author WHERE r.rid = ?`;
const PermissionRow = z.object({ id: RecordIdColumn, author: AgencyColumn, body: z.string() });

/** Live permissions that name these records, held or not. Whether one covers what is asked is R23, R24: its author has to be the record's. By id. */
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

export const TAKEN_BACK = `SELECT x.target, a.uid AS author, NULL AS subject FROM json_each(?1) j CROSS JOIN retractions x ON x.target = unhex(j.value)
    CROSS JOIN records r ON r.rid = x.by CROSS JOIN agencies a ON a.id = r.author
  UNION SELECT x.target, a.uid, s.uid FROM json_each(?1) j CROSS JOIN supersessions x ON x.target = unhex(j.value)
    CROSS JOIN records r ON r.rid = x.by CROSS JOIN agencies a ON a.id = r.author CROSS JOIN subjects s ON s.id = r.subject`;
const TakenBackRow = z.object({ target: RecordIdColumn, author: AgencyColumn, subject: SubjectColumn.nullable() });

/** Which of these permissions, held or not, a held record of their author withdraws or replaces (record.md R4, R14). */
export function takenBack(
  db: ReadDb,
  permissions: readonly { readonly id: RecordId; readonly record: PermissionRecord }[],
): ReadonlySet<RecordId> {
  const rows = readAll(db, TakenBackRow, TAKEN_BACK, JSON.stringify(permissions.map(({ id }) => id)));
  const byTarget = Map.groupBy(rows, ({ target }) => target);
  const isTakenBack = ({ id, record }: { readonly id: RecordId; readonly record: PermissionRecord }): boolean =>
    byTarget.get(id)?.some((by) => by.author === record.author && (by.subject ?? record.subject) === record.subject) ===
    true;
  return new Set(permissions.filter(isTakenBack).map(({ id }) => id));
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
