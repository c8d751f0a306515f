import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { encodeBundle } from '../../src-shared/bundle/encode-bundle.ts';
import type { ManifestDraft } from '../../src-shared/bundle/encode-bundle.ts';
import { parseCard } from '../../src-shared/bundle/card.ts';
import type { PartnerCard } from '../../src-shared/bundle/card.ts';
import { sealTo } from '../../src-shared/bundle/seal.ts';
import { sign, signingKeys } from '../../src-shared/crypto/signature.ts';
import type { Sign } from '../../src-shared/crypto/signature.ts';
import { RELEASE } from '../../src-shared/policy/rules.ts';
import type { RecordVerdict } from '../../src-shared/policy/plan-release.ts';
import { parseRecord } from '../../src-shared/records/parse-record.ts';
import { sealText } from '../../src-shared/records/seal-record.ts';
import { createHandlers } from '../../src-main/app/handlers.ts';
import { newAgency } from '../../src-main/app/new-agency.ts';
import { fastPayload } from '../../src-main/exchange/fast-payload.ts';
import { hashInto, hashText } from '../../src-main/exchange/native-hash.ts';
import { releaseContents } from '../../src-main/exchange/release-contents.ts';
import { compress } from '../../src-main/exchange/zstd.ts';
import { LEAST_KDF } from '../../src-main/vault/kdf.ts';
import type { Handlers } from '../../src-shared/contract/methods.ts';
import { drawRecords } from '../store/draw-records.ts';
import { eachLine, writeLines } from './lines.ts';

/** What both sides of the exchange benchmark work on: the records of one invented agency as lines, and the vault of another that awaits them. */

const PASSPHRASE = 'an invented exchange';
const VAULT = 'Receiving Unit';
const CREATED = '2026-03-01T12:00:00.000Z';

/** One file or folder of each, in the folder of the run. */
export const NAMES = {
  lines: 'records.ndjson',
  sender: 'sender.json',
  /** The first half of the records, and all of them as the bundle after it. */
  half: 'half.chiro',
  whole: 'whole.chiro',
  home: 'receiver',
} as const;

export type Sender = { readonly card: PartnerCard; readonly sign: Sign };

const SenderFile = z.strictObject({ seed: z.string(), card: z.string() });

/** Writes `size` records that one new agency says, as canonical lines. */
export async function drawLines(folder: string, size: number): Promise<Sender> {
  const agency = { name: 'Invented Sending Unit', country: 'XN', sample: false };
  const { secrets, card } = await newAgency(agency, bytes);
  writeFileSync(
    join(folder, NAMES.sender),
    JSON.stringify({ seed: Buffer.from(secrets.seed).toString('hex'), card: Buffer.from(card.bytes).toString('hex') }),
  );
  const lines: string[] = [];
  // three links an entity, and one entity in three is stated twice: 4.3 records an entity
  const entities = Math.ceil(size / 4.2);
  for (const draft of drawRecords({ entities, links: 3 * entities }, card.agencyId)) {
    lines.push(sealText({ ...draft, author: card.agencyId }, { randomBytes: bytes, hashText }).text);
  }
  // the cases come last and are kept: they are what a release begins with
  const cases = lines.filter((line) => line.includes('"kind":"case"'));
  const others = lines.filter((line) => !line.includes('"kind":"case"')).slice(0, size - cases.length);
  writeLines(join(folder, NAMES.lines), [...cases, ...others]);
  return senderIn(folder);
}

export function senderIn(folder: string): Sender {
  const { seed, card } = SenderFile.parse(JSON.parse(readFileSync(join(folder, NAMES.sender), 'utf8')));
  const { secretKey } = signingKeys(new Uint8Array(Buffer.from(seed, 'hex')));
  return {
    card: parseCard(new Uint8Array(Buffer.from(card, 'hex'))),
    sign: (label, body) => sign(label, body, secretKey),
  };
}

/** The records of the run as the policy hands them over when all of them may leave. */
export function verdictsIn(folder: string): RecordVerdict[] {
  const verdicts: RecordVerdict[] = [];
  for (const line of eachLine(join(folder, NAMES.lines))) {
    const { id, record } = parseRecord(new Uint8Array(line), hashText);
    verdicts.push({ id, record, verdict: RELEASE, claims: record.claims.map(() => RELEASE), conditions: [] });
  }
  return verdicts;
}

/** Attests, signs, encodes, compresses and seals, as `release.seal` does once the policy has judged. */
export async function createBundle(
  sender: Sender,
  receiver: PartnerCard,
  verdicts: readonly RecordVerdict[],
  place: { readonly sequence: number; readonly previous: string | null } = { sequence: 1, previous: null },
): Promise<{ readonly bytes: Uint8Array; readonly manifestHash: string }> {
  const { card } = sender;
  const us = { agency: card.agencyId, kid: card.kid, sign: sender.sign };
  const { groups } = releaseContents(verdicts, new Map(), us);
  const draft: ManifestDraft = {
    kind: 'data',
    id: `00000000-0000-4000-8000-${String(place.sequence).padStart(12, '0')}`,
    issuer: card.agencyId,
    kid: card.kid,
    audience: [{ agency: receiver.agencyId, ...place }],
    epoch: 1,
    created: CREATED,
    notAfter: '2036-03-01T12:00:00.000Z',
    purpose: 'an invented joint investigation',
    legalBases: ['untoc-27'],
    handling: { tlp: 'TLP:AMBER' },
    acks: [],
    withheldRecords: 0,
  };
  const { inner, manifestHash } = encodeBundle(draft, groups, { sign: sender.sign, compress, hashInto });
  return { bytes: await sealTo(receiver.keySet.sealing, inner, fastPayload), manifestHash };
}

/** A vault of another agency, in a home folder of its own, that has confirmed the sender's card. */
export async function makeReceiver(folder: string, sender: Sender): Promise<PartnerCard> {
  const home = join(folder, NAMES.home);
  mkdirSync(home);
  const handlers = application(home);
  await handlers['vault.create']({
    vault: VAULT,
    agency: 'Invented Receiving Unit',
    country: 'XR',
    user: 'Olga',
    passphrase: PASSPHRASE,
  });
  const { agency, words } = await handlers['partner.add']({ bytes: sender.card.bytes });
  await handlers['partner.confirm']({ agency, words, with: 'Ada', channel: 'telephone' });
  const card = parseCard((await handlers['partner.card']({})).bytes);
  await handlers['vault.lock']({});
  return card;
}

/** The receiver's application, its vault open. */
export async function openReceiver(home: string): Promise<Handlers> {
  const handlers = application(home);
  await handlers['vault.unlock']({ vault: VAULT, user: 'Olga', passphrase: PASSPHRASE });
  return handlers;
}

function application(home: string): Handlers {
  return createHandlers({
    home,
    kdf: LEAST_KDF,
    now: () => new Date(CREATED),
    randomBytes: bytes,
    emit: () => undefined,
    exit: () => undefined,
  });
}

function bytes(length: number): Uint8Array {
  return new Uint8Array(randomBytes(length));
}
