import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { encodeCard } from '../../src-shared/bundle/card.ts';
import type { PartnerCard } from '../../src-shared/bundle/card.ts';
import { encodeBundle } from '../../src-shared/bundle/encode-bundle.ts';
import type { EncodedBundle, ManifestDraft, ReleasedGroup } from '../../src-shared/bundle/encode-bundle.ts';
import type { OpenTools } from '../../src-shared/bundle/open-bundle.ts';
import { sha256, toBytes } from '../../src-shared/crypto/hash.ts';
import type { RandomBytes } from '../../src-shared/crypto/hash.ts';
import { sign, signingKeys } from '../../src-shared/crypto/signature.ts';
import type { Sign } from '../../src-shared/crypto/signature.ts';
import { FileHash, RecordId, SubjectId } from '../../src-shared/domain/ids.ts';
import type { AgencyId } from '../../src-shared/domain/ids.ts';
import type { Handling, RecordKind, Source } from '../../src-shared/domain/record.ts';
import { PartialDate } from '../../src-shared/domain/partial-date.ts';
import { ChirographError } from '../../src-shared/errors.ts';
import { attest } from '../../src-shared/records/attestation.ts';
import type { ParsedRecord } from '../../src-shared/records/parse-record.ts';
import { sealRecord } from '../../src-shared/records/seal-record.ts';
import type { ClaimDraft, RecordDraft } from '../../src-shared/records/seal-record.ts';

/** An invented agency with fixed keys, for tests of everything that is signed or sealed. */
export type TestAgency = {
  readonly id: AgencyId;
  readonly card: PartnerCard;
  readonly sign: Sign;
  readonly publicKey: Uint8Array;
  /** age identity and recipient, made once by age-keygen for these tests only */
  readonly identity: string;
  readonly recipient: string;
};

export const northmark = testAgency(
  'Northmark Agency',
  'NL',
  'AGE-SECRET-KEY-1VYSULAZ9EG80J4U06U7USX3V2M0SSQEM3U6ER46S9H3PEDC65EKS6DWETU',
  'age1fqrv5qsn5plkeyae0r6drl59ymzhtlews9l5qap5350rlnhjpyss5lh9my',
);
export const southmark = testAgency(
  'Southmark Agency',
  'ES',
  'AGE-SECRET-KEY-1JM5WARXD7CT892M73D327H7NRKEKDYN3LKS0EHC5AXSEU7J482SSD2WRVJ',
  'age158uv7mren0ypf64lujdkw6m6as9tzwuqly0qsf3f83sh980nv4qqkfsqea',
);
export const eastmark = testAgency(
  'Eastmark Agency',
  'RO',
  'AGE-SECRET-KEY-1UTVLDDCEJX0SFUEP00YC8K2ETFFQ95JVC6QALNQYW8FW0R79NFKSYVFVPQ',
  'age1ayrytq5x7htw6ss7ggkjt4lqmuec524em68dnhj77fguelel9cqq7wq0k2',
);

/** Bytes that are the same in every run: SHA-256 in counter mode over a seed. */
export function seededBytes(seed: string): RandomBytes {
  let counter = 0;
  return (length) => {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at += 32) {
      bytes.set(sha256(toBytes(`${seed} ${counter}`)).subarray(0, length - at), at);
      counter += 1;
    }
    return bytes;
  };
}

export function subject(number: number): SubjectId {
  return SubjectId.parse(`01990000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`);
}

export function recordIdOf(number: number): RecordId {
  return RecordId.parse(number.toString(16).padStart(64, '0'));
}

export const amber: Handling = {
  tlp: 'TLP:AMBER',
  codes: ['H1'],
  purposes: ['anti-trafficking'],
  legalBases: ['test-basis'],
};
const informed: Source = {
  reference: 'invented source 7',
  grade: { scheme: 'europol-4x4', source: 'B', information: '2' },
  basis: 'fact',
};

/** A person record with these claims; every person is somebody else. */
export function personDraft(
  number: number,
  claims: readonly ClaimDraft[] = [{ property: 'name', value: `Invented Person ${number}` }],
  author: TestAgency = northmark,
): Extract<RecordDraft, { kind: 'entity' }> {
  return {
    kind: 'entity',
    type: 'person',
    commitment: 'claims',
    subject: subject(number),
    author: author.id,
    created: '2026-03-01T09:30:00.000Z',
    supersedes: [],
    handling: amber,
    source: informed,
    claims,
  };
}

