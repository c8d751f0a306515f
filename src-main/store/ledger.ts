import { z } from 'zod';
import { canonicalText } from '../../src-shared/crypto/canonical.ts';
import { eachInSteps, runThrough } from '../../src-shared/crypto/steps.ts';
import type { Step } from '../../src-shared/crypto/steps.ts';
import type { AgencyId, RecordId, SubjectId } from '../../src-shared/domain/ids.ts';
import { AgencyColumn, hexBytes, HexColumn, RecordIdColumn, SubjectColumn, TextList } from './columns.ts';
import { readAll, readNumber, readOne } from './connection.ts';
import type { ReadDb, WriteDb } from './connection.ts';
import { findAgency, findSubject, keepAgency, keepSubject } from './identities.ts';
import { addReleaseTerms } from './sent-classes.ts';
import { insertRow, nextId, replaceRow } from './truth.ts';
import type { DisclosureRow, NewRelease, ReceiptRow } from './types.ts';

/** Who holds what about whom, on what basis, since when (28 CFR 23.20(d); Directive (EU) 2016/680 art. 25). */

/** Enters a release: one line for each partner, subject and record. */
export function addRelease(tx: WriteDb, release: NewRelease): void {
  runThrough(addReleaseInSteps(tx, release));
}

/** The same with pauses. */
export function* addReleaseInSteps(tx: WriteDb, release: NewRelease): Generator<Step, void, undefined> {
  const id = nextId(tx, 'releases');
  insertRow(tx, 'releases', {
    id,
    bundle: release.bundle,
    manifest: hexBytes(release.manifest),
    case_id: release.case === undefined ? null : keepSubject(tx, release.case),
    purpose: release.purpose,
    legal_bases: canonicalText(release.legalBases),
    at: release.at,
    actor: release.actor,
  });
  for (const { agency, sequence, items } of release.to) {
    const partner = keepAgency(tx, agency);
    insertRow(tx, 'release_recipients', { release: id, partner, sequence });
    addPassedOn(tx, { release: id, partner }, items);
    yield* eachInSteps('ledger', items, ({ subject, record, withheldClaims }) => {
      const line = { subject: keepSubject(tx, subject), record: hexBytes(record), withheld: withheldClaims };
      insertRow(tx, 'release_items', { release: id, partner, ...line });
      return UNITS_A_LINE;
    });
  }
  const to = release.to.map(({ agency }) => agency);
  addReleaseTerms(tx, id, to, release.terms);
}

/** A line of the ledger costs as much as the judging of so many claims. */
const UNITS_A_LINE = 4;

/** How much of it each author said, so that what rests on one is found without reading records. */
function addPassedOn(
  tx: WriteDb,
  to: { readonly release: number; readonly partner: number },
  items: NewRelease['to'][number]['items'],
): void {
  for (const [author, said] of Map.groupBy(items, (item) => item.author)) {
    insertRow(tx, 'passed_on', { author: keepAgency(tx, author), ...to, records: said.length });
  }
}

const DISCLOSED = `SELECT a.uid AS partner, s.uid AS subject, count(*) AS records, sum(i.withheld) AS withheld, r.legal_bases, r.purpose, r.at,
    r.actor, t.purpose_code, ifnull(json_array_length(t.answers), 0) AS answers, ifnull(t.kept, 0) AS kept, r.bundle, r.manifest, p.sequence, 
    (SELECT c.accepted + c.known FROM receipts c WHERE c.manifest = r.manifest AND c.partner = i.partner) AS taken`;
const JOINED = `CROSS JOIN releases r ON r.id = i.release CROSS JOIN release_recipients p ON p.release = i.release AND p.partner = i.partner
  CROSS JOIN agencies a ON a.id = i.partner CROSS JOIN subjects s ON s.id = i.subject LEFT JOIN release_terms t ON t.release = i.release`;
const GROUPED = 'GROUP BY i.release, i.partner, i.subject ORDER BY r.at DESC, i.release DESC, a.uid, s.uid';

export const DISCLOSURES_OF_SUBJECT = `${DISCLOSED} FROM release_items i ${JOINED}
  WHERE i.subject = ?1 AND (?2 IS NULL OR i.partner = ?2) ${GROUPED} LIMIT ?3 OFFSET ?4`;
const DISCLOSURES = `${DISCLOSED} FROM release_items i ${JOINED} WHERE ?1 IS NULL OR i.partner = ?1 ${GROUPED} LIMIT ?2 OFFSET ?3`;
const DISCLOSURES_OF_SUBJECT_TOTAL = `SELECT count(*) AS n FROM (SELECT DISTINCT i.release, i.partner FROM release_items i
  WHERE i.subject = ?1 AND (?2 IS NULL OR i.partner = ?2))`;
const DISCLOSURES_TOTAL = `SELECT count(*) AS n FROM (SELECT DISTINCT i.release, i.partner, i.subject FROM release_items i
  WHERE ?1 IS NULL OR i.partner = ?1)`;

/** As SQLite says: no limit. */
const ALL = -1;

export type DisclosureFilter = {
  readonly subject?: SubjectId;
  readonly partner?: AgencyId;
  readonly from?: number;
  readonly limit?: number;
};

/** How many disclosures there are, whatever the limit. */
export function countDisclosures(db: ReadDb, filter: DisclosureFilter): number {
  const partner = filter.partner === undefined ? null : (findAgency(db, filter.partner) ?? 0);
  if (filter.subject === undefined) return readNumber(db, DISCLOSURES_TOTAL, partner);
  return readNumber(db, DISCLOSURES_OF_SUBJECT_TOTAL, findSubject(db, filter.subject) ?? 0, partner);
}

