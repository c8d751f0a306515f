import { z } from 'zod';
import type { AgencyId } from '../../src-shared/domain/ids.ts';
import { AgencyColumn, hexBytes } from './columns.ts';
import { readAll, readNumber } from './connection.ts';
import type { ReadDb, WriteDb } from './connection.ts';
import { keepAgency } from './identities.ts';
import { insertRow, replaceRow } from './truth.ts';

/** What we require of partners, and cards of theirs that we refused as forks: docs/formats/bundle.md K19, K22. */

const REQUIRED =
  'SELECT t.approvals AS n FROM agencies a CROSS JOIN partner_terms t ON t.agency = a.id WHERE a.uid = ?';

/** K22: how many approvals a bundle of this partner must have, by our own setting for it. */
export function requiredApprovals(db: ReadDb, agency: AgencyId): number {
  return readNumber(db, REQUIRED, hexBytes(agency));
}

export function saveRequiredApprovals(tx: WriteDb, partner: AgencyId, approvals: number): void {
  const agency = keepAgency(tx, partner);
  replaceRow(tx, 'partner_terms', { agency }, { agency, approvals });
}

const KEPT = `SELECT EXISTS (SELECT 1 FROM agencies a CROSS JOIN card_evidence e ON e.agency = a.id WHERE a.uid = ? AND e.card = ?) AS n`;

/** V147: one card is kept once, with when it came first. */
export function addCardEvidence(tx: WriteDb, partner: AgencyId, card: Uint8Array, at: string): void {
  if (readNumber(tx, KEPT, hexBytes(partner), card) === 1) return;
  insertRow(tx, 'card_evidence', { id: null, agency: keepAgency(tx, partner), card, at });
}

const EvidenceRow = z.object({ agency: AgencyColumn, card: z.instanceof(Uint8Array), at: z.string() });

/** V147: cards of a partner that were refused as forks, latest first. */
export function cardEvidence(db: ReadDb, agency: AgencyId): { readonly card: Uint8Array; readonly at: string }[] {
  const sql = `SELECT a.uid AS agency, e.card, e.at FROM agencies a CROSS JOIN card_evidence e ON e.agency = a.id WHERE a.uid = ? ORDER BY e.id DESC`;
  return readAll(db, EvidenceRow, sql, hexBytes(agency)).map(({ card, at }) => ({ card, at }));
}
