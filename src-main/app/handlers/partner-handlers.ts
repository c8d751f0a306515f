import { parseCard, wordsBetween } from '../../../src-shared/bundle/card.ts';
import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import type { PartnerView } from '../../../src-shared/contract/views.ts';
import { normaliseWords } from '../../../src-shared/crypto/words.ts';
import type { AgencyId } from '../../../src-shared/domain/ids.ts';
import { failure } from '../../../src-shared/errors.ts';
import { receipts } from '../../store/ledger.ts';
import { partner, partners, savePartner } from '../../store/partners.ts';
import { manifests } from '../../store/streams.ts';
import type { AuditDetails, PartnerRow } from '../../store/types.ts';
import { fileNameFor } from '../file-names.ts';
import { ourCard } from '../our-keys.ts';
import { settleVouched } from '../settle-vouched.ts';
import { change } from '../session.ts';
import type { OpenSession } from '../session.ts';

export function listPartners(session: OpenSession): Output<'partner.list'> {
  return { partners: partners(session.store).map((row) => partnerView(session, row)) };
}

export function showOurCard(session: OpenSession): Output<'partner.card'> {
  return { fileName: fileNameFor(session.agency.name, 'card.json'), bytes: ourCard(session).bytes };
}

/**
 * Puts a partner's card on our list, unconfirmed: only the twelve words, compared by people, make it trusted. A card that differs from one we
 * had confirmed is marked as changed and trusted no more.
 */
export function addPartner(session: OpenSession, input: Parsed<'partner.add'>): Output<'partner.add'> {
  const { agencyId, card, bytes } = parseCard(input.bytes);
  if (agencyId === session.us) throw failure('partner.ourselves', {});
  if (card.agency.sample !== session.agency.isSample) throw failure('partner.sample', {});
  const known = partner(session.store, agencyId);
  if (known !== undefined && Buffer.compare(known.card, bytes) === 0) return partnerView(session, known);
  const row: PartnerRow = {
    agency: agencyId,
    name: card.agency.name,
    country: card.agency.country,
    kind: known?.kind ?? 'police',
    isSample: card.agency.sample,
    card: bytes,
    state: known === undefined ? 'unverified' : known.state === 'revoked' ? 'revoked' : 'changed',
    addedAt: session.context.now().toISOString(),
    ...(known?.revokedAt !== undefined && { revokedAt: known.revokedAt }),
  };
  return keep(session, 'partner.add', row);
}

/** K9: the words must be the right ones, and who compared them with whom, and how, is kept. */
export function confirmPartner(session: OpenSession, input: Parsed<'partner.confirm'>): Output<'partner.confirm'> {
  const row = requirePartner(session, input.agency);
  if (row.state === 'revoked') throw failure('partner.not-confirmed', { agency: input.agency });
  if (normaliseWords(input.words) !== normaliseWords(wordsFor(session, row))) throw failure('partner.words-differ', {});
  const confirmed = {
    by: session.user,
    with: input.with,
    channel: input.channel,
    at: session.context.now().toISOString(),
  };
  return keep(session, 'partner.confirm', { ...row, state: 'confirmed', confirmed });
}

/** What its card does not say: some legal bases open a gateway for certain kinds of agency only (docs/policy.md, P17). */
export function describePartner(session: OpenSession, input: Parsed<'partner.describe'>): Output<'partner.describe'> {
  const row = requirePartner(session, input.agency);
  return keep(session, 'partner.describe', { ...row, kind: input.kind }, { kind: input.kind });
}

/** Nothing that the partner signs is accepted from now on, and nothing is sealed to it. What was accepted before stays. */
export function revokePartner(session: OpenSession, input: Parsed<'partner.revoke'>): Output<'partner.revoke'> {
  const row = requirePartner(session, input.agency);
  const revoked: PartnerRow = { ...row, state: 'revoked', revokedAt: session.context.now().toISOString() };
  return keep(session, 'partner.revoke', revoked, { reason: input.reason });
}

export function requirePartner({ store }: OpenSession, agency: AgencyId): PartnerRow {
  const row = partner(store, agency);
  if (row === undefined) throw failure('store.not-found', { what: 'partner' });
  return row;
}

function keep(session: OpenSession, action: string, row: PartnerRow, more: AuditDetails = {}): PartnerView {
  change(session, action, { agency: row.agency, state: row.state, ...more }, (tx) => {
    savePartner(tx, row);
    if (row.state === 'confirmed') settleVouched(tx, row.card);
  });
  return partnerView(session, row);
}

function wordsFor(session: OpenSession, row: PartnerRow): string {
  return wordsBetween(ourCard(session), parseCard(row.card));
}

function partnerView(session: OpenSession, row: PartnerRow): PartnerView {
  const { store } = session;
  const sent = manifests(store, { direction: 'out', agency: row.agency }).filter(({ sequence }) => sequence > 0);
  const received = manifests(store, { direction: 'in', agency: row.agency }).filter(({ sequence }) => sequence > 0);
  const answered = new Set(receipts(store, row.agency).map(({ manifest }) => manifest));
  const lastSent = sent.at(-1);
  const lastReceived = received.at(-1);
  return {
    agency: row.agency,
    name: row.name,
    country: row.country,
    kind: row.kind,
    isSample: row.isSample,
    state: row.state,
    words: wordsFor(session, row),
    ...(row.confirmed !== undefined && { confirmed: { ...row.confirmed } }),
    sent: sent.length,
    received: received.length,
    ...(lastSent !== undefined && { lastSentAt: lastSent.at }),
    ...(lastReceived !== undefined && { lastReceivedAt: lastReceived.at }),
    unconfirmedSent: sent.filter(({ manifest }) => !answered.has(manifest)).length,
  };
}
