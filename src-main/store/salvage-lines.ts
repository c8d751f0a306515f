import { z } from 'zod';
import { fromBase64url } from '../../src-shared/crypto/base64url.ts';
import { canonicalText } from '../../src-shared/crypto/canonical.ts';
import { toBytes } from '../../src-shared/crypto/hash.ts';
import { AgencyId, BatchId, RecordId, SubjectId } from '../../src-shared/domain/ids.ts';
import { failure } from '../../src-shared/errors.ts';
import { parseRecord } from '../../src-shared/records/parse-record.ts';
import type { LoggedEntry } from './audit.ts';
import { run } from './connection.ts';
import type { SqlValue, WriteDb } from './connection.ts';
import { keepAgency, keepSubject } from './identities.ts';
import { AGENCY_COLUMNS, SUBJECT_COLUMNS } from './salvage.ts';
import { insertRow, TRUTH, truthTables } from './truth.ts';
import type { IdentifiedRecord } from './types.ts';

/** docs/formats/salvage.md, W2–W8: the lines of a salvage file, parsed. */

const Value = z.union([z.string(), z.number(), z.null(), z.strictObject({ bytes: z.string() })]);
const Values = z.record(z.string(), Value);
const Count = z.number().int().nonnegative();

export const SalvageLine = z.discriminatedUnion('line', [
  z.strictObject({
    line: z.literal('salvage'),
    v: z.number().int(),
    vault: z.string(),
    agency: z.strictObject({ id: z.string(), name: z.string(), country: z.string() }),
    at: z.string(),
    by: z.string(),
    sequence: Count.optional(),
  }),
  z.strictObject({
    line: z.literal('audit'),
    seq: Count,
    at: z.string(),
    actor: z.string(),
    role: z.string(),
    action: z.string(),
    details: z.string(),
    hash: z.strictObject({ bytes: z.string() }),
  }),
  z.strictObject({ line: z.literal('row'), table: z.string(), values: Values }),
  z.strictObject({ line: z.literal('record'), id: RecordId, batch: BatchId, record: z.unknown() }),
  z.strictObject({
    line: z.literal('end'),
    digest: z.string(),
    mac: z.string(),
    records: Count,
    rows: Count,
    entries: Count,
    lost: z.array(z.strictObject({ table: z.string(), rows: Count })),
    lostRecords: z.array(z.string()),
  }),
]);
export type SalvageLine = z.infer<typeof SalvageLine>;
export type LineOf<L extends SalvageLine['line']> = Extract<SalvageLine, { line: L }>;

/** Throws `salvage.malformed` with the line. */
export function parseSalvageLine(text: string, number: number): SalvageLine {
  try {
    const line = SalvageLine.safeParse(JSON.parse(text));
    if (line.success) return line.data;
  } catch (error) {
    throw failure('salvage.malformed', { rule: 'W2', line: number }, error);
  }
  throw failure('salvage.malformed', { rule: 'W2', line: number });
}

/** W5: the record, proved by its id. */
export function recordOf(line: LineOf<'record'>, number: number): IdentifiedRecord {
  const parsed = parseRecord(toBytes(canonicalText(line.record)));
  if (parsed.id !== line.id) throw failure('salvage.malformed', { rule: 'W5', line: number });
  return parsed;
}

const Details = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]));

/** W7; undefined for an entry that was not ours. */
export function entryOf({ seq, details, hash, at, actor, role, action }: LineOf<'audit'>): LoggedEntry | undefined {
  const parsed = Details.safeParse(JSON.parse(details));
  if (!parsed.success) return undefined;
  const hex = Buffer.from(fromBase64url(hash.bytes) ?? new Uint8Array()).toString('hex');
  return { sequence: seq, at, actor, role, action, details: parsed.data, hash: hex };
}

/** W4: puts a row where it belongs; false for one of a table, or with an id, that is not known here. */
export function restoreRow(tx: WriteDb, { table, values }: LineOf<'row'>): boolean {
  const known = truthTables().find((each) => each === table);
  if (known === undefined) return restoreProof(tx, table, values);
  const row: { [column: string]: SqlValue } = {};
  for (const column of TRUTH[known]) {
    const value = localValue(tx, column, values[column] ?? null);
    if (value === undefined) return false;
    row[column] = value;
  }
  insertRow(tx, known, row as Parameters<typeof insertRow<typeof known>>[2]);
  return true;
}

/** W6: leaves and places of attestations, by record ids; after the records. */
function restoreProof(tx: WriteDb, table: string, values: z.infer<typeof Values>): boolean {
  const { attestation, leaf } = values;
  if (typeof attestation !== 'number' || typeof leaf !== 'number') return false;
  const id = bytesOf(values['id'] ?? values['record'] ?? null);
  if (!(id instanceof Uint8Array)) return false;
  if (table === 'attestation_leaves') {
    run(tx, 'INSERT INTO attestation_leaves (attestation, leaf, id) VALUES (?, ?, ?)', attestation, leaf, id);
    return true;
  }
  if (table !== 'placements') return false;
  const sql = `INSERT INTO placements (rid, attestation, leaf, proof) SELECT rid, ?2, ?3, ?4 FROM records WHERE id = ?1`;
  return run(tx, sql, id, attestation, leaf, bytesOf(values['proof'] ?? null)).changes === 1;
}

function localValue(tx: WriteDb, column: string, value: z.infer<typeof Value>): SqlValue | undefined {
  if (AGENCY_COLUMNS.has(column)) {
    const { data } = AgencyId.safeParse(value);
    return data === undefined ? undefined : keepAgency(tx, data);
  }
  if (SUBJECT_COLUMNS.has(column) && typeof value === 'string') {
    const { data } = SubjectId.safeParse(value);
    return data === undefined ? undefined : keepSubject(tx, data);
  }
  return bytesOf(value);
}

function bytesOf(value: z.infer<typeof Value>): SqlValue {
  return typeof value === 'object' && value !== null ? (fromBase64url(value.bytes) ?? new Uint8Array()) : value;
}

/** Whether a table's rows come after the records, because they point at them. */
export function comesAfterRecords(table: string): boolean {
  return table === 'attestation_leaves' || table === 'placements';
}
