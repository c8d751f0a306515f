import { compareText, fromHex, hashHex } from '../crypto/hash.ts';
import type { HashInto, NewHash } from '../crypto/hash.ts';
import { subsetProof, subsetProofFromPaths } from '../crypto/merkle.ts';
import { orderOfHashes } from '../crypto/sort-hashes.ts';
import type { Sign } from '../crypto/signature.ts';
import type { AgencyId, RecordId } from '../domain/ids.ts';
import type { AnyRecord } from '../domain/record.ts';
import { failure } from '../errors.ts';
import { isAttestedHere, rootOfIdsInSteps, rootOfSomeInSteps } from '../records/attestation.ts';
import type { SignedAttestation } from '../records/attestation.ts';
import { recordBytes } from '../records/parse-record.ts';
import { countWithheld } from '../records/redact.ts';
import { runThrough } from '../crypto/steps.ts';
import { encodeBody } from './body.ts';
import type { EncodedGroup } from './body.ts';
import type { PartnerCard } from './card.ts';
import { writeFiles } from './files.ts';
import type { FileTools, LeavingFile, WrittenFiles } from './files.ts';
import { encodeFrame } from './frame.ts';
import { MAX_CARDS } from './limits.ts';
import { encodeManifest, manifestHashOf } from './manifest.ts';
import type { NewManifest } from './manifest.ts';
import { writeParts } from './write-parts.ts';
import type { PartedGroup } from './write-parts.ts';

/** A record that leaves, with what is withheld already replaced by hashes. `proof` is its audit path in hex. */
export type ReleasedRecord = {
  readonly id: RecordId;
  readonly record: AnyRecord;
  readonly leaf: number;
  readonly proof?: readonly string[];
};

/** Records under one attestation. Without `leaves` (the whole batch in leaf order) every record needs its `proof`. */
export type ReleasedGroup = {
  readonly signed: SignedAttestation;
  readonly leaves?: readonly RecordId[];
  readonly records: readonly ReleasedRecord[];
};

type Draft<M> = M extends NewManifest
  ? Omit<M, 'v' | 'approvals' | 'sent' | 'counts' | 'recordsRoot' | 'body' | 'files'> & {
      /** None where nobody had to approve. */
      readonly approvals?: M['approvals'];
      readonly sent?: M['sent'];
      readonly withheldRecords: number;
    }
  : never;

/** A manifest without what follows from the records. Lists may be in any order. */
export type ManifestDraft = Draft<NewManifest>;

export type EncodeTools = {
  readonly sign: Sign;
  /** zstd; without it the body is stored as it is. */
  readonly compress?: (bytes: Uint8Array) => Uint8Array;
  /** A faster hash where there is one. */
  readonly hashInto?: HashInto;
  readonly newHash?: NewHash;
};

export type EncodedBundle = {
  readonly inner: Uint8Array;
  readonly manifest: NewManifest;
  readonly manifestBytes: Uint8Array;
  readonly manifestHash: string;
  /** Over the manifest bytes. */
  readonly signature: Uint8Array;
};

/**
 * Makes the inner bytes of a bundle (§6–§8), ready to be sealed. Nothing is read, nothing kept. Of `cards` those leave whose agency is the author of a
 * record here and not the issuer (B19). Each of `files` is named by a record here (B38).
 */
export function encodeBundle(
  draft: ManifestDraft,
  groups: readonly ReleasedGroup[],
  tools: EncodeTools,
  cards: readonly PartnerCard[] = [],
  files: readonly LeavingFile[] = [],
): EncodedBundle {
  return runThrough(encodeBundleInSteps(draft, groups, tools, cards, files));
}

/** The same with pauses, each telling how many records are written: whoever runs it lets others through, or stops there. */
export function* encodeBundleInSteps(
  draft: ManifestDraft,
  groups: readonly ReleasedGroup[],
  { sign, compress, hashInto, newHash }: EncodeTools,
  cards: readonly PartnerCard[] = [],
  files: readonly LeavingFile[] = [],
): Generator<number, EncodedBundle, undefined> {
  const leaving = cardsFor(draft.issuer, groups, cards);
  const proven: ProvenGroup[] = [];
  for (const group of groups) proven.push(yield* provenGroup(group, hashInto));
  const { encoding, stored, size } = yield* bodyOf(proven, leaving, compress);
  const { withheldRecords, approvals = [], ...said } = draft;
  const written = files.length === 0 ? undefined : yield* filesOf(groups, files, { compress, newHash });
  const manifest: NewManifest = {
    ...(said.kind === 'receipt' ? { ...said, v: 2, sent: said.sent ?? null } : { ...said, ...versionOf(written) }),
    approvals: approvals.toSorted((one, other) => compareText(one.kid, other.kid)),
    audience: said.audience.toSorted((one, other) => compareText(one.agency, other.agency)),
    acks: said.acks.toSorted((one, other) => compareText(one.agency, other.agency)),
    counts: countsOf(groups, withheldRecords),
    recordsRoot: yield* rootOf(groups, hashInto),
    body: { encoding, size, stored: stored.length, sha256: hashHex(stored, hashInto) },
  };
  const bytes = encodeManifest(manifest);
  const signature = sign('chirograph/bundle/v1', bytes);
  const inner = encodeFrame(manifest, bytes, signature, stored, written?.stored);
  return { inner, manifest, manifestBytes: bytes, manifestHash: manifestHashOf(bytes), signature };
}

/** B35: version 3 only where files come along. */
function versionOf(written: WrittenFiles | undefined) {
  return written === undefined
    ? ({ v: 2, sent: null } as const)
    : ({ v: 3, sent: null, files: written.facts } as const);
}

