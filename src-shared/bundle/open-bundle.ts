import { canonicalText } from '../crypto/canonical.ts';
import { hashHexInSteps, isAscending } from '../crypto/hash.ts';
import type { HashInto, HashText, NewHash } from '../crypto/hash.ts';
import { orderOfHashesInSteps } from '../crypto/sort-hashes.ts';
import { isSignedBy } from '../crypto/signature.ts';
import { everyInSteps, madeInSteps } from '../crypto/steps.ts';
import type { AgencyId, KeyId, RecordId } from '../domain/ids.ts';
import type { AnyRecord, RecordKind } from '../domain/record.ts';
import { failure } from '../errors.ts';
import type { ChirographError } from '../errors.ts';
import { refuseUnprovenInSteps, rootOfIdsInSteps, verifyAttestedInSteps } from '../records/attestation.ts';
import type { AttestedRecords, SignedAttestation, VerifiedRecord } from '../records/attestation.ts';
import { countWithheld } from '../records/redact.ts';
import { approvedBy, contentHash } from './approval.ts';
import { parseBody } from './body.ts';
import { currentKeyFor, keyFor, parseCard } from './card.ts';
import type { PartnerCard } from './card.ts';
import { readFiles } from './files.ts';
import type { ReceivedFile } from './files.ts';
import { parseFrame } from './frame.ts';
import type { Frame } from './frame.ts';
import { manifestHashOf } from './manifest.ts';
import type { FilesFacts, Manifest } from './manifest.ts';
import { readParts } from './read-parts.ts';

const GRACE = 24 * 60 * 60 * 1000;

/** An agency on the reader's own list: its card, and whether a person has confirmed the words (K9). */
export type KnownAgency = { readonly card: PartnerCard; readonly trust: 'confirmed' | 'unconfirmed' | 'revoked' };

export type OpenTools = {
  readonly us: AgencyId;
  /** The reader's own list, ourselves included (our records come back through partners). Never anything from the bundle. */
  readonly knownAgency: (agency: AgencyId) => KnownAgency | undefined;
  /** The reader's clock, as an instant. */
  readonly now: string;
  /** zstd; must stop, by throwing, at more than `size` bytes. */
  readonly decompress: (stored: Uint8Array, size: number) => Uint8Array;
  /** Faster ones where there are any. */
  readonly hashText?: HashText;
  readonly hashInto?: HashInto;
  readonly newHash?: NewHash;
  readonly byteText?: (bytes: Uint8Array) => string;
  /** Whether the reader had this attestation before: then a key that was revoked since may have made it (K18). */
  readonly isKept?: (signed: SignedAttestation) => boolean;
  /** How many approvals the reader requires of this issuer (K22). */
  readonly approvalsRequired?: (issuer: AgencyId) => number;
};

/** B17: a record of a third author that nothing proves to be its own. It is proven complete, not who said it. */
type UnvouchedRecord = {
  readonly id: RecordId;
  readonly author: AgencyId;
  readonly kind: RecordKind;
  readonly rule: 'B17';
  /** How a review refuses it (§10). */
  readonly refusal: 'X1' | 'X2';
};

/** A record whose author is proven; `vouchedBy` when by a card that came with the bundle, so that whose name it is is the issuer's word (B21). */
export type ReceivedRecord = VerifiedRecord & { readonly vouchedBy?: AgencyId };

declare const verified: unique symbol;

/** Only openBundle makes one, so a function that takes one never sees an unproven byte. */
export type VerifiedBundle = BundleFacts & { readonly [verified]: true };

type BundleFacts = {
  readonly manifest: Manifest;
  readonly manifestHash: string;
  /** What the issuer signed, as it came, and the signature. */
  readonly statement: { readonly manifestBytes: Uint8Array; readonly signature: Uint8Array };
  readonly issuer: PartnerCard;
  readonly records: readonly ReceivedRecord[];
  readonly unvouched: readonly UnvouchedRecord[];
  /** Of the records given out, in the order of the body, each with whose word it is whose keys proved it. */
  readonly attestations: readonly ReceivedAttestation[];
  /** Cards of third authors that came along (B19): keys proven by their agency ids, names said by the issuer. */
  readonly cards: readonly PartnerCard[];
  /** Evidence files that came along, each proven (B39). */
  readonly files: readonly ReceivedFile[];
  /** Officers' keys that approved (B24). */
  readonly approvedBy: readonly KeyId[];
};

/** `leaves`, the ids of the whole batch in leaf order, when all of it came. */
export type ReceivedAttestation = {
  readonly signed: SignedAttestation;
  readonly vouchedBy?: AgencyId;
  readonly leaves?: readonly RecordId[];
};