/** What was disclosed, newest first: of one subject, to one partner, or all. */
export function disclosures(db: ReadDb, filter: DisclosureFilter): DisclosureRow[] {
  const partner = filter.partner === undefined ? null : (findAgency(db, filter.partner) ?? 0);
  const rows =
    filter.subject === undefined
      ? readAll(db, Disclosed, DISCLOSURES, partner, filter.limit ?? ALL, filter.from ?? 0)
      : readAll(
          db,
          Disclosed,
          DISCLOSURES_OF_SUBJECT,
          findSubject(db, filter.subject) ?? 0,
          partner,
          filter.limit ?? ALL,
          filter.from ?? 0,
        );
  return rows.map(({ withheld, legal_bases, at, actor, purpose_code, taken, ...row }) => ({
    ...row,
    withheldClaims: withheld,
    legalBases: legal_bases,
    releasedAt: at,
    releasedBy: actor,
    ...(purpose_code !== null && { purposeCode: purpose_code }),
    isConfirmed: taken !== null,
    isLeft: taken === 0,
  }));
}

export const HOLDERS = `SELECT DISTINCT i.record, a.uid AS agency FROM json_each(?) j CROSS JOIN release_items i ON i.record = unhex(j.value)
  CROSS JOIN agencies a ON a.id = i.partner ORDER BY a.uid`;

const HolderRow = z.object({ record: RecordIdColumn, agency: AgencyColumn });

/** Which partners a record was released to; records that never left are absent. */
export function holders(db: ReadDb, ids: readonly RecordId[]): ReadonlyMap<RecordId, readonly AgencyId[]> {
  const found = Map.groupBy(readAll(db, HolderRow, HOLDERS, JSON.stringify(ids)), ({ record }) => record);
  return new Map([...found].map(([record, rows]) => [record, rows.map(({ agency }) => agency)]));
}

/**
 * Keeps a partner's receipt, unless one that it says to have made later is held for the same manifest (docs/formats/bundle.md Q11). Answers whether
 * it counts now.
 */
export function addReceipt(tx: WriteDb, receipt: ReceiptRow, answer: ReceiptAnswer): boolean {
  const manifest = hexBytes(receipt.manifest);
  const partner = keepAgency(tx, receipt.partner);
  const held = readOne(tx, AnswerRow, ANSWER, manifest, partner);
  if (held !== undefined && isLater(held, answer)) return false;
  const { sequence, accepted, known, held: left, at } = receipt;
  const row = { manifest, partner, sequence, accepted, known, held: left, refused: canonicalText(receipt.refused), at };
  replaceRow(tx, 'receipts', { manifest, partner }, row);
  const { recalls, pendingRecalls, refusedRecalls } = answer;
  replaceRow(
    tx,
    'receipt_answers',
    { manifest, partner },
    {
      manifest,
      partner,
      receipt: hexBytes(answer.receipt),
      said_at: answer.saidAt,
      applied: recalls?.applied ?? null,
      pending: recalls?.pending ?? null,
      refused: recalls?.refused ?? null,
      pending_list: canonicalText(pendingRecalls),
      refused_list: canonicalText(refusedRecalls),
    },
  );
  return true;
}

/** Which receipt it is, and what it says of the withdrawals in the bundle that it answers (bundle.md B26). */
export type ReceiptAnswer = {
  /** Hash of its manifest. */
  readonly receipt: string;
  readonly saidAt: string;
  /** Null in one of version 1. */
  readonly recalls: { readonly applied: number; readonly pending: number; readonly refused: number } | null;
  readonly pendingRecalls: readonly string[];
  readonly refusedRecalls: readonly { readonly record: string; readonly rule: string }[];
};

const AnswerRow = z.object({ receipt: HexColumn, saidAt: z.string() });
const ANSWER = 'SELECT receipt, said_at AS saidAt FROM receipt_answers WHERE manifest = ? AND partner = ?';

function isLater(held: z.infer<typeof AnswerRow>, { saidAt, receipt }: ReceiptAnswer): boolean {
  return held.saidAt === saidAt ? held.receipt > receipt : held.saidAt > saidAt;
}

/** Receipts, newest first, of one partner or all. */
export function receipts(db: ReadDb, partner?: AgencyId): ReceiptRow[] {
  const sql = `SELECT c.manifest, a.uid AS partner, c.sequence, c.accepted, c.known, c.held, c.refused, c.at
    FROM receipts c CROSS JOIN agencies a ON a.id = c.partner WHERE ?1 IS NULL OR c.partner = ?1 ORDER BY c.at DESC, c.manifest`;
  return readAll(db, Receipt, sql, partner === undefined ? null : (findAgency(db, partner) ?? 0));
}

const Disclosed = z.object({
  partner: AgencyColumn,
  subject: SubjectColumn,
  records: z.number(),
  withheld: z.number(),
  legal_bases: TextList,
  purpose: z.string(),
  at: z.string(),
  actor: z.string(),
  purpose_code: z.string().nullable(),
  answers: z.number(),
  kept: z.number(),
  bundle: z.string(),
  manifest: HexColumn,
  sequence: z.number(),
  taken: z.number().nullable(),
});

const Refused = z.array(z.strictObject({ rule: z.string(), count: z.number() }));
const Receipt = z.object({
  manifest: HexColumn,
  partner: AgencyColumn,
  sequence: z.number(),
  accepted: z.number(),
  known: z.number(),
  held: z.number(),
  refused: z.string().transform((text) => Refused.parse(JSON.parse(text))),
  at: z.string(),
});
