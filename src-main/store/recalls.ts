import { z } from 'zod';
import type { AgencyId } from '../../src-shared/domain/ids.ts';
import { AgencyColumn, HexColumn, optional, RecordIdColumn, SubjectColumn, TextList } from './columns.ts';
import { readAll } from './connection.ts';
import type { ReadDb } from './connection.ts';

/** What the recall board is computed from: docs/formats/bundle.md §12, Q20. */

const Place = { epoch: z.number().nullable(), sequence: z.number(), at: z.string(), bundle: z.string() };

/**
 * The release that carried targets of a withdrawal to a partner last. The author of the withdrawal counts for its own records only (record.md R4),
 * and is not asked about them.
 */
export const REACHED = `WITH reached AS (
    SELECT x.by, i.partner, max(i.release) AS release, count(DISTINCT i.record) AS targets
    FROM retractions x CROSS JOIN records r ON r.rid = x.by CROSS JOIN release_items i ON i.record = x.target
    WHERE i.partner <> r.author AND (EXISTS (SELECT 1 FROM records t WHERE t.id = x.target AND t.author = r.author)
      OR EXISTS (SELECT 1 FROM tombstones t WHERE t.id = x.target AND t.author = r.author))
    GROUP BY x.by, i.partner)
  SELECT r.id AS withdrawal, w.uid AS author, a.uid AS partner, c.targets, m.epoch, p.sequence, e.at, e.bundle, s.uid AS case_id,
    (SELECT sum(i.withheld) FROM release_items i CROSS JOIN retractions x ON x.target = i.record AND x.by = c.by
      WHERE i.release = c.release AND i.partner = c.partner) AS withheld
  FROM reached c CROSS JOIN records r ON r.rid = c.by CROSS JOIN agencies w ON w.id = r.author CROSS JOIN agencies a ON a.id = c.partner
    CROSS JOIN releases e ON e.id = c.release CROSS JOIN release_recipients p ON p.release = c.release AND p.partner = c.partner
    LEFT JOIN manifests m ON m.direction = 'out' AND m.agency = c.partner AND m.manifest = e.manifest LEFT JOIN subjects s ON s.id = e.case_id
  ORDER BY c.by DESC, a.uid`;

const ReachedRow = z
  .object({
    ...Place,
    withdrawal: RecordIdColumn,
    author: AgencyColumn,
    partner: AgencyColumn,
    targets: z.number(),
    case_id: SubjectColumn.nullable(),
    withheld: z.number().nullable(),
  })
  .transform(({ case_id, epoch, withheld, ...row }) => ({
    ...row,
    epoch: epoch ?? 1,
    withheldClaims: withheld ?? 0,
    ...optional('case', case_id),
  }));
export type ReachedBy = z.infer<typeof ReachedRow>;

/** A row for each withdrawal and partner that was sent one of its targets, the latest withdrawals first. O(targets of all withdrawals × partners). */
export function reachedByRecalls(db: ReadDb): ReachedBy[] {
  return readAll(db, ReachedRow, REACHED);
}

/** Every release that carried one of these withdrawals, with the receipt for it where there is one, in the order of release. */
export const CARRIERS = `SELECT r.id AS withdrawal, a.uid AS partner, m.epoch, p.sequence, e.at, e.bundle, c.at AS answered_at, c.held, c.refused AS refused_of,
    n.receipt, n.said_at, n.applied, n.pending, n.refused, n.pending_list, n.refused_list, t.epoch AS partner_epoch
  FROM json_each(?) j CROSS JOIN records r ON r.id = unhex(j.value) CROSS JOIN release_items i ON i.record = r.id CROSS JOIN agencies a ON a.id = i.partner
    CROSS JOIN releases e ON e.id = i.release CROSS JOIN release_recipients p ON p.release = i.release AND p.partner = i.partner
    LEFT JOIN manifests m ON m.direction = 'out' AND m.agency = i.partner AND m.manifest = e.manifest
    LEFT JOIN receipts c ON c.manifest = e.manifest AND c.partner = i.partner
    LEFT JOIN receipt_answers n ON n.manifest = e.manifest AND n.partner = i.partner
    LEFT JOIN stream_statements t ON t.manifest = n.receipt AND t.sequence IS NOT NULL
  ORDER BY i.release`;