/**
 * Opens the inner bytes of a bundle in the order of docs/formats/bundle.md §9 and throws at the first rule that fails. Replays, gaps and
 * forks (B8) are not seen here: they need the reader's own streams.
 */
export function openBundle(inner: Uint8Array, tools: OpenTools): VerifiedBundle {
  const steps = openBundleInSteps(inner, tools);
  let next = steps.next();
  while (!next.done) {
    const { value } = next;
    next = steps.next(
      value.kind === 'decompress' ? attempted(() => tools.decompress(value.stored, value.size)) : undefined,
    );
  }
  return next.value;
}

/** Where opening may pause. To `decompress` it wants the bytes as an answer, or what went wrong. */
export type OpenStep =
  | { readonly kind: 'decompress'; readonly stored: Uint8Array; readonly size: number }
  | { readonly kind: 'read'; readonly done: number; readonly total: number }
  | { readonly kind: 'pause' };
type Answer = Uint8Array | Error | undefined;
type Steps<T> = Generator<OpenStep, T, Answer>;

/** `openBundle` for a large one: whoever runs it lets others through between the steps, or has a thread decompress. */
export function* openBundleInSteps(inner: Uint8Array, tools: OpenTools): Steps<VerifiedBundle> {
  const frame = parseFrame(inner);
  const { manifest, manifestBytes, signature } = frame;
  const issuer = verifyIssuer(frame, tools);
  if (!manifest.audience.some(({ agency }) => agency === tools.us)) throw failure('bundle.not-for-us', {});
  refuseExpired(manifest, tools.now);
  const { cards, groups } = yield* readBody(frame, tools);
  const vouched = yield* vouch(groups, { issuer, cards, tools });
  refuseStrayCards(cards, groups);
  yield { kind: 'pause' };
  yield* refuseWrongContents(manifest, groups, tools.hashInto);
  yield { kind: 'pause' };
  const approvers = approvalsOf(manifest, issuer, groups);
  refuseTooFew(manifest, approvers.length, tools);
  const files = manifest.files === undefined ? [] : yield* filesOf(frame, manifest.files, groups, tools);
  const facts: BundleFacts = {
    manifest,
    manifestHash: manifestHashOf(manifestBytes),
    statement: { manifestBytes, signature },
    issuer,
    ...vouched,
    cards: [...cards.values()],
    files,
    approvedBy: approvers,
  };
  return facts as VerifiedBundle;
}

