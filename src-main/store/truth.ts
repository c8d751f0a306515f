import { hash } from 'node:crypto';
import { z } from 'zod';
import { Cells } from './columns.ts';
import { readAll, readEach, readOne, run } from './connection.ts';
import type { ReadDb, SqlValue, WriteDb } from './connection.ts';
import { addElement, removeElement, rowElement } from './head.ts';
import type { ContentSum } from './head.ts';

/**
 * Tables that are neither records nor projection. Their rows are part of the head's content (V51), so every change of one goes through
 * here and nowhere else.
 */
export const TRUTH = {
  attachments: ['sha256', 'size', 'sniffed', 'state'],
  attestations: ['id', 'author', 'kid', 'size', 'root', 'body'],
  batch_disclosures: ['record', 'batch', 'claims'],
  batch_repeats: ['batch', 'by', 'records'],
  batches: ['id', 'kind', 'at', 'actor', 'extended', 'erased', 'undone_at'],
  card_evidence: ['id', 'agency', 'card', 'at'],
  custody: ['id', 'sha256', 'event', 'at', 'actor', 'note'],
  key_cards: ['version', 'card', 'at'],
  key_proposals: ['id', 'version', 'card', 'signatures', 'nonce', 'box', 'actor', 'reason', 'at'],
  key_successions: ['version', 'nonce', 'box'],
  manifests: ['direction', 'agency', 'manifest', 'epoch', 'sequence', 'bundle', 'verdict', 'at'],
  officer_keys: ['slot', 'user', 'public_key', 'nonce', 'box', 'at'],
  partner_terms: ['agency', 'approvals'],
  partners: [
    'agency',
    'name',
    'country',
    'is_sample',
    'card',
    'state',
    'added_at',
    'confirmation',
    'revoked_at',
    'kind',
  ],
  passed_on: ['author', 'release', 'partner', 'records'],
  quarantine: ['manifest', 'issuer', 'epoch', 'sequence', 'records', 'received_at', 'bytes'],
  quarantine_contents: ['manifest', 'held'],
  receipt_answers: [
    'manifest',
    'partner',
    'receipt',
    'said_at',
    'applied',
    'pending',
    'refused',
    'pending_list',
    'refused_list',
  ],
  received_batches: ['batch', 'manifest', 'attestations'],
  receipts: ['manifest', 'partner', 'sequence', 'accepted', 'known', 'held', 'refused', 'at'],
  release_approvals: ['request', 'kid', 'actor', 'signature', 'reason', 'at'],
  release_classes: ['partner', 'class', 'release'],
  release_items: ['release', 'partner', 'subject', 'record', 'withheld'],
  release_recipients: ['release', 'partner', 'sequence'],
  release_requests: ['id', 'request', 'digest', 'content', 'needed', 'actor', 'at', 'state'],
  release_terms: ['release', 'purpose_code', 'answers', 'kept'],
  releases: ['id', 'bundle', 'manifest', 'case_id', 'purpose', 'legal_bases', 'at', 'actor'],
  settings: ['name', 'value'],
  stream_statements: [
    'manifest',
    'agency',
    'kind',
    'epoch',
    'sequence',
    'previous',
    'said_at',
    'ack_epoch',
    'ack_sequence',
    'ack_manifest',
    'at',
    'bytes',
    'signature',
  ],
  streams: ['direction', 'agency', 'epoch', 'sequence', 'manifest'],
  tombstones: ['id', 'author', 'subject', 'by'],
  vouched_attestations: ['attestation', 'issuer', 'is_refuted'],
  vouched_cards: ['agency', 'issuer', 'name', 'card', 'at'],
} as const satisfies { readonly [table: string]: readonly string[] };

export type TruthTable = keyof typeof TRUTH;
type Column<T extends TruthTable> = (typeof TRUTH)[T][number];
export type Row<T extends TruthTable> = { readonly [C in Column<T>]: SqlValue };

/** Adds a row; answers its integer key where it has one. */
export function insertRow<T extends TruthTable>(tx: WriteDb, table: T, row: Row<T>): number {
  const columns: readonly Column<T>[] = TRUTH[table];
  const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
  const { id } = run(tx, sql, ...columns.map((column) => row[column]));
  const stored = columns.map((column) => (column === 'id' && row[column] === null ? id : row[column]));
  addElement(tx.change.content, elementOf(table, stored));
  return id;
}