/** §8.2; the records are all written by then. */
function* filesOf(
  groups: readonly ReleasedGroup[],
  files: readonly LeavingFile[],
  { compress = (bytes) => bytes, ...tools }: FileTools & { readonly compress: EncodeTools['compress'] | undefined },
): Generator<number, WrittenFiles, undefined> {
  const records = groups.reduce((sum, group) => sum + group.records.length, 0);
  const writing = writeFiles(files, compress, tools);
  for (;;) {
    const step = writing.next();
    if (step.done === true) return step.value;
    yield records;
  }
}

type ProvenGroup = PartedGroup & { readonly records: readonly ReleasedRecord[] };
type EncodedBody = Pick<NewManifest['body'], 'encoding' | 'size'> & { readonly stored: Uint8Array };

/** In parts when they can be compressed (§8.1), else as it is. */
function* bodyOf(
  groups: readonly ProvenGroup[],
  cards: readonly Uint8Array[],
  compress: EncodeTools['compress'],
): Generator<number, EncodedBody, undefined> {
  if (compress !== undefined) return { encoding: 'parts', ...(yield* writeParts(groups, cards, compress)) };
  const stored = encodeBody(groups.map(wholeGroup), cards);
  return { encoding: 'none', size: stored.length, stored };
}

function wholeGroup({ signed, proof, records }: ProvenGroup): EncodedGroup {
  return {
    signed,
    proof,
    entries: inLeafOrder(records).map(({ leaf, record }) => ({ leaf, bytes: recordBytes(record) })),
  };
}

/** B19. */
function cardsFor(issuer: AgencyId, groups: readonly ReleasedGroup[], cards: readonly PartnerCard[]): Uint8Array[] {
  const authors = new Set(groups.map(({ signed }) => signed.attestation.author));
  authors.delete(issuer);
  const wanted = new Map(cards.filter(({ agencyId }) => authors.has(agencyId)).map((card) => [card.agencyId, card]));
  if (wanted.size > MAX_CARDS) throw failure('bundle.too-large', { rule: 'B19', limit: MAX_CARDS });
  return [...wanted.values()]
    .toSorted((one, other) => compareText(one.agencyId, other.agencyId))
    .map(({ bytes }) => bytes);
}

function countsOf(groups: readonly ReleasedGroup[], withheldRecords: number): NewManifest['counts'] {
  let records = 0;
  let withheldClaims = 0;
  for (const group of groups) {
    records += group.records.length;
    for (const { record } of group.records) withheldClaims += countWithheld(record);
  }
  return { records, attestations: groups.length, withheldClaims, withheldRecords };
}

/** B16; that of the batch when one whole batch is all there is. */
function* rootOf(
  groups: readonly ReleasedGroup[],
  hashInto: HashInto | undefined,
): Generator<number, string, undefined> {
  const [only] = groups;
  if (groups.length === 1 && only !== undefined && only.records.length === only.signed.attestation.size)
    return only.signed.attestation.root;
  const ids = groups.flatMap(({ records }) => records.map(({ id }) => id));
  return yield* paused(rootOfIdsInSteps(inOrderOf(orderOfHashes(ids), ids), hashInto));
}

/** The group, once its records are seen to be proven by its attestation. */
function* provenGroup(
  { signed, leaves, records }: ReleasedGroup,
  hashInto: HashInto | undefined,
): Generator<number, ProvenGroup, undefined> {
  if (isFresh(signed, leaves, records)) return { signed, proof: [], leaves: [], records };
  const { size, root } = signed.attestation;
  const ordered = inLeafOrder(records);
  const proof = proofOf(size, leaves, ordered, hashInto);
  const numbers = ordered.map(({ leaf }) => leaf);
  const ids = ordered.map(({ id }) => id);
  if ((yield* paused(rootOfSomeInSteps(size, numbers, ids, proof, hashInto))) !== root) {
    throw new Error('records were released under an attestation that does not prove them');
  }
  return { signed, proof, leaves: numbers, records };
}

/** A whole batch that this process just attested: its root was made from these very ids. */
function isFresh(
  { attestation }: SignedAttestation,
  leaves: readonly RecordId[] | undefined,
  records: readonly ReleasedRecord[],
): boolean {
  if (leaves === undefined || !isAttestedHere(leaves, attestation) || records.length !== leaves.length) return false;
  return (
    new Set(records.map(({ leaf }) => leaf)).size === leaves.length &&
    records.every(({ id, leaf }) => leaves[leaf] === id)
  );
}

function inLeafOrder(records: readonly ReleasedRecord[]): readonly ReleasedRecord[] {
  return records.toSorted((one, other) => one.leaf - other.leaf);
}

function inOrderOf<T>(order: Uint32Array, items: readonly T[]): T[] {
  return Array.from(order, (place) => items[place]).filter((item) => item !== undefined);
}

/** Work with pauses that has nothing to tell. */
function* paused<T>(work: Generator<void, T, undefined>): Generator<number, T, undefined> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    yield 0;
  }
}

/** A3: nothing for a whole batch, else the hashes of what is left out. */
function proofOf(
  size: number,
  leaves: readonly RecordId[] | undefined,
  ordered: readonly ReleasedRecord[],
  hashInto: HashInto | undefined,
): Uint8Array[] {
  if (ordered.length === size) return [];
  const numbers = ordered.map(({ leaf }) => leaf);
  if (leaves !== undefined) return subsetProof(leaves.map(fromHex), numbers, hashInto);
  return subsetProofFromPaths(
    size,
    numbers,
    ordered.map(({ proof }) => (proof ?? []).map(fromHex)),
  );
}
