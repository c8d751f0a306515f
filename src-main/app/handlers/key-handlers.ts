import { cardCode } from '../../../src-shared/bundle/card-code.ts';
import type { PartnerCard } from '../../../src-shared/bundle/card.ts';
import { LaterKeySet, keySetOf, missingSignatures } from '../../../src-shared/bundle/key-set.ts';
import type { KeySet, ListedSignature } from '../../../src-shared/bundle/key-set.ts';
import type { KeysView, KeyVersion } from '../../../src-shared/contract/keys.ts';
import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import { keyIdOf } from '../../../src-shared/crypto/signature.ts';
import type { KeyId } from '../../../src-shared/domain/ids.ts';
import { failure } from '../../../src-shared/errors.ts';
import { z } from 'zod';
import { addKeyVersion, dropProposal, keyCards, officerKeys, proposal, saveProposal } from '../../store/own-keys.ts';
import type { ProposalRow } from '../../store/own-keys.ts';
import { saveSetting, setting } from '../../store/settings.ts';
import { makeOfficerKey } from '../../vault/officer-key.ts';
import type { SigningSecrets } from '../../vault/signing-secrets.ts';
import { signingOf } from '../../vault/succession.ts';
import {
  addSignatures,
  changeText,
  followingCard,
  hasOwnKey,
  isComplete,
  planKeyChange,
  proposalId,
  proposedSecrets,
  sealedSecrets,
} from '../key-changes.ts';
import type { KeyChange } from '../key-changes.ts';
import { opensUntil, ourCard } from '../our-keys.ts';
import { change } from '../session.ts';
import type { OpenSession } from '../session.ts';

/** The setting in which our own rule for releases is kept; it changes with the key set, so by the signatures that this needs. */
const RELEASE_APPROVALS = 'release.approvals';

/** How many approvals our own releases need, whoever receives them. */
export function releaseRule({ store }: Pick<OpenSession, 'store'>): number {
  return z.number().int().min(0).catch(0).parse(setting(store, RELEASE_APPROVALS));
}

/** Our keys, how they came to be, whose they are, and the change that waits. */
export function showKeys(session: OpenSession): Output<'keys.show'> {
  const { store, vault } = session;
  const card = ourCard(session);
  const keys = officerKeys(store);
  const users = new Map<KeyId, string>(keys.map(({ publicKey, user }) => [keyIdOf(publicKey), user]));
  const current = card.keySet;
  const waiting = proposal(store);
  return {
    versions: versionsOf(session, card, users),
    isRootShared: current.root.some(({ kid }) => current.signing.some((key) => key.kid === kid)),
    requires: card.requires.approvals,
    releases: releaseRule(session),
    earlierOpenUntil: earlierOf(session),
    officers: keys.map(({ user, publicKey, slot }) => ({
      user,
      kid: keyIdOf(publicKey),
      isYours: slot === vault.officer?.slot,
    })),
    canMakeOwn: vault.officer !== undefined && !store.isReadOnly && !hasOwnKey(session),
    ...(waiting !== undefined && { proposal: proposalView(session, card, waiting, users) }),
    code: cardCode(card),
  };
}

/** V143: the caller's own key, made if there is none. */
export function makeOwnKey(session: OpenSession): Output<'keys.make'> {
  const { context, vault } = session;
  const { officer } = vault;
  if (officer === undefined) throw failure('keys.no-own-key', {});
  const at = context.now().toISOString();
  const publicKey = change(session, 'keys.make', {}, (tx) =>
    makeOfficerKey(tx, officer, (length) => context.randomBytes(length), at),
  );
  return { kid: keyIdOf(publicKey) };
}

/** Changes our key set where our own signatures are enough, or proposes it to the other officers. Throws `keys.invalid`, `keys.proposal-waits`. */
export async function rotateKeys(session: OpenSession, input: Parsed<'keys.rotate'>): Promise<Output<'keys.rotate'>> {
  if (proposal(session.store) !== undefined) throw failure('keys.proposal-waits', {});
  const card = ourCard(session);
  const { change: planned, secrets } = await planKeyChange(session, card, input);
  const signatures = addSignatures(session, card, planned, secrets, []);
  const row: ProposalRow = {
    id: proposalId(planned),
    version: planned.keySet.version,
    card: changeText(planned),
    signatures,
    ...sealedSecrets(session, secrets),
    actor: session.user,
    reason: input.reason,
    at: session.context.now().toISOString(),
  };
  return settle(session, card, row, planned, secrets);
}

/** Adds the caller's signatures to the change that waits; with the last one it takes effect. */
export function signKeys(session: OpenSession, input: Parsed<'keys.sign'>): Output<'keys.sign'> {
  const row = requireProposal(session, input.proposal);
  const card = ourCard(session);
  const planned = readChange(row);
  if (planned.keySet.version !== card.keySet.version + 1) throw failure('keys.no-proposal', {});
  const secrets = proposedSecrets(session, row);
  const signatures = addSignatures(session, card, planned, secrets, row.signatures);
  return settle(session, card, { ...row, signatures }, planned, secrets);
}