/** What a function gives, or what it throws. */
function attempted<T>(work: () => T): T | Error {
  try {
    return work();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** B9: before a byte of the body is looked at. */
function verifyIssuer({ manifest, manifestBytes, signature }: Frame, { knownAgency }: OpenTools): PartnerCard {
  const agency = manifest.issuer;
  const known = knownAgency(agency);
  if (known === undefined || known.card.agencyId !== agency) throw failure('bundle.unknown-signer', { agency });
  if (known.trust === 'unconfirmed') throw failure('bundle.unconfirmed-signer', { agency });
  if (known.trust === 'revoked') throw failure('bundle.revoked-signer', { agency });
  const key = currentKeyFor(known.card, manifest.kid);
  if (key === undefined || !isSignedBy('chirograph/bundle/v1', manifestBytes, signature, key)) {
    throw failure('bundle.bad-signature', { agency });
  }
  return known.card;
}

/** B11. An instant that is no date is over. */
function refuseExpired({ notAfter }: Manifest, now: string): void {
  const isInTime = Date.parse(now) <= Date.parse(notAfter) + GRACE;
  if (!isInTime) throw failure('bundle.expired', { notAfter });
}

type Body = { readonly cards: ReadonlyMap<AgencyId, PartnerCard>; readonly groups: readonly AttestedRecords[] };

/** B4, B13, and what §8 says of the body itself. */
function* readBody(frame: Frame, tools: OpenTools): Steps<Body> {
  const { manifest, storedBody } = frame;
  yield* refuseDamaged(frame, tools);
  const total = manifest.counts.records;
  if (manifest.body.encoding === 'parts') {
    let cards: Body['cards'] = new Map();
    const takeCards = (bytes: readonly Uint8Array[]): void => void (cards = readCards(bytes, manifest.issuer));
    const steps = readParts(storedBody, manifest.body.size, tools, takeCards);
    let next = steps.next();
    while (!next.done) {
      const answer = yield next.value.kind === 'read' ? { ...next.value, total } : next.value;
      next = steps.next(answer);
    }
    return { cards, groups: next.value };
  }
  const body = parseBody(yield* wholeBody(frame), manifest.v, tools.hashText);
  const cards = readCards(body.cards, manifest.issuer);
  const groups: AttestedRecords[] = [];
  for (const group of body.groups) {
    if (typeof group === 'number') yield { kind: 'read', done: group, total };
    else groups.push(group);
  }
  return { cards, groups };
}

/** B35–B39: whatever names them, also what is not given out. */
function filesOf(
  { storedFiles }: Frame,
  facts: FilesFacts,
  groups: readonly AttestedRecords[],
  tools: OpenTools,
): Steps<readonly ReceivedFile[]> {
  return readFiles(storedFiles, facts, recordsOf(groups), tools);
}

function* recordsOf(groups: readonly AttestedRecords[]): Generator<AnyRecord> {
  for (const { records } of groups) for (const { record } of records) yield record;
}

/** B4, B13: the stored bytes. */
function* refuseDamaged({ manifest, storedBody, padding }: Frame, { newHash }: OpenTools): Steps<void> {
  const isZero = yield* paused(everyInSteps(padding.length, (at) => padding[at] === 0));
  if (!isZero) throw failure('bundle.damaged', { rule: 'B4' });
  const hash = yield* paused(hashHexInSteps(storedBody, newHash));
  if (hash !== manifest.body.sha256) throw failure('bundle.damaged', { rule: 'B13' });
}

/** B13: one that is not in parts. */
function* wholeBody({ manifest, storedBody }: Frame): Steps<Uint8Array> {
  const { encoding, size } = manifest.body;
  if (encoding === 'none') return storedBody;
  const body = yield { kind: 'decompress', stored: storedBody, size };
  if (body instanceof Uint8Array && body.length === size) return body;
  throw failure('bundle.malformed', { rule: 'B13' }, body instanceof Error ? body : undefined);
}

/** B12, B14, B16. */
function* refuseWrongContents(
  { counts, recordsRoot }: Manifest,
  groups: readonly AttestedRecords[],
  hashInto: HashInto | undefined,
): Steps<void> {
  const ids = yield* idsInOrder(groups);
  if (!(yield* paused(everyInSteps(ids.length, (at) => at === 0 || (ids[at - 1] ?? '') < (ids[at] ?? '')))))
    throw malformed('B14');
  let withheldClaims = 0;
  for (const { records } of groups)
    yield* paused(
      everyInSteps(records.length, (at) => {
        const record = records[at]?.record;
        withheldClaims += record === undefined ? 0 : countWithheld(record);
        return true;
      }),
    );
  const isCounted =
    counts.records === ids.length && counts.attestations === groups.length && counts.withheldClaims === withheldClaims;
  if (!isCounted) throw malformed('B12');
  if ((yield* rootOf(groups, ids, hashInto)) !== recordsRoot) throw malformed('B16');
}

/** A group has them in order already. */
function* idsInOrder(groups: readonly AttestedRecords[]): Steps<RecordId[]> {
  const ids: RecordId[] = [];
  for (const { records } of groups)
    yield* paused(
      everyInSteps(records.length, (at) => {
        const record = records[at];
        return record !== undefined && ids.push(record.id) > 0;
      }),
    );
  if (groups.length < 2) return ids;
  const places = yield* paused(orderOfHashesInSteps(ids));
  return (yield* paused(madeInSteps(places.length, (at) => ids[places[at] ?? -1]))).filter((id) => id !== undefined);
}

/** The root over all ids is that of the batch, proven by then, when one whole batch is all there is. */
function* rootOf(
  groups: readonly AttestedRecords[],
  ids: readonly RecordId[],
  hashInto: HashInto | undefined,
): Steps<string> {
  const [only] = groups;
  const isWhole = groups.length === 1 && only !== undefined && only.signed.attestation.size === ids.length;
  return isWhole ? only.signed.attestation.root : yield* paused(rootOfIdsInSteps(ids, hashInto));
}

/** B19: each keeps the rules of §3; the order tells that none is there twice. */
function readCards(bytes: readonly Uint8Array[], issuer: AgencyId): ReadonlyMap<AgencyId, PartnerCard> {
  const cards = bytes.map(parseCard);
  const isInOrder = isAscending(cards.map(({ agencyId }) => agencyId));
  if (!isInOrder || cards.some(({ agencyId }) => agencyId === issuer)) throw malformed('B19');
  return new Map(cards.map((card) => [card.agencyId, card]));
}

/** B19: nobody else's. */
function refuseStrayCards(cards: ReadonlyMap<AgencyId, PartnerCard>, groups: readonly AttestedRecords[]): void {
  const authors = new Set(groups.map(({ signed }) => signed.attestation.author));
  for (const agency of cards.keys()) if (!authors.has(agency)) throw malformed('B19');
}

type Vouching = {
  readonly issuer: PartnerCard;
  readonly cards: ReadonlyMap<AgencyId, PartnerCard>;
  readonly tools: OpenTools;
};

/** A3–A5, B15, B17. */
function* vouch(
  groups: readonly AttestedRecords[],
  vouching: Vouching,
): Steps<Pick<VerifiedBundle, 'records' | 'unvouched' | 'attestations'>> {
  const records: ReceivedRecord[][] = [];
  const unvouched: UnvouchedRecord[] = [];
  const attestations: ReceivedAttestation[] = [];
  for (const group of groups) {
    const { author } = group.signed.attestation;
    const found = keyOf(group.signed, vouching);
    if (typeof found === 'string') {
      yield* paused(refuseUnprovenInSteps(group, vouching.tools.hashInto));
      for (const { id, record } of group.records)
        unvouched.push({ id, author, kind: record.kind, rule: 'B17', refusal: found });
      continue;
    }
    const { publicKey, ...by } = found;
    const proven = yield* paused(verifyAttestedInSteps(group, publicKey, vouching.tools.hashInto));
    records.push(by.vouchedBy === undefined ? proven : proven.map((one) => ({ ...one, ...by })));
    const isWhole = group.records.length === group.signed.attestation.size;
    attestations.push({
      signed: group.signed,
      ...by,
      ...(isWhole && { leaves: yield* paused(madeInSteps(proven.length, (at) => idAt(proven, at))) }),
    });
  }
  const [only = []] = records;
  return { records: records.length < 2 ? only : records.flat(), unvouched, attestations };
}

function idAt(records: readonly ReceivedRecord[], at: number): RecordId {
  const record = records[at];
  if (record === undefined) throw new RangeError('no such record');
  return record.id;
}

/** Work with pauses that has nothing to tell. */
function* paused<T>(work: Generator<void, T, undefined>): Steps<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    yield { kind: 'pause' };
  }
}

