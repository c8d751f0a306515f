import { z } from 'zod';
import { canonicalBytes, parseCanonical } from '../crypto/canonical.ts';
import { isAscending, sha256, toHex } from '../crypto/hash.ts';
import { AgencyId, KeyId, RecordId } from '../domain/ids.ts';
import { Tlp } from '../domain/marking.ts';
import { Instant, MAX_BUNDLED_BYTES, MAX_BUNDLED_FILES } from '../domain/record.ts';
import { failure } from '../errors.ts';
import { ListedSignature } from './key-set.ts';
import {
  MAX_APPROVALS,
  MAX_ATTESTATIONS,
  MAX_BODY_BYTES,
  MAX_LISTED_RECALLS,
  MAX_MANIFEST_BYTES,
  MAX_RECIPIENTS,
  MAX_STORED_FILES_BYTES,
} from './limits.ts';
import { MAX_RECORDS } from '../records/attestation.ts';

const VERSION = 3;
const MAX_COUNTER = 2 ** 31 - 1;

const Hash = z.string().regex(/^[0-9a-f]{64}$/);
const Uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
const Whole = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const Counter = z.number().int().min(0).max(MAX_COUNTER);
const Epoch = z.number().int().min(1).max(MAX_COUNTER);

/** B6: a day and a time that exist; otherwise nothing could be compared with it (B11, Q5). */
const RealInstant = Instant.refine((text) => {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString() === text;
});

/** B8: one stream of data bundles to one agency; a receipt has sequence 0 and no previous. */
const Addressee = z
  .strictObject({ agency: AgencyId, sequence: Counter, previous: Hash.nullable() })
  .refine(({ sequence, previous }) => (previous === null) === sequence <= 1);

const Acknowledgement = z.strictObject({ agency: AgencyId, epoch: Epoch, sequence: Counter.min(1), manifest: Hash });

const Rule = z.string().min(1).max(32);

const receiptFields = {
  manifest: Hash,
  sequence: Counter.min(1),
  accepted: Whole,
  known: Whole,
  held: Whole,
  refused: z
    .array(z.strictObject({ rule: Rule, count: Whole.min(1) }))
    .max(64)
    .refine((refused) => isAscending(refused.map(({ rule }) => rule))),
};
const FirstReceipt = z.strictObject(receiptFields);
/** What became of one bundle at its receiver, and of the withdrawals in it (B26); how far its log was (B33). */
const Receipt = z.strictObject({
  ...receiptFields,
  audit: z.strictObject({ root: Hash, size: Counter.min(1) }),
  pendingRecalls: z.array(RecordId).max(MAX_LISTED_RECALLS).refine(isAscending),
  recalls: z.strictObject({ applied: Whole, pending: Whole, refused: Whole }),
  refusedRecalls: z
    .array(z.strictObject({ record: RecordId, rule: Rule }))
    .max(MAX_LISTED_RECALLS)
    .refine((refused) => isAscending(refused.map(({ record }) => record))),
});

const bodyFields = { size: Whole.max(MAX_BODY_BYTES), stored: Whole.max(MAX_BODY_BYTES), sha256: Hash };

const fields = {
  id: Uuid,
  issuer: AgencyId,
  kid: KeyId,
  audience: z.array(Addressee).min(1).max(MAX_RECIPIENTS).refine(areAscendingAgencies),
  epoch: Epoch,
  created: RealInstant,
  notAfter: RealInstant,
  purpose: z.string().min(1).max(512),
  legalBases: z.array(z.string().min(1).max(64)).max(16),
  handling: z.strictObject({ tlp: Tlp }),
  counts: z.strictObject({
    records: Whole.max(MAX_RECORDS),
    attestations: Whole.max(MAX_ATTESTATIONS),
    withheldClaims: Whole,
    withheldRecords: Whole,
  }),
  recordsRoot: Hash,
  body: z.strictObject({ encoding: z.enum(['zstd', 'none']), ...bodyFields }),
  acks: z.array(Acknowledgement).max(MAX_RECIPIENTS).refine(areAscendingAgencies),
};

const FirstManifest = z.discriminatedUnion('kind', [
  z.strictObject({ ...fields, v: z.literal(1), kind: z.literal('data') }),
  z.strictObject({ ...fields, v: z.literal(1), kind: z.literal('receipt'), receipt: FirstReceipt }),
]);

const later = {
  ...fields,
  v: z.literal(2),
  body: z.strictObject({ encoding: z.enum(['parts', 'zstd', 'none']), ...bodyFields }),
  approvals: z
    .array(ListedSignature)
    .max(MAX_APPROVALS)
    .refine((approvals) => isAscending(approvals.map(({ kid }) => kid))),
};
const SentHead = z.strictObject({ epoch: Epoch, manifest: Hash, sequence: Counter.min(1) });
const LaterManifest = z.discriminatedUnion('kind', [
  z.strictObject({ ...later, kind: z.literal('data'), sent: z.null() }),
  z.strictObject({ ...later, kind: z.literal('receipt'), sent: SentHead.nullable(), receipt: Receipt }),
]);
type LaterManifest = z.infer<typeof LaterManifest>;

