import { zstdCompressSync } from 'node:zlib';
import { canonicalBytes } from '../../src-shared/crypto/canonical.ts';
import { fromHex, joinBytes, sha256, toBytes, toHex } from '../../src-shared/crypto/hash.ts';
import type { Sign } from '../../src-shared/crypto/signature.ts';
import { attest, rootOfIds } from '../../src-shared/records/attestation.ts';
import type { SignedAttestation } from '../../src-shared/records/attestation.ts';
import type { ParsedRecord } from '../../src-shared/records/parse-record.ts';
import { northmark, people, southmark } from '../support/bundle-samples.ts';
import type { TestAgency } from '../support/bundle-samples.ts';

/**
 * Bundles put together by hand from docs/formats/bundle.md, so that anything can be wrong with them and nothing else is. The product's encoders have no part in
 * it: they refuse to write what these tests need, and what is frozen must not change with them.
 */

export function u32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}

export function block(bytes: Uint8Array): Uint8Array {
  return joinBytes(u32(bytes.length), bytes);
}

export function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

export function replaced(bytes: Uint8Array, at: number, ...values: readonly number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(values, at);
  return copy;
}

/** B4. */
function padme(length: number): number {
  const exponent = Math.floor(Math.log2(length));
  const step = 2 ** (exponent - Math.floor(Math.log2(exponent)) - 1);
  return Math.ceil(length / step) * step;
}

/** §6. */
export function frame(said: Uint8Array, kid: string, signature: Uint8Array, stored: Uint8Array): Uint8Array {
  const parts = [toBytes('CHB1'), block(said), Uint8Array.of(0, 1), fromHex(kid), Uint8Array.of(0, 64)];
  const whole = joinBytes(...parts, signature, stored);
  return joinBytes(whole, new Uint8Array(padme(whole.length) - whole.length));
}

/** A group as it stands in a body. */
export type Group = {
  readonly signed: SignedAttestation;
  readonly hashes: readonly Uint8Array[];
  readonly entries: readonly { readonly leaf: number; readonly bytes: Uint8Array }[];
};

/** A whole batch of its author. */
export function batch(author: TestAgency, records: readonly ParsedRecord[]): Group {
  const { signed, leaves } = attest(
    records.map(({ id }) => id),
    author.id,
    author.card.kid,
    author.sign,
  );
  const entries = leaves.map((id, leaf) => ({ leaf, bytes: records.find((one) => one.id === id)?.bytes ?? sha256() }));
  return { signed, hashes: [], entries };
}

export function header({ signed, entries }: Group, change: object = {}): Uint8Array {
  return canonicalBytes({ ...signed, records: entries.length, ...change });
}

function groupBytes(group: Group): Uint8Array {
  const entries = group.entries.map(({ leaf, bytes }) => joinBytes(u32(leaf), block(bytes)));
  return joinBytes(block(header(group)), u32(group.hashes.length), ...group.hashes, ...entries);
}

/** §8, in the order given. */
export function body(groups: readonly Group[], cards: readonly Uint8Array[] = []): Uint8Array {
  return joinBytes(u32(cards.length), ...cards.map(block), u32(groups.length), ...groups.map(groupBytes));
}

/** A piece of a body in parts (§8.1). */
export function piece(bytes: Uint8Array, size = bytes.length): Uint8Array {
  const packed = zstdCompressSync(bytes);
  const isSmaller = packed.length < bytes.length;
  return joinBytes(u32(isSmaller ? packed.length : size), u32(size), isSmaller ? packed : bytes);
}

/** The three records that every bundle here is about, and Northmark's attestation of them. */
export const records: readonly ParsedRecord[] = people(3);
export const three: Group = batch(northmark, records);

/** What a manifest of Northmark to Southmark says, true of `three`. */
export const said = {
  acks: [],
  approvals: [],
  audience: [{ agency: southmark.id, previous: null, sequence: 1 }],
  counts: { attestations: 1, records: 3, withheldClaims: 0, withheldRecords: 0 },
  created: '2026-03-02T10:00:00.000Z',
  epoch: 1,
  handling: { tlp: 'TLP:AMBER' },
  id: '01990000-0000-7000-8000-00000000beef',
  issuer: northmark.id,
  kid: northmark.card.kid,
  kind: 'data',
  legalBases: ['test-basis'],
  notAfter: '2026-06-02T10:00:00.000Z',
  purpose: 'joint investigation of an invented network',
  recordsRoot: rootOfIds(records.map(({ id }) => id).toSorted()),
  sent: null,
  v: 2,
};

/** How a manifest tells of a stored body. */
export function stored(bytes: Uint8Array, encoding = 'none', size = bytes.length): object {
  return { encoding, sha256: toHex(sha256(bytes)), size, stored: bytes.length };
}

/** A frame around a manifest that says whatever it says, signed as if it were right. */
export function bundle(
  change: object = {},
  contents: Uint8Array = body([three]),
  sign: Sign = northmark.sign,
): Uint8Array {
  const manifest = { ...said, body: stored(contents), ...change };
  const bytes = canonicalBytes(manifest);
  const kid = 'kid' in manifest && typeof manifest.kid === 'string' ? manifest.kid : northmark.card.kid;
  return frame(bytes, kid, sign('chirograph/bundle/v1', bytes), contents);
}

/** The counts and the root that are true of these. */
export function truthOf(groups: number, of: readonly ParsedRecord[], withheldClaims = 0): object {
  const counts = { attestations: groups, records: of.length, withheldClaims, withheldRecords: 0 };
  return { counts, recordsRoot: rootOfIds(of.map(({ id }) => id).toSorted()) };
}
