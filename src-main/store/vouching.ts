import { z } from 'zod';
import { toHex } from '../../src-shared/crypto/hash.ts';
import type { AgencyId, RecordId } from '../../src-shared/domain/ids.ts';
import { SignedAttestation } from '../../src-shared/records/attestation.ts';
import { AgencyColumn, hexBytes, RecordIdColumn, TruthColumn } from './columns.ts';
import { readAll, readNumber, readOne } from './connection.ts';
import type { ReadDb, WriteDb } from './connection.ts';
import { keepAgency } from './identities.ts';
import { deleteRows, insertRow, replaceRow } from './truth.ts';
import type { AttestationId } from './types.ts';

/** Whose word it is who said a record: bundle.md B17–B21, docs/formats/vault.md §16. */

/** The card of a third author, as one issuer passed it on: the keys are proven by the agency id, the name is that issuer's word. */
export type VouchedCard = {
  readonly agency: AgencyId;
  readonly issuer: AgencyId;
  readonly name: string;
  readonly card: Uint8Array;
};

/** Keeps the card that came last from this issuer. */
export function keepVouchedCard(tx: WriteDb, { name, card, ...who }: VouchedCard, at: string): void {
  const key = { agency: keepAgency(tx, who.agency), issuer: keepAgency(tx, who.issuer) };
  const held = readOne(tx, CardRow, `${CARDS} WHERE v.agency = ? AND v.issuer = ?`, key.agency, key.issuer);
  if (held !== undefined && toHex(held.card) === toHex(card)) return;
  replaceRow(tx, 'vouched_cards', key, { ...key, name, card, at });
}

const CARDS = `SELECT a.uid AS agency, i.uid AS issuer, v.name, v.card FROM vouched_cards v
  CROSS JOIN agencies a ON a.id = v.agency CROSS JOIN agencies i ON i.id = v.issuer`;
const CardRow = z.object({
  agency: AgencyColumn,
  issuer: AgencyColumn,
  name: z.string(),
  card: z.instanceof(Uint8Array),
});

/** Every card that somebody passed on, by agency and issuer, so that what is shown does not depend on the order of arrival. */
export function vouchedCards(db: ReadDb): VouchedCard[] {
  return readAll(db, CardRow, `${CARDS} ORDER BY a.uid, i.uid`);
}

export function addVouching(tx: WriteDb, attestation: AttestationId, issuer: AgencyId): void {
  insertRow(tx, 'vouched_attestations', { attestation, issuer: keepAgency(tx, issuer), is_refuted: 0 });
}

/** A card of our own list proves it now. Answers whether it was vouched for before. */
export function endVouching(tx: WriteDb, attestation: AttestationId): boolean {
  return deleteRows(tx, 'vouched_attestations', { attestation }) > 0;
}

/** B21: the confirmed card of its author does not prove it. */
export function refute(tx: WriteDb, attestation: AttestationId): void {
  const sql = 'SELECT issuer AS n FROM vouched_attestations WHERE attestation = ?';
  const issuer = readNumber(tx, sql, attestation);
  replaceRow(tx, 'vouched_attestations', { attestation }, { attestation, issuer, is_refuted: 1 });
}

/** An attestation that was proved by a card which somebody passed on. */
export type VouchedAttestation = {
  readonly id: AttestationId;
  readonly issuer: AgencyId;
  readonly isRefuted: boolean;
  readonly signed: SignedAttestation;
};

const OF_AUTHOR = `SELECT t.id, i.uid AS issuer, v.is_refuted AS isRefuted, t.body FROM agencies a CROSS JOIN attestations t ON t.author = a.id
  CROSS JOIN vouched_attestations v ON v.attestation = t.id CROSS JOIN agencies i ON i.id = v.issuer WHERE a.uid = ? ORDER BY t.id`;
const AttestationRow = z.object({ id: z.number(), issuer: AgencyColumn, isRefuted: TruthColumn, body: z.string() });

/** Those of one author, in the order in which they came. */
export function vouchedOf(db: ReadDb, author: AgencyId): VouchedAttestation[] {
  return readAll(db, AttestationRow, OF_AUTHOR, hexBytes(author)).map(({ body, ...row }) => ({
    ...row,
    signed: SignedAttestation.parse(JSON.parse(body)),
  }));
}

/** How the author of a record is known. `isRefuted`: its confirmed card did not prove it. */
export type Vouching = { readonly issuer: AgencyId; readonly isRefuted: boolean };

export const VOUCHINGS = `SELECT r.id, i.uid AS issuer, v.is_refuted AS isRefuted FROM json_each(?) j CROSS JOIN records r ON r.id = unhex(j.value)
  CROSS JOIN placements p ON p.rid = r.rid CROSS JOIN vouched_attestations v ON v.attestation = p.attestation
  CROSS JOIN agencies i ON i.id = v.issuer`;
const VouchingRow = z.object({ id: RecordIdColumn, issuer: AgencyColumn, isRefuted: TruthColumn });

/** Those of these records whose author is known by somebody else's word only. */
export function vouchingsOf(db: ReadDb, ids: readonly RecordId[]): ReadonlyMap<RecordId, Vouching> {
  const rows = readAll(db, VouchingRow, VOUCHINGS, JSON.stringify(ids));
  return new Map(rows.map(({ id, ...vouching }) => [id, vouching]));
}

export const REFUTED_RECORDS = `SELECT r.id FROM vouched_attestations v CROSS JOIN placements p ON p.attestation = v.attestation
  CROSS JOIN records r ON r.rid = p.rid CROSS JOIN agencies a ON a.id = r.author WHERE v.is_refuted = 1 AND a.uid = ? ORDER BY r.id LIMIT ?`;

/** B21: records of this author that its confirmed card does not prove. */
export function refutedRecords(db: ReadDb, author: AgencyId, limit: number): RecordId[] {
  return readAll(db, z.object({ id: RecordIdColumn }), REFUTED_RECORDS, hexBytes(author), limit).map(({ id }) => id);
}

/** Whether an attestation was kept before (K18). */
export function isAttestationKept(db: ReadDb, { attestation }: SignedAttestation): boolean {
  const sql = `SELECT EXISTS (SELECT 1 FROM agencies a CROSS JOIN attestations t ON t.author = a.id WHERE a.uid = ? AND t.root = ?) AS n`;
  return readNumber(db, sql, hexBytes(attestation.author), hexBytes(attestation.root)) === 1;
}
