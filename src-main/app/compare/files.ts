import { parseKeptCard } from '../../../src-shared/bundle/card.ts';
import { encodeComparison, openComparison } from '../../../src-shared/bundle/comparison-file.ts';
import type { ComparisonStatement } from '../../../src-shared/bundle/comparison-file.ts';
import { refuseOtherKind, sealedKind, unsealedKind } from '../../../src-shared/bundle/file-kind.ts';
import type { KnownAgency } from '../../../src-shared/bundle/open-bundle.ts';
import { sealTo, unseal } from '../../../src-shared/bundle/seal.ts';
import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import { failure } from '../../../src-shared/errors.ts';
import { fastPayload } from '../../exchange/fast-payload.ts';
import { hashInto } from '../../exchange/native-hash.ts';
import { partner } from '../../store/partners.ts';
import type { PartnerRow } from '../../store/types.ts';
import { fileNameFor } from '../file-names.ts';
import { requirePartner } from '../handlers/partner-handlers.ts';
import { ourSecrets } from '../our-keys.ts';
import { change } from '../session.ts';
import type { OpenSession } from '../session.ts';

/** M14: signed, sealed for its one reader, and entered in the audit log before it is handed out. Throws `partner.not-confirmed`. */
export async function sealFor(
  session: OpenSession,
  statement: ComparisonStatement,
  action: 'compare.begin' | 'compare.answer',
): Promise<Output<'compare.begin'>> {
  const { audience, round, size, digest } = statement;
  const row = requirePartner(session, audience);
  if (row.state !== 'confirmed') throw failure('partner.not-confirmed', { agency: audience });
  const inner = encodeComparison(statement, ourSecrets(session).sign);
  const bytes = await sealTo(parseKeptCard(row.card).card.keySet.sealing, inner, fastPayload);
  change(session, action, { case: statement.case, partner: audience, round, records: size, digest }, () => undefined);
  return { fileName: fileNameFor(session.agency.name, `comparison-${round}.chirocompare`), bytes };
}

/** §4: what a file says and who said it. */
export async function openFrom(
  session: OpenSession,
  input: Pick<Parsed<'compare.open'>, 'case' | 'bytes'>,
): Promise<{ readonly statement: ComparisonStatement; readonly partner: PartnerRow }> {
  refuseOtherKind(unsealedKind(input.bytes), 'comparison');
  const inner = await unseal(ourSecrets(session).identities, input.bytes, fastPayload);
  refuseOtherKind(sealedKind(inner), 'comparison');
  const statement = openComparison(inner, {
    us: session.us,
    case: input.case,
    hashInto,
    knownAgency: (agency) => known(partner(session.store, agency)),
  });
  return { statement, partner: requirePartner(session, statement.issuer) };
}

/** A card that changed after it was confirmed counts as unconfirmed. */
function known(row: PartnerRow | undefined): KnownAgency | undefined {
  if (row === undefined) return undefined;
  const trust = row.state === 'confirmed' || row.state === 'revoked' ? row.state : 'unconfirmed';
  return { card: parseKeptCard(row.card), trust };
}
