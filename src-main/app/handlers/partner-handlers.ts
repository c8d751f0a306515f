import { cardChange } from '../../../src-shared/bundle/card-change.ts';
import { cardCode, readCardCode } from '../../../src-shared/bundle/card-code.ts';
import { parseCard, parseKeptCard, wordsBetween } from '../../../src-shared/bundle/card.ts';
import type { PartnerCard } from '../../../src-shared/bundle/card.ts';
import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import type { PartnerView } from '../../../src-shared/contract/views.ts';
import { normaliseWords } from '../../../src-shared/crypto/words.ts';
import type { AgencyId } from '../../../src-shared/domain/ids.ts';
import { failure } from '../../../src-shared/errors.ts';
import { looksLike } from '../../../src-shared/matching/look-alike.ts';
import { receipts } from '../../store/ledger.ts';
import { recordsAmong } from '../../store/known-records.ts';
import { partner, partners, savePartner } from '../../store/partners.ts';
import { refutedRecords } from '../../store/vouching.ts';
import { addCardEvidence, cardEvidence, requiredApprovals, saveRequiredApprovals } from '../../store/partner-terms.ts';
import { manifests } from '../../store/streams.ts';
import type { AuditDetails, PartnerRow } from '../../store/types.ts';
import { fileNameFor } from '../file-names.ts';
import { ourCard } from '../our-keys.ts';
import { settleVouched } from '../settle-vouched.ts';
import { subjectLabels } from '../subject-labels.ts';
import { change } from '../session.ts';
import type { OpenSession } from '../session.ts';

export function listPartners(session: OpenSession): Output<'partner.list'> {
  return { partners: partners(session.store).map((row) => partnerView(session, row)) };
}

export function showOurCard(session: OpenSession): Output<'partner.card'> {
  return { fileName: fileNameFor(session.agency.name, 'card.json'), bytes: ourCard(session).bytes };
}

/**
 * Puts a partner's card on our list, unconfirmed: only the twelve words, compared by people, make it trusted. A newer card of one that we have goes on
 * where its keys do (K19): what was confirmed stays so. One that differs otherwise is marked as changed and trusted no more. Throws
 * `card.rolled-back`, `partner.forked-card`.
 */
export function addPartner(session: OpenSession, input: Parsed<'partner.add'>): Output<'partner.add'> {
  const found = parseCard(input.bytes);
  const { agencyId, card } = found;
  if (agencyId === session.us) throw failure('partner.ourselves', {});
  if (card.agency.sample !== session.agency.isSample) throw failure('partner.sample', {});
  const known = partner(session.store, agencyId);
  if (known !== undefined) return updatePartner(session, known, found);
  return keep(session, 'partner.add', { ...rowOf(session, found), kind: 'police', state: 'unverified' });
}

/** K19. */
function updatePartner(session: OpenSession, known: PartnerRow, found: PartnerCard): PartnerView {
  const change = cardChange(parseKeptCard(known.card), found);
  if (change.kind === 'same') return partnerView(session, known);
  if (change.kind === 'rolled-back') throw failure('card.rolled-back', { found: change.found, held: change.held });
  if (change.kind === 'fork') {
    keepFork(session, known, found);
    throw failure('partner.forked-card', { version: change.version });
  }
  const { version } = found.keySet;
  const row = { ...known, ...rowOf(session, found) };
  if (change.kind === 'continuation') return keep(session, 'partner.keys-continued', row, { version });
  const { confirmed: _, ...unconfirmed } = row;
  const state = known.state === 'revoked' ? 'revoked' : 'changed';
  return keep(session, 'partner.add', { ...unconfirmed, state }, { version });
}

/** K19, V147: the evidence is kept, and nothing is exchanged until people have spoken. */
function keepFork(session: OpenSession, known: PartnerRow, found: PartnerCard): void {
  const at = session.context.now().toISOString();
  const state = known.state === 'revoked' ? 'revoked' : 'changed';
  change(session, 'partner.forked-card', { agency: known.agency, version: found.keySet.version, state }, (tx) => {
    addCardEvidence(tx, known.agency, found.bytes, at);
    savePartner(tx, { ...known, state });
  });
}