const Refusals = z.array(z.strictObject({ record: z.string(), rule: z.string() }));
const CarrierRow = z
  .object({
    ...Place,
    withdrawal: RecordIdColumn,
    partner: AgencyColumn,
    answered_at: z.string().nullable(),
    held: z.number().nullable(),
    refused_of: z.string().nullable(),
    receipt: HexColumn.nullable(),
    said_at: z.string().nullable(),
    applied: z.number().nullable(),
    pending: z.number().nullable(),
    refused: z.number().nullable(),
    pending_list: TextList.nullable(),
    refused_list: z
      .string()
      .transform((text) => Refusals.parse(JSON.parse(text)))
      .nullable(),
    partner_epoch: z.number().nullable(),
  })
  .transform((row) => ({
    withdrawal: row.withdrawal,
    partner: row.partner,
    epoch: row.epoch ?? 1,
    sequence: row.sequence,
    at: row.at,
    bundle: row.bundle,
    ...optional('receipt', receiptOf(row)),
  }));
export type CarriedBy = z.infer<typeof CarrierRow>;
export type RecallReceipt = {
  readonly at: string;
  /** The partner's epoch when it said so; undefined when it did not say. */
  readonly epoch?: number;
  /** Whether everything was taken, as far as a receipt of version 1 tells. */
  readonly isWhole: boolean;
  /** Undefined in a receipt of version 1. */
  readonly recalls?: {
    readonly applied: number;
    readonly pending: number;
    readonly refused: number;
    readonly pendingList: readonly string[];
    readonly refusedList: readonly { readonly record: string; readonly rule: string }[];
  };
};

export function carriersOf(db: ReadDb, withdrawals: readonly string[]): CarriedBy[] {
  return readAll(db, CarrierRow, CARRIERS, JSON.stringify([...new Set(withdrawals)]));
}

function receiptOf(row: {
  readonly answered_at: string | null;
  readonly held: number | null;
  readonly refused_of: string | null;
  readonly applied: number | null;
  readonly pending: number | null;
  readonly refused: number | null;
  readonly pending_list: string[] | null;
  readonly refused_list: z.infer<typeof Refusals> | null;
  readonly partner_epoch: number | null;
}): RecallReceipt | null {
  if (row.answered_at === null) return null;
  const { applied, pending, refused, pending_list, refused_list } = row;
  const says = applied !== null && pending !== null && refused !== null;
  return {
    at: row.answered_at,
    isWhole: row.held === 0 && row.refused_of === '[]',
    ...optional('epoch', row.partner_epoch),
    ...(says && {
      recalls: { applied, pending, refused, pendingList: pending_list ?? [], refusedList: refused_list ?? [] },
    }),
  };
}

const HeardRow = z.object({ agency: AgencyColumn, at: z.string(), epoch: z.number() });
const HEARD = `SELECT a.uid AS agency, max(m.at) AS at, max(CASE WHEN m.sequence > 0 THEN m.epoch ELSE 0 END) AS epoch FROM manifests m CROSS JOIN agencies a ON a.id = m.agency
  WHERE m.direction = 'in' GROUP BY m.agency`;

/** When each partner was heard last, and the highest epoch in which it sealed something for us (0: nothing yet). */
export function heardFrom(db: ReadDb): ReadonlyMap<AgencyId, { readonly at: string; readonly epoch: number }> {
  return new Map(readAll(db, HeardRow, HEARD).map(({ agency, at, epoch }) => [agency, { at, epoch }]));
}