type ProvenBy = { readonly publicKey: Uint8Array; readonly vouchedBy?: AgencyId };

/** B17: the key that has to have made this attestation, or how its records are refused. */
function keyOf(signed: SignedAttestation, { issuer, cards, tools }: Vouching): ProvenBy | 'X1' | 'X2' {
  const { author } = signed.attestation;
  const known = tools.knownAgency(author);
  const came = cards.get(author);
  if (known?.trust === 'revoked') return 'X2';
  if (known?.trust === 'confirmed') {
    if (known.card.agencyId !== author) throw unproven();
    const isContinued = came !== undefined && continues(known.card, came);
    return keyIn(isContinued ? [known.card, came] : [known.card], signed, tools);
  }
  if (came === undefined) return known === undefined ? 'X1' : 'X2';
  const found = keyIn([came], signed, tools);
  return found === 'X2' ? found : { ...found, vouchedBy: issuer.agencyId };
}

/** K16–K18: of the first card that has it; a revoked key counts for nothing that was not here before. */
function keyIn(
  cards: readonly PartnerCard[],
  signed: SignedAttestation,
  { isKept }: OpenTools,
): { readonly publicKey: Uint8Array } | 'X2' {
  const found = cards.flatMap((card) => keyFor(card, signed.attestation.kid) ?? []);
  const [first] = found;
  if (first === undefined) throw unproven();
  const isRevoked = found.some(({ revokedIn }) => revokedIn !== undefined);
  return isRevoked && isKept?.(signed) !== true ? 'X2' : { publicKey: first.publicKey };
}

/** K19: a longer history that contains the key set which is held. */
function continues(held: PartnerCard, came: PartnerCard): boolean {
  const version = held.keySet.version;
  const contained = came.chain[version - 1];
  return (
    came.keySet.version > version && contained !== undefined && canonicalText(contained) === canonicalText(held.keySet)
  );
}

/** B22–B24. */
function approvalsOf(manifest: Manifest, issuer: PartnerCard, groups: readonly AttestedRecords[]): readonly KeyId[] {
  if (manifest.approvals.length === 0) return [];
  const approved = {
    audience: manifest.audience.map(({ agency }) => agency),
    content: contentHash(groups.flatMap(({ records }) => records)),
    issuer: manifest.issuer,
    legalBases: manifest.legalBases,
    purpose: manifest.purpose,
  };
  const keys = approvedBy(issuer.keySet, approved, manifest.approvals);
  if (keys === undefined) throw failure('bundle.bad-approval', { agency: manifest.issuer });
  return keys;
}

/** K22; a receipt needs none. */
function refuseTooFew({ kind, issuer }: Manifest, found: number, { approvalsRequired }: OpenTools): void {
  const required = kind === 'data' ? (approvalsRequired?.(issuer) ?? 0) : 0;
  if (found < required) throw failure('bundle.too-few-approvals', { agency: issuer, found, required });
}

function unproven(): ChirographError {
  return failure('bundle.unproven-record', { rule: 'A4' });
}

function malformed(rule: string): ChirographError {
  return failure('bundle.malformed', { rule });
}