/** One record of each kind. */
export const oneOfEach: { readonly [K in RecordKind]: RecordDraft & { readonly kind: K } } = {
  'entity': {
    ...statement('entity', 1),
    commitment: 'claims',
    type: 'person',
    source: informed,
    claims: [
      { property: 'name', value: 'Invented Person', validFrom: PartialDate.parse('1984-03~') },
      { property: 'alias', value: '\u0412\u044B\u0434\u0443\u043C\u0430\u043D\u043D\u0430\u044F' },
      { property: 'phone', value: '+447700900123' },
      { property: 'attribute', value: { name: 'Shoe size', value: '39' } },
    ],
  },
  'link': {
    ...statement('link', 2),
    commitment: 'claims',
    type: 'knows',
    source: { reference: 'invented source 8', basis: 'assessment' },
    from: subject(1),
    to: subject(3),
    directed: true,
    claims: [{ property: 'note', value: 'seen together' }],
  },
  'same': {
    ...statement('same', 4),
    commitment: 'claims',
    source: informed,
    from: subject(1),
    to: subject(3),
    claims: [{ property: 'reason', value: 'one telephone' }],
  },
  'not-same': {
    ...statement('not-same', 5),
    commitment: 'claims',
    source: informed,
    from: subject(1),
    to: subject(3),
    claims: [],
  },
  'retract': {
    ...statement('retract', 6),
    commitment: 'claims',
    targets: [recordIdOf(2), recordIdOf(1)],
    action: 'correct',
    claims: [{ property: 'reason', value: 'entered twice' }],
  },
  'case': {
    ...statement('case', 7),
    commitment: 'record',
    claims: [
      { property: 'title', value: 'Invented case' },
      { property: 'member', value: subject(1) },
      { property: 'member', value: subject(2) },
    ],
  },
  'chart': {
    ...statement('chart', 8),
    commitment: 'record',
    case: subject(7),
    claims: [
      { property: 'title', value: 'Overview' },
      { property: 'position', value: { subject: subject(1), x: 1.5, y: -2, pinned: true } },
    ],
  },
  'attachment': {
    ...statement('attachment', 9),
    commitment: 'claims',
    source: informed,
    file: { sha256: FileHash.parse('ab'.repeat(32)), size: 1234, type: 'application/pdf' },
    supports: [subject(3), subject(1)],
    claims: [
      { property: 'name', value: 'invented lease.pdf' },
      { property: 'note', value: 'found in an invented flat' },
    ],
  },
  'permission': {
    ...statement('permission', 10),
    commitment: 'claims',
    targets: [recordIdOf(2), recordIdOf(1)],
    recipients: [southmark.id],
    until: '2026-12-31',
    claims: [{ property: 'reason', value: 'joint investigation' }],
  },
};

function statement<K extends RecordKind>(kind: K, number: number) {
  const created = '2026-03-01T09:30:00.000Z';
  return { kind, subject: subject(number), author: northmark.id, created, supersedes: [], handling: amber };
}

export function sealed(draft: RecordDraft, seed = 'salt'): ParsedRecord {
  return sealRecord(draft, { randomBytes: seededBytes(`${seed} ${draft.subject}`) });
}

export function people(count: number, author: TestAgency = northmark): ParsedRecord[] {
  return Array.from({ length: count }, (_, i) => sealed(personDraft(i + 1, undefined, author), author.id));
}

/** A whole batch, attested by its author, ready for `encodeBundle`. */
export function wholeBatch(author: TestAgency, records: readonly ParsedRecord[]): ReleasedGroup {
  const { signed, leaves } = attest(
    records.map(({ id }) => id),
    author.id,
    author.card.kid,
    author.sign,
  );
  return { signed, leaves, records: records.map(({ id, record }) => ({ id, record, leaf: leaves.indexOf(id) })) };
}

export const dataDraft: Extract<ManifestDraft, { readonly kind: 'data' }> = {
  id: '01990000-0000-7000-8000-00000000beef',
  kind: 'data',
  issuer: northmark.id,
  kid: northmark.card.kid,
  audience: [{ agency: southmark.id, sequence: 1, previous: null }],
  epoch: 1,
  created: '2026-03-02T10:00:00.000Z',
  notAfter: '2026-06-02T10:00:00.000Z',
  purpose: 'joint investigation of an invented network',
  legalBases: ['test-basis'],
  handling: { tlp: 'TLP:AMBER' },
  withheldRecords: 0,
  acks: [],
};

export function compress(bytes: Uint8Array): Uint8Array {
  return zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 3 } });
}

function decompress(stored: Uint8Array, size: number): Uint8Array {
  return zstdDecompressSync(stored, { maxOutputLength: size });
}

/** Northmark sends these groups to Southmark. */
export function bundleOf(groups: readonly ReleasedGroup[], draft: ManifestDraft = dataDraft): EncodedBundle {
  return encodeBundle(draft, groups, { sign: northmark.sign, compress });
}

/** Southmark opens, knowing Northmark and itself. */
export const atSouthmark: OpenTools = openTools(southmark, [northmark]);

export function openTools(us: TestAgency, confirmed: readonly TestAgency[]): OpenTools {
  return {
    us: us.id,
    knownAgency: (id) => {
      const known = [us, ...confirmed].find((agency) => agency.id === id);
      return known && { card: known.card, trust: 'confirmed' };
    },
    now: '2026-03-03T08:00:00.000Z',
    decompress,
  };
}

/** `code rule` of the ChirographError that this throws, `none` if it does not; any other error is a bug and is thrown on. */
export function refusalOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return nameRefusal(error);
  }
  return 'none';
}

export async function refusalOfPromise(act: Promise<unknown>): Promise<string> {
  try {
    await act;
  } catch (error) {
    return nameRefusal(error);
  }
  return 'none';
}

function nameRefusal(error: unknown): string {
  if (!(error instanceof ChirographError)) throw error;
  return 'rule' in error.details ? `${error.code} ${error.details.rule}` : error.code;
}

function testAgency(name: string, country: string, identity: string, recipient: string): TestAgency {
  const { publicKey, secretKey } = signingKeys(sha256(toBytes(`test key of ${name}`)));
  const signAs: Sign = (label, body) => sign(label, body, secretKey);
  const card = encodeCard({ agency: { name, country, sample: true }, publicKey, sealing: [recipient] }, signAs);
  return { id: card.agencyId, card, sign: signAs, publicKey, identity, recipient };
}
