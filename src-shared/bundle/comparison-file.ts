import { z } from 'zod';
import { canonicalBytes, parseCanonical } from '../crypto/canonical.ts';
import { fromBase64url, toBase64url } from '../crypto/base64url.ts';
import { isAscending, portableHashInto, toBytes } from '../crypto/hash.ts';
import type { HashInto } from '../crypto/hash.ts';
import { paddedLength } from '../crypto/padding.ts';
import { isSignedBy, SIGNATURE_LENGTH } from '../crypto/signature.ts';
import type { Sign } from '../crypto/signature.ts';
import { AgencyId, KeyId, RecordId, SubjectId } from '../domain/ids.ts';
import { Instant } from '../domain/record.ts';
import { failure } from '../errors.ts';
import type { ChirographError } from '../errors.ts';
import type { KnownAgency } from './open-bundle.ts';
import { currentKeyFor } from './card.ts';
import { digestOf, MAX_DEPTH, rangeOf } from './comparison-tree.ts';

/** docs/formats/compare.md §3, §4: the files of a comparison. */

const MAGIC = toBytes('CHC1');
const START = 8;
const VERSION = 1;
export const MAX_STATEMENT_BYTES = 8 * 2 ** 20;
/** M12. */
export const MAX_LISTED_ENTRIES = 65_536;
const MAX_ENTRIES = 2 ** 32 - 1;

const Count = z.number().int().min(0).max(MAX_ENTRIES);
const Digest = z.string().regex(/^[0-9a-f]{64}$/);
const Listed = z.array(z.tuple([RecordId, Count])).max(MAX_LISTED_ENTRIES);
const common = {
  v: z.literal(VERSION),
  kind: z.literal('comparison'),
  issuer: AgencyId,
  kid: KeyId,
  audience: AgencyId,
  case: SubjectId,
  created: Instant,
  size: Count,
  digest: Digest,
  depth: z.number().int().min(0).max(MAX_DEPTH),
};
const Begun = z.strictObject({ ...common, round: z.literal(1), heads: z.string() });
const Answered = z.strictObject({
  ...common,
  round: z.literal([2, 3]),
  answers: Digest,
  ranges: z.array(Count).max(2 ** MAX_DEPTH),
  left: Count,
  ours: Listed,
  yours: Listed,
});
const Statement = z.discriminatedUnion('round', [Begun, Answered]);

/** M13. */
export type ComparisonStatement = z.infer<typeof Statement>;
export type BegunComparison = z.infer<typeof Begun>;
export type AnsweredComparison = z.infer<typeof Answered>;

/** M14: the inner bytes of a file, to be sealed. */
export function encodeComparison(statement: ComparisonStatement, sign: Sign): Uint8Array {
  const bytes = canonicalBytes(statement);
  if (bytes.length > MAX_STATEMENT_BYTES) throw malformed('M13');
  const inner = new Uint8Array(paddedLength(START + bytes.length + SIGNATURE_LENGTH));
  inner.set(MAGIC);
  new DataView(inner.buffer).setUint32(4, bytes.length);
  inner.set(bytes, START);
  inner.set(sign('chirograph/comparison/v1', bytes), START + bytes.length);
  return inner;
}

/** Who opens it, for what. */
export type ComparisonTools = {
  readonly us: AgencyId;
  readonly case: SubjectId;
  readonly knownAgency: (agency: AgencyId) => KnownAgency | undefined;
  readonly hashInto?: HashInto;
};

/** Opens inner bytes in the order of §4 and throws at the first rule that fails. */
export function openComparison(inner: Uint8Array, tools: ComparisonTools): ComparisonStatement {
  const { bytes, signature } = partsOf(inner);
  const statement = parseStatement(bytes);
  refuseUnsigned(statement, bytes, signature, tools);
  if (statement.audience !== tools.us) throw failure('bundle.not-for-us', {});
  if (statement.case !== tools.case) throw failure('compare.other-case', {});
  if (statement.round === 1 && !isTrue(statement, tools.hashInto)) throw malformed('M15');
  return statement;
}

