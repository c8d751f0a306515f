import { randomBytes as nodeRandomBytes, randomUUID } from 'node:crypto';
import { newAgency } from '../../src-main/app/new-agency.ts';
import { compress } from '../../src-main/exchange/zstd.ts';
import { parseCard } from '../../src-shared/bundle/card.ts';
import type { PartnerCard } from '../../src-shared/bundle/card.ts';
import { encodeBundle } from '../../src-shared/bundle/encode-bundle.ts';
import type { EncodedBundle, ReleasedGroup } from '../../src-shared/bundle/encode-bundle.ts';
import { sealTo } from '../../src-shared/bundle/seal.ts';
import { sign, signingKeys } from '../../src-shared/crypto/signature.ts';
import type { Sign } from '../../src-shared/crypto/signature.ts';
import { SubjectId } from '../../src-shared/domain/ids.ts';
import type { AgencyId } from '../../src-shared/domain/ids.ts';
import { attest } from '../../src-shared/records/attestation.ts';
import type { ParsedRecord } from '../../src-shared/records/parse-record.ts';
import { sealRecord } from '../../src-shared/records/seal-record.ts';
import type { RecordDraft } from '../../src-shared/records/seal-record.ts';
import { claimsOf } from './case-steps.ts';
import { handling, source } from './agency.ts';
import type { TestAgency } from './agency.ts';

/** A partner without the application: only its keys and the library, so that it can say what the application never would. */
export interface BarePartner {
  readonly id: AgencyId;
  readonly card: PartnerCard;
  readonly identity: string;
  person(said: Parameters<typeof claimsOf>[0], more?: object): ParsedRecord;
  say(draft: object): ParsedRecord;
  /** One attestation over the records, as their author makes it. */
  group(records: readonly ParsedRecord[]): ReleasedGroup;
  /** `cards`: of third authors, as they come along (bundle.md B19). */
  bundle(groups: readonly ReleasedGroup[], more?: object, cards?: readonly PartnerCard[]): EncodedBundle;
  /** Inner bytes, sealed to the agency that confirmed this partner. */
  seal(inner: Uint8Array): Promise<Uint8Array>;
  /** `bundle`, sealed to the agency that confirmed this partner. */
  sealed(groups: readonly ReleasedGroup[], more?: object): Promise<Uint8Array>;
}

export function randomBytes(length: number): Uint8Array {
  return new Uint8Array(nodeRandomBytes(length));
}

export function newSubjectId(): SubjectId {
  return SubjectId.parse(randomUUID());
}

/** A bare partner whose card is on the list of `at`, confirmed unless said otherwise. */
export async function barePartner(
  at: TestAgency,
  name = 'Crafted Office',
  trust: 'confirmed' | 'unverified' | 'unknown' = 'confirmed',
): Promise<BarePartner> {
  const { secrets, card } = await newAgency({ name, country: 'FR', sample: false }, randomBytes);
  if (trust !== 'unknown') {
    const added = await at.call('partner.add', { bytes: card.bytes });
    if (trust === 'confirmed')
      await at.call('partner.confirm', { agency: added.agency, words: added.words, with: 'Cleo', channel: 'phone' });
  }
  const theirs = parseCard((await at.call('partner.card', {})).bytes);
  const { secretKey } = signingKeys(secrets.seed);
  const signAs: Sign = (label, body) => sign(label, body, secretKey);
  const say = (draft: object): ParsedRecord =>
    sealRecord(
      {
        commitment: 'claims',
        supersedes: [],
        handling,
        subject: newSubjectId(),
        claims: [],
        author: card.agencyId,
        created: new Date().toISOString(),
        ...draft,
      } as unknown as RecordDraft,
      { randomBytes },
    );
  const bundle = (
    groups: readonly ReleasedGroup[],
    more: object = {},
    cards: readonly PartnerCard[] = [],
  ): EncodedBundle =>
    encodeBundle(
      {
        kind: 'data',
        id: randomUUID(),
        issuer: card.agencyId,
        kid: card.kid,
        audience: [{ agency: theirs.agencyId, sequence: 1, previous: null }],
        epoch: 1,
        created: new Date().toISOString(),
        notAfter: new Date(Date.now() + 1e9).toISOString(),
        purpose: 'test',
        legalBases: ['untoc-27'],
        handling: { tlp: 'TLP:AMBER' },
        acks: [],
        withheldRecords: 0,
        ...more,
      },
      groups,
      { sign: signAs, compress },
      cards,
    );
  return {
    id: card.agencyId,
    card,
    identity: secrets.identity,
    say,
    person: (said, more = {}) => say({ kind: 'entity', type: 'person', source, claims: claimsOf(said), ...more }),
    group(records) {
      const { signed, leaves } = attest(
        records.map(({ id }) => id),
        card.agencyId,
        card.kid,
        signAs,
      );
      return { signed, leaves, records: records.map(({ id, record }) => ({ id, record, leaf: leaves.indexOf(id) })) };
    },
    bundle,
    seal: (inner) => sealTo(theirs.card.keySet.sealing, inner),
    sealed: async (groups, more) => sealTo(theirs.card.keySet.sealing, bundle(groups, more).inner),
  };
}