/** What the issuer says of the files behind the body (B35, B36). */
const FilesFacts = z.strictObject({
  count: Whole.min(1).max(MAX_BUNDLED_FILES),
  sha256: Hash,
  size: Whole.max(MAX_BUNDLED_BYTES),
  stored: Whole.min(1).max(MAX_STORED_FILES_BYTES),
});
export type FilesFacts = z.infer<typeof FilesFacts>;
const ManifestWithFiles = z.strictObject({
  ...later,
  v: z.literal(3),
  kind: z.literal('data'),
  sent: z.null(),
  files: FilesFacts,
});

/** B18: of a version 1 what it does not say is empty, and `recalls` and `audit` are null: it says nothing of withdrawals, nor of a log. */
type Read<M> = M extends { readonly receipt: infer R }
  ? Omit<M, 'v' | 'receipt'> & {
      readonly v: 1 | 2;
      readonly files?: undefined;
      readonly receipt: Omit<R, 'recalls' | 'audit'> & {
        readonly recalls: z.infer<typeof Receipt>['recalls'] | null;
        readonly audit: z.infer<typeof Receipt>['audit'] | null;
      };
    }
  : M extends LaterManifest
    ? Omit<M, 'v'> & { readonly v: 1 | 2 | 3; readonly files?: FilesFacts }
    : never;

/** B6–B8, B18: what the issuer says of the bundle as a whole, and signs. docs/formats/bundle.md §7. */
export type Manifest = Read<LaterManifest>;
/** One that is written: of version 3 only where files come along (B35). */
export type NewManifest = LaterManifest | z.infer<typeof ManifestWithFiles>;

/** H(manifest bytes), hex: the name of a bundle in streams, receipts and ledgers (B7). */
export function manifestHashOf(bytes: Uint8Array): string {
  return toHex(sha256(bytes));
}

/** B6. Parses what came; says nothing about its signature. */
export function parseManifest(bytes: Uint8Array): Manifest {
  const value = parseCanonical(bytes, MAX_MANIFEST_BYTES, (rule) => failure('bundle.malformed', { rule }));
  const manifest = isOfVersion(value, 1) ? readFirst(value) : readLater(value);
  refuseContradictions(manifest);
  return manifest;
}

/** B6; throws `bundle.malformed` for a manifest that its readers would refuse. */
export function encodeManifest(manifest: NewManifest): Uint8Array {
  const bytes = canonicalBytes(manifest);
  parseManifest(bytes);
  return bytes;
}

function refuseContradictions(manifest: Manifest): void {
  const { audience, acks, body, issuer } = manifest;
  const agencies = new Set<string>(audience.map(({ agency }) => agency));
  const isConsistent =
    manifest.created <= manifest.notAfter &&
    !agencies.has(issuer) &&
    acks.every(({ agency }) => agencies.has(agency)) &&
    (body.encoding !== 'none' || body.size === body.stored);
  if (!isConsistent) throw failure('bundle.malformed', { rule: 'B6' });
  if (manifest.kind === 'data' ? !isInStreams(manifest) : !isOutsideStreams(manifest)) {
    throw failure('bundle.malformed', { rule: 'B8' });
  }
}

function isInStreams({ audience }: Manifest): boolean {
  return audience.every(({ sequence }) => sequence >= 1);
}

function isOutsideStreams({ audience, counts }: Manifest): boolean {
  return audience.length === 1 && audience[0]?.sequence === 0 && counts.records === 0;
}

function areAscendingAgencies(list: readonly { readonly agency: string }[]): boolean {
  return isAscending(list.map(({ agency }) => agency));
}

function isOfVersion(value: unknown, version: number): boolean {
  return typeof value === 'object' && value !== null && 'v' in value && value.v === version;
}

function readFirst(value: unknown): Manifest {
  const parsed = FirstManifest.safeParse(value);
  if (!parsed.success) throw failure('bundle.malformed', { rule: 'B6' });
  const manifest = parsed.data;
  if (manifest.kind === 'data') return { ...manifest, approvals: [], sent: null };
  const receipt = { ...manifest.receipt, audit: null, pendingRecalls: [], recalls: null, refusedRecalls: [] };
  return { ...manifest, approvals: [], sent: null, receipt };
}

function readLater(value: unknown): Manifest {
  refuseNewer(value);
  const parsed = (isOfVersion(value, 3) ? ManifestWithFiles : LaterManifest).safeParse(value);
  if (!parsed.success) throw failure('bundle.malformed', { rule: 'B6' });
  return parsed.data;
}

function refuseNewer(value: unknown): void {
  if (typeof value !== 'object' || value === null || !('v' in value)) return;
  const found = value.v;
  if (typeof found === 'number' && Number.isSafeInteger(found) && found > VERSION) {
    throw failure('bundle.newer-version', { found, supported: VERSION });
  }
}