/** M10: the nodes of file 1. */
export function headsOf({ heads }: BegunComparison): Uint8Array {
  const nodes = fromBase64url(heads);
  if (nodes === undefined) throw malformed('M13');
  return nodes;
}

/** As they stand in a file. */
export function headsText(nodes: Uint8Array): string {
  return toBase64url(nodes);
}

function partsOf(inner: Uint8Array): { readonly bytes: Uint8Array; readonly signature: Uint8Array } {
  refuseOtherMagic(inner);
  if (inner.length < START) throw malformed('M14');
  const length = new DataView(inner.buffer, inner.byteOffset, inner.byteLength).getUint32(4);
  if (length > MAX_STATEMENT_BYTES) throw malformed('M13');
  const end = START + length + SIGNATURE_LENGTH;
  if (inner.length < end || inner.length !== paddedLength(end)) throw malformed('M14');
  if (inner.subarray(end).some((byte) => byte !== 0)) throw malformed('M14');
  return { bytes: inner.subarray(START, START + length), signature: inner.subarray(START + length, end) };
}

function refuseOtherMagic(inner: Uint8Array): void {
  if (!MAGIC.subarray(0, 3).every((byte, i) => inner[i] === byte)) throw failure('compare.not-a-comparison', {});
  const found = (inner[3] ?? 0) - 0x30;
  if (found === VERSION) return;
  throw found >= 0 && found <= 9
    ? failure('compare.newer-version', { found, supported: VERSION })
    : failure('compare.not-a-comparison', {});
}

/** M13, without who may say it. */
function parseStatement(bytes: Uint8Array): ComparisonStatement {
  const value = parseCanonical(bytes, MAX_STATEMENT_BYTES, () => malformed('M13'));
  const version = z.looseObject({ v: z.number().int() }).safeParse(value).data?.v ?? 0;
  if (version > VERSION) throw failure('compare.newer-version', { found: version, supported: VERSION });
  const { data } = Statement.safeParse(value);
  if (data === undefined || data.issuer === data.audience || !isInForm(data)) throw malformed('M13');
  return data;
}

function isInForm(statement: ComparisonStatement): boolean {
  if (statement.round === 1) return fromBase64url(statement.heads)?.length === 32 * 2 ** statement.depth;
  const { depth, ranges, ours, yours } = statement;
  const listed = new Set(ranges);
  const isOrdered = ranges.every((range, i) => range < 2 ** depth && range > (ranges[i - 1] ?? -1));
  const areListed = (entries: AnsweredComparison['ours']): boolean =>
    isAscending(entries.map(([id]) => id)) && entries.every(([id]) => listed.has(rangeOf(id, depth)));
  const theirs = new Set(ours.map(([id]) => id));
  const isWithin = ours.length + yours.length <= MAX_LISTED_ENTRIES;
  return isOrdered && isWithin && areListed(ours) && areListed(yours) && !yours.some(([id]) => theirs.has(id));
}

/** K17: by a signing key of the current key set of the card that the reader holds. */
function refuseUnsigned(
  { issuer, kid }: ComparisonStatement,
  bytes: Uint8Array,
  signature: Uint8Array,
  { knownAgency }: ComparisonTools,
): void {
  const known = knownAgency(issuer);
  if (known === undefined) throw failure('bundle.unknown-signer', { agency: issuer });
  if (known.trust === 'unconfirmed') throw failure('bundle.unconfirmed-signer', { agency: issuer });
  if (known.trust === 'revoked') throw failure('bundle.revoked-signer', { agency: issuer });
  const key = currentKeyFor(known.card, kid);
  if (key === undefined || !isSignedBy('chirograph/comparison/v1', bytes, signature, key)) {
    throw failure('bundle.bad-signature', { agency: issuer });
  }
}

/** M15. */
function isTrue(statement: BegunComparison, hashInto: HashInto = portableHashInto): boolean {
  const { issuer, audience, size, digest } = statement;
  return (
    digestOf({ case: statement.case, agencies: [issuer, audience] }, size, headsOf(statement), hashInto) === digest
  );
}

function malformed(rule: string): ChirographError {
  return failure('compare.malformed', { rule });
}
