import { z } from 'zod';
import { AGENCY_KINDS } from '../../src-shared/catalogue/lists/agency-kinds.ts';
import { canonicalText } from '../../src-shared/crypto/canonical.ts';
import type { AgencyId } from '../../src-shared/domain/ids.ts';
import { AgencyColumn, hexBytes, optional, TruthColumn } from './columns.ts';
import { readAll, readOne } from './connection.ts';
import type { ReadDb, WriteDb } from './connection.ts';
import { keepAgency } from './identities.ts';
import { replaceRow } from './truth.ts';
import type { PartnerRow } from './types.ts';

const Confirmation = z.strictObject({ by: z.string(), with: z.string(), channel: z.string(), at: z.string() });
const ConfirmationColumn = z.string().transform((text) => Confirmation.parse(JSON.parse(text)));
const Row = z.object({
  agency: AgencyColumn,
  name: z.string(),
  country: z.string(),
  is_sample: TruthColumn,
  card: z.instanceof(Uint8Array),
  state: z.enum(['unverified', 'confirmed', 'changed', 'revoked']),
  added_at: z.string(),
  confirmation: ConfirmationColumn.nullable(),
  revoked_at: z.string().nullable(),
  kind: z.enum(AGENCY_KINDS).nullable(),
});

const COLUMNS =
  'a.uid AS agency, p.name, p.country, p.is_sample, p.card, p.state, p.added_at, p.confirmation, p.revoked_at, p.kind';
const FROM = 'FROM partners p CROSS JOIN agencies a ON a.id = p.agency';

/** Keeps a partner as it is now, in place of what was known of it. The audit entry of the same change tells what it was. */
export function savePartner(tx: WriteDb, partner: PartnerRow): void {
  const agency = keepAgency(tx, partner.agency);
  replaceRow(
    tx,
    'partners',
    { agency },
    {
      agency,
      name: partner.name,
      country: partner.country,
      is_sample: Number(partner.isSample),
      card: partner.card,
      state: partner.state,
      added_at: partner.addedAt,
      confirmation: partner.confirmed === undefined ? null : canonicalText(partner.confirmed),
      revoked_at: partner.revokedAt ?? null,
      kind: partner.kind,
    },
  );
}

/** All partners by name. */
export function partners(db: ReadDb): PartnerRow[] {
  return readAll(db, Row, `SELECT ${COLUMNS} ${FROM} ORDER BY p.name, a.uid`).map(partnerOf);
}

/** One partner; undefined when its card was never added. */
export function partner(db: ReadDb, agency: AgencyId): PartnerRow | undefined {
  const row = readOne(db, Row, `SELECT ${COLUMNS} ${FROM} WHERE a.uid = ?`, hexBytes(agency));
  return row === undefined ? undefined : partnerOf(row);
}

function partnerOf(row: z.infer<typeof Row>): PartnerRow {
  return {
    agency: row.agency,
    name: row.name,
    country: row.country,
    kind: row.kind ?? 'police',
    isSample: row.is_sample,
    card: row.card,
    state: row.state,
    addedAt: row.added_at,
    ...optional('confirmed', row.confirmation),
    ...optional('revokedAt', row.revoked_at),
  };
}
