import { compareText, sha256, toHex } from '../crypto/hash.ts';
import type { HashText } from '../crypto/hash.ts';
import { isSignedBy } from '../crypto/signature.ts';
import type { AgencyId, RecordId } from '../domain/ids.ts';
import { failure } from '../errors.ts';
import { refuseUnproven, rootOfIds, verifyAttested } from '../records/attestation.ts';
import type { AttestedRecords, SignedAttestation, VerifiedRecord } from '../records/attestation.ts';
import { countWithheld } from '../records/redact.ts';
import { parseBody } from './body.ts';
import type { PartnerCard } from './card.ts';
import { parseFrame } from './frame.ts';
import type { Frame } from './frame.ts';
import { manifestHashOf } from './manifest.ts';
import type { Manifest } from './manifest.ts';

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
  /** A faster hash where there is one. */
  readonly hashText?: HashText;
};

/** B17: a record of a third author whose card we have not confirmed. It is proven complete, not who said it. */
type UnvouchedRecord = { readonly id: RecordId; readonly author: AgencyId; readonly rule: 'B17' };

declare const verified: unique symbol;

/** Only openBundle makes one, so a function that takes one never sees an unproven byte. */
export type VerifiedBundle = {
  readonly [verified]: true;
  readonly manifest: Manifest;
  readonly manifestHash: string;
  readonly issuer: PartnerCard;
  readonly records: readonly VerifiedRecord[];
  readonly unvouched: readonly UnvouchedRecord[];
  /** Of the verified records, in the order of the body. */
  readonly attestations: readonly SignedAttestation[];
};

/**
 * Opens the inner bytes of a bundle in the order of docs/formats/bundle.md §9 and throws at the first rule that fails. Replays, gaps and
 * forks (B8) are not seen here: they need the reader's own streams.
 */
export function openBundle(inner: Uint8Array, tools: OpenTools): VerifiedBundle {
  const frame = parseFrame(inner);
  const { manifest } = frame;
  const issuer = verifyIssuer(frame, tools);
  if (!manifest.audience.some(({ agency }) => agency === tools.us)) throw failure('bundle.not-for-us', {});
  refuseExpired(manifest, tools.now);
  const body = verifiedBody(frame, tools);
  const groups = [...parseBody(body, tools.hashText)];
  const vouched = vouch(groups, tools);
  refuseWrongContents(manifest, groups);
  return { manifest, manifestHash: manifestHashOf(frame.manifestBytes), issuer, ...vouched } as VerifiedBundle;
}

/** B9: before a byte of the body is looked at. */
function verifyIssuer({ manifest, manifestBytes, signature }: Frame, { knownAgency }: OpenTools): PartnerCard {
  const agency = manifest.issuer;
  const known = knownAgency(agency);
  if (known === undefined || known.card.agencyId !== agency) throw failure('bundle.unknown-signer', { agency });
  if (known.trust === 'unconfirmed') throw failure('bundle.unconfirmed-signer', { agency });
  if (known.trust === 'revoked') throw failure('bundle.revoked-signer', { agency });
  const isOurs = manifest.kid === known.card.kid;
  if (!isOurs || !isSignedBy('chirograph/bundle/v1', manifestBytes, signature, known.card.publicKey)) {
    throw failure('bundle.bad-signature', { agency });
  }
  return known.card;
}

/** B11. An instant that is no date is over. */
function refuseExpired({ notAfter }: Manifest, now: string): void {
  const isInTime = Date.parse(now) <= Date.parse(notAfter) + GRACE;
  if (!isInTime) throw failure('bundle.expired', { notAfter });
}

/** B4, B13. */
function verifiedBody({ manifest, storedBody, padding }: Frame, { decompress }: OpenTools): Uint8Array {
  const { encoding, size, sha256: hash } = manifest.body;
  if (!padding.every((byte) => byte === 0)) throw failure('bundle.damaged', { rule: 'B4' });
  if (toHex(sha256(storedBody)) !== hash) throw failure('bundle.damaged', { rule: 'B13' });
  if (encoding === 'none') return storedBody;
  try {
    const body = decompress(storedBody, size);
    if (body.length === size) return body;
  } catch (error) {
    throw failure('bundle.malformed', { rule: 'B13' }, error);
  }
  throw failure('bundle.malformed', { rule: 'B13' });
}

/** B12, B14, B16. */
function refuseWrongContents({ counts, recordsRoot }: Manifest, groups: readonly AttestedRecords[]): void {
  const records = groups.flatMap((group) => group.records);
  const ids = [...new Set(records.map(({ id }) => id))].toSorted(compareText);
  if (ids.length !== records.length) throw failure('bundle.malformed', { rule: 'B14' });
  const withheldClaims = records.reduce((sum, { record }) => sum + countWithheld(record), 0);
  const isCounted =
    counts.records === records.length &&
    counts.attestations === groups.length &&
    counts.withheldClaims === withheldClaims;
  if (!isCounted) throw failure('bundle.malformed', { rule: 'B12' });
  if (rootOfIds(ids) !== recordsRoot) throw failure('bundle.malformed', { rule: 'B16' });
}

/** A3–A5, B15, B17. */
function vouch(
  groups: readonly AttestedRecords[],
  { knownAgency }: OpenTools,
): Pick<VerifiedBundle, 'records' | 'unvouched' | 'attestations'> {
  const records: VerifiedRecord[][] = [];
  const unvouched: UnvouchedRecord[] = [];
  const attestations: SignedAttestation[] = [];
  for (const group of groups) {
    const { author, kid } = group.signed.attestation;
    const known = knownAgency(author);
    if (known?.trust === 'confirmed') {
      if (known.card.agencyId !== author || known.card.kid !== kid)
        throw failure('bundle.unproven-record', { rule: 'A4' });
      records.push(verifyAttested(group, known.card.publicKey));
      attestations.push(group.signed);
    } else {
      refuseUnproven(group);
      for (const { id } of group.records) unvouched.push({ id, author, rule: 'B17' });
    }
  }
  return { records: records.flat(), unvouched, attestations };
}
