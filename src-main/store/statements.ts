import { z } from 'zod';
import type { AgencyId } from '../../src-shared/domain/ids.ts';
import { AgencyColumn, hexBytes, HexColumn, optional } from './columns.ts';
import { readAll } from './connection.ts';
import type { ReadDb, WriteDb } from './connection.ts';
import { findAgency, keepAgency } from './identities.ts';
import { insertRow } from './truth.ts';

/** Manifests of partners as they came, and what they say of both streams: docs/formats/vault.md V170. */

export type StatementRow = {
  readonly manifest: string;
  readonly agency: AgencyId;
  readonly kind: 'data' | 'receipt';
  readonly epoch: number;
  /** Of a receipt that of `sent`, 0 for none; undefined when it does not say. */
  readonly sequence?: number;
  readonly previous?: string;
  readonly saidAt: string;
  readonly ack?: { readonly epoch: number; readonly sequence: number; readonly manifest: string };
  /** Of a receipt: its issuer's audit log (bundle.md B33); absent when it does not say. */
  readonly log?: { readonly size: number; readonly root: string };
  readonly at: string;
};
export type Evidence = { readonly manifest: string; readonly bytes: Uint8Array; readonly signature: Uint8Array };

/** Keeps a statement; the same one again changes nothing. */
export function addStatement(tx: WriteDb, row: Omit<StatementRow, 'log'> & Omit<Evidence, 'manifest'>): void {
  if (evidence(tx, [row.manifest]).length > 0) return;
  const { kind, epoch, sequence, ack, saidAt, at, bytes, signature } = row;
  insertRow(tx, 'stream_statements', {
    manifest: hexBytes(row.manifest),
    agency: keepAgency(tx, row.agency),
    kind,
    epoch,
    sequence: sequence ?? null,
    previous: row.previous === undefined ? null : hexBytes(row.previous),
    said_at: saidAt,
    ack_epoch: ack?.epoch ?? null,
    ack_sequence: ack?.sequence ?? null,
    ack_manifest: ack === undefined ? null : hexBytes(ack.manifest),
    at,
    bytes,
    signature,
  });
}

/** B6 has been proved of these bytes. */
const LogColumn = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.object({ size: z.number(), root: z.string() }));

const Row = z
  .object({
    manifest: HexColumn,
    agency: AgencyColumn,
    kind: z.enum(['data', 'receipt']),
    epoch: z.number(),
    sequence: z.number().nullable(),
    previous: HexColumn.nullable(),
    said_at: z.string(),
    ack_epoch: z.number().nullable(),
    ack_sequence: z.number().nullable(),
    ack_manifest: HexColumn.nullable(),
    at: z.string(),
    log: LogColumn.nullable(),
  })
  .transform(({ sequence, previous, said_at, ack_epoch, ack_sequence, ack_manifest, log, ...row }): StatementRow => {
    const hasAck = ack_epoch !== null && ack_sequence !== null && ack_manifest !== null;
    return {
      ...row,
      saidAt: said_at,
      ...optional('sequence', sequence),
      ...optional('previous', previous),
      ...optional('log', log),
      ...(hasAck && { ack: { epoch: ack_epoch, sequence: ack_sequence, manifest: ack_manifest } }),
    };
  });

export const STATEMENTS = `SELECT s.manifest, a.uid AS agency, s.kind, s.epoch, s.sequence, s.previous, s.said_at, s.ack_epoch, s.ack_sequence,
    s.ack_manifest, s.at, CASE s.kind WHEN 'receipt' THEN json_extract(CAST(s.bytes AS TEXT), '$.receipt.audit') END AS log
    FROM stream_statements s CROSS JOIN agencies a ON a.id = s.agency WHERE s.agency = ? ORDER BY s.at, s.manifest`;

/** What one partner's manifests say, in the order in which they came. */
export function statements(db: ReadDb, agency: AgencyId): StatementRow[] {
  return readAll(db, Row, STATEMENTS, findAgency(db, agency) ?? 0);
}

const EvidenceRow = z.object({
  manifest: HexColumn,
  bytes: z.instanceof(Uint8Array),
  signature: z.instanceof(Uint8Array),
});
export const EVIDENCE = `SELECT s.manifest, s.bytes, s.signature FROM json_each(?) j CROSS JOIN stream_statements s ON s.manifest = unhex(j.value)`;

/** The bytes and signatures of these manifests, as they came; what is not kept is absent. */
export function evidence(db: ReadDb, manifests: readonly string[]): Evidence[] {
  return readAll(db, EvidenceRow, EVIDENCE, JSON.stringify(manifests));
}