/** Takes a change back that waits. */
export function discardKeys(session: OpenSession, input: Parsed<'keys.discard'>): Output<'keys.discard'> {
  const row = requireProposal(session, input.proposal);
  change(session, 'keys.discard', { proposal: row.id, reason: input.reason }, (tx) => dropProposal(tx, row.id));
  return {};
}

function settle(
  session: OpenSession,
  card: PartnerCard,
  row: ProposalRow,
  planned: KeyChange,
  secrets: SigningSecrets,
): Output<'keys.rotate'> {
  const { id, version, signatures } = row;
  const details = { proposal: id, version, signedBy: signatures.map(({ kid }) => kid), reason: row.reason };
  const isEffective = isComplete(card, planned, signatures);
  try {
    if (isEffective) {
      const next = followingCard(card, planned, signatures, secrets);
      const at = session.context.now().toISOString();
      change(session, 'keys.rotate', details, (tx) => {
        addKeyVersion(tx, { version, card: next.bytes, at }, row);
        saveSetting(tx, RELEASE_APPROVALS, planned.releases);
        dropProposal(tx, id);
      });
    } else {
      change(session, 'keys.propose', details, (tx) => saveProposal(tx, row));
    }
  } finally {
    secrets.seed.fill(0);
  }
  return { isEffective, proposal: id, version };
}

const StoredChange = z.strictObject({ keySet: LaterKeySet, requires: z.number(), releases: z.number() });

function readChange({ card }: ProposalRow): KeyChange {
  return StoredChange.parse(JSON.parse(card));
}

function requireProposal({ store }: OpenSession, id: string): ProposalRow {
  const row = proposal(store);
  if (row?.id !== id) throw failure('keys.no-proposal', {});
  return row;
}

type Users = ReadonlyMap<KeyId, string>;

function named(kids: readonly KeyId[], users: Users): { kid: KeyId; user?: string }[] {
  return kids.map((kid) => {
    const user = users.get(kid);
    return { kid, ...(user !== undefined && { user }) };
  });
}

function versionsOf({ store }: OpenSession, card: PartnerCard, users: Users): KeyVersion[] {
  const times = new Map(keyCards(store).map(({ version, at }) => [version, at]));
  const history = card.card.v === 1 ? [] : card.card.history;
  return card.chain.map((keySet, at) => {
    const signatures = at === 0 ? [] : (history[at - 1]?.signatures ?? []);
    const since = times.get(keySet.version);
    return { ...versionView(keySet, signatures, users), ...(since !== undefined && { at: since }) };
  });
}

function versionView(keySet: KeySet, signatures: readonly ListedSignature[], users: Users): KeyVersion {
  const { version, threshold, signing, root, approving, revoked } = keySet;
  const [key] = signing;
  if (key === undefined) throw new Error('a key set has a signing key');
  return {
    version,
    kid: key.kid,
    threshold,
    root: named(kidsOf(root), users),
    approving: named(kidsOf(approving), users),
    revoked: [...revoked],
    signedBy: named(kidsOf(signatures), users),
  };
}

function proposalView(session: OpenSession, card: PartnerCard, row: ProposalRow, users: Users): KeysView['proposal'] {
  const planned = readChange(row);
  const next = keySetOf(planned.keySet);
  const signed = new Set(row.signatures.map(({ kid }) => kid));
  const roots = new Set([...card.keySet.root, ...next.root].map(({ kid }) => kid));
  const awaited = [...roots].filter((kid) => !signed.has(kid));
  return {
    id: row.id,
    by: row.actor,
    at: row.at,
    reason: row.reason,
    keys: versionView(next, row.signatures, users),
    newSigning: next.signing[0]?.kid !== card.kid,
    newSealing: next.sealing.join(' ') !== card.keySet.sealing.join(' '),
    requires: planned.requires,
    releases: planned.releases,
    missing: missingSignatures(card.keySet, next, row.signatures),
    awaited: named(awaited, users),
    canSign: awaited.some((kid) => isHeldHere(session, card, next, kid)),
  };
}

function kidsOf(listed: readonly { readonly kid: KeyId }[]): KeyId[] {
  return listed.map(({ kid }) => kid);
}

/** Whether whoever is here can sign with a key. */
function isHeldHere({ store, vault }: OpenSession, card: PartnerCard, next: KeySet, kid: KeyId): boolean {
  if (store.isReadOnly || vault.signing === undefined) return false;
  const isAgency = [...card.keySet.signing, ...next.signing].some((key) => key.kid === kid);
  const own = officerKeys(store).find(({ slot }) => slot === vault.officer?.slot);
  return isAgency || (own !== undefined && keyIdOf(own.publicKey) === kid);
}

function earlierOf({ vault, context }: OpenSession): string[] {
  const signing = signingOf(vault);
  signing?.seed.fill(0);
  const until = (signing?.earlier ?? []).map(({ retired }) => opensUntil(retired));
  return until.filter((at) => at > context.now()).map((at) => at.toISOString());
}