/** Takes away the rows that have these values; answers how many. */
export function deleteRows<T extends TruthTable>(tx: WriteDb, table: T, where: Partial<Row<T>>): number {
  const { clause, values } = conditions(table, where);
  const found = readAll(tx, Cells, `SELECT ${TRUTH[table].join(', ')} FROM ${table} WHERE ${clause}`, ...values);
  for (const row of found) removeElement(tx.change.content, elementOf(table, cellsOf(table, row)));
  run(tx, `DELETE FROM ${table} WHERE ${clause}`, ...values);
  return found.length;
}

/** Changes the one row that has this key, or adds it. */
export function replaceRow<T extends TruthTable>(tx: WriteDb, table: T, key: Partial<Row<T>>, row: Row<T>): void {
  const columns: readonly Column<T>[] = TRUTH[table];
  const { clause, values } = conditions(table, key);
  const held = readOne(tx, Cells, `SELECT ${columns.join(', ')} FROM ${table} WHERE ${clause}`, ...values);
  if (held === undefined) {
    insertRow(tx, table, row);
    return;
  }
  const changed = columns.map((column) => row[column]);
  removeElement(tx.change.content, elementOf(table, cellsOf(table, held)));
  addElement(tx.change.content, elementOf(table, changed));
  const assignments = columns.map((column) => `${column} = ?`).join(', ');
  run(tx, `UPDATE ${table} SET ${assignments} WHERE ${clause}`, ...changed, ...values);
}

/** The next integer key of a table that has one. */
export function nextId(db: ReadDb, table: 'attestations' | 'batches' | 'releases'): number {
  return (readOne(db, HighestRow, `SELECT max(id) AS id FROM ${table}`)?.id ?? 0) + 1;
}

/** Adds every row of these tables to a sum: the rows' part of `verifyHead`. */
export function addTruth(db: ReadDb, sum: ContentSum): void {
  for (const table of truthTables()) {
    for (const row of readEach(db, Cells, `SELECT ${TRUTH[table].join(', ')} FROM ${table}`)) {
      addElement(sum, elementOf(table, cellsOf(table, row)));
    }
  }
}

/**
 * `addTruth` for a store of an older schema, whose head counts the tables and columns that it had (V131). Tables and columns that came later
 * are appended to `TRUTH` and not looked for; so a column is never put between others.
 */
export function addOlderTruth(db: ReadDb, sum: ContentSum): void {
  for (const table of truthTables()) {
    const found = new Set(readAll(db, NameRow, 'SELECT name FROM pragma_table_info(?)', table).map(({ name }) => name));
    const columns = TRUTH[table].filter((column) => found.has(column));
    if (columns.length === 0) continue;
    for (const row of readEach(db, Cells, `SELECT ${columns.join(', ')} FROM ${table}`)) {
      addElement(
        sum,
        elementOf(
          table,
          columns.map((column) => row[column] ?? null),
        ),
      );
    }
  }
}

/** V51: every table but `records` whose rows the head counts. */
export function truthTables(): readonly TruthTable[] {
  return Object.keys(TRUTH).filter((table): table is TruthTable => table in TRUTH);
}

const NameRow = z.object({ name: z.string() });
const HighestRow = z.object({ id: z.number().nullable() });

function cellsOf(table: TruthTable, row: z.infer<typeof Cells>): SqlValue[] {
  return TRUTH[table].map((column) => row[column] ?? null);
}

/** V51: the element of a row, its values in the order of `TRUTH`. */
export function elementOf(table: TruthTable, values: readonly SqlValue[]): ReturnType<typeof rowElement> {
  return rowElement(
    table,
    values.map((value) => (value instanceof Uint8Array ? { bytes: hash('sha256', value, 'hex') } : value)),
  );
}

function conditions<T extends TruthTable>(table: T, where: Partial<Row<T>>): { clause: string; values: SqlValue[] } {
  const columns = TRUTH[table].filter((column: Column<T>) => where[column] !== undefined);
  const values = columns.map((column: Column<T>) => where[column] ?? null);
  return { clause: columns.map((column) => `${column} = ?`).join(' AND '), values };
}