function rowOf({ context }: OpenSession, { agencyId, card, bytes }: PartnerCard) {
  const { name, country, sample } = card.agency;
  return { agency: agencyId, name, country, isSample: sample, card: bytes, addedAt: context.now().toISOString() };
}

/** K22: how many approvals a bundle of this partner must have. */
export function requireOfPartner(session: OpenSession, input: Parsed<'partner.require'>): Output<'partner.require'> {
  const row = requirePartner(session, input.agency);
  const { agency, approvals } = input;
  change(session, 'partner.require', { agency, approvals }, (tx) => saveRequiredApprovals(tx, agency, approvals));
  return partnerView(session, row);
}

/** K9: the words must be the right ones, and who compared them with whom, and how, is kept. */
export function confirmPartner(session: OpenSession, input: Parsed<'partner.confirm'>): Output<'partner.confirm'> {
  const row = requirePartner(session, input.agency);
  if (row.state === 'revoked') throw failure('partner.not-confirmed', { agency: input.agency });
  requireSame(session, row, input);
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

/** K9, K21: the words as a person read them, or the code that the other screen shows. */
function requireSame(session: OpenSession, row: PartnerRow, { words }: Parsed<'partner.confirm'>): void {
  const code = readCardCode(words);
  if (code !== undefined) {
    const held = parseKeptCard(row.card);
    if (code.agencyId !== held.agencyId || code.hash !== held.hash) throw failure('partner.code-differs', {});
  } else if (normaliseWords(words) !== normaliseWords(wordsFor(session, row))) {
    throw failure('partner.words-differ', {});
  }
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
  return wordsBetween(ourCard(session), parseKeptCard(row.card));
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
    ...keysOf(session, row),
    ...(row.confirmed !== undefined && { confirmed: { ...row.confirmed } }),
    sent: sent.length,
    received: received.length,
    ...(lastSent !== undefined && { lastSentAt: lastSent.at }),
    ...(lastReceived !== undefined && { lastReceivedAt: lastReceived.at }),
    unconfirmedSent: sent.filter(({ manifest }) => !answered.has(manifest)).length,
    ...unprovenOf(session, row.agency),
  };
}

/** K13–K22: how its keys came to be, what it requires and what we require of it, whose name it could be taken for. */
function keysOf(session: OpenSession, row: PartnerRow) {
  const card = parseKeptCard(row.card);
  const { keySet, requires } = card;
  return {
    keyVersion: keySet.version,
    approvers: keySet.approving.length,
    asksApprovals: requires.approvals,
    requiredApprovals: requiredApprovals(session.store, row.agency),
    forks: cardEvidence(session.store, row.agency)
      .slice(0, FORKS)
      .map(({ at }) => at),
    looksLike: lookAlikes(session, row),
    code: cardCode(card),
  };
}

/** K20: partners, and we ourselves, whose name this one could be taken for. */
function lookAlikes(
  { store, agency, us }: OpenSession,
  row: PartnerRow,
): { agency: AgencyId; name: string; isOurs: boolean }[] {
  const others = partners(store).filter((other) => other.agency !== row.agency);
  const named = others.map((other) => ({ agency: other.agency, name: other.name, isOurs: false }));
  return [{ agency: us, name: agency.name, isOurs: true }, ...named].filter(({ name }) => looksLike(name, row.name));
}

/** The last so many are told. */
const FORKS = 20;
/** As many are counted, and so many named. */
const UNPROVEN = { counted: 1000, named: 20 };

/** B21. */
function unprovenOf(session: OpenSession, agency: AgencyId): Pick<PartnerView, 'unproven' | 'unprovenOf'> {
  const ids = refutedRecords(session.store, agency, UNPROVEN.counted);
  if (ids.length === 0) return { unproven: 0, unprovenOf: [] };
  const records = [...recordsAmong(session.store, ids.slice(0, UNPROVEN.named)).values()];
  const labelOf = subjectLabels(session, records);
  const subjects = [...new Set(records.filter(({ kind }) => kind !== 'permission').map(({ subject }) => subject))];
  return { unproven: ids.length, unprovenOf: subjects.map((subject) => ({ subject, label: labelOf(subject) })) };
}
