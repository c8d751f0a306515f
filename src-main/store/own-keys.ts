import { z } from 'zod';
import { canonicalText } from '../../src-shared/crypto/canonical.ts';
import { KeyId } from '../../src-shared/domain/ids.ts';
import { readAll, readOne } from './connection.ts';
import type { ReadDb, WriteDb } from './connection.ts';
import { deleteRows, insertRow, replaceRow } from './truth.ts';
import { columnsOf } from './table-key.ts';

/** Our own cards, their secrets in boxes, officers' own keys, and changes that wait for signatures: docs/formats/vault.md V141–V145. */

/** A secret in a box (V10), for whoever has the key. */
export type BoxRow = { readonly nonce: Uint8Array; readonly box: Uint8Array };
export type KeyCardRow = { readonly version: number; readonly card: Uint8Array; readonly at: string };
export type OfficerKeyRow = BoxRow & {
  readonly slot: string;
  readonly user: string;
  readonly publicKey: Uint8Array;
  readonly at: string;
};
export type ProposalRow = BoxRow & {
  /** Hash of the key set that is proposed, hex. */
  readonly id: string;
  readonly version: number;
  /** The card as it will be, canonical JSON, without any signature. */
  readonly card: string;
  readonly signatures: readonly { readonly kid: KeyId; readonly signature: string }[];
  readonly actor: string;
  readonly reason: string;
  readonly at: string;
};

const Bytes = z.instanceof(Uint8Array);
const KeyCard = z.object({ version: z.number(), card: Bytes, at: z.string() });
const Succession = z.object({ version: z.number(), nonce: Bytes, box: Bytes });
const OfficerKey = z.object({
  slot: z.string(),
  user: z.string(),
  public_key: Bytes,
  nonce: Bytes,
  box: Bytes,
  at: z.string(),
});
const Signatures = z.array(z.strictObject({ kid: KeyId, signature: z.string() }));
const Proposal = z.object({
  id: z.string(),
  version: z.number(),
  card: z.string(),
  signatures: z.string().transform((text) => Signatures.parse(JSON.parse(text))),
  nonce: Bytes,
  box: Bytes,
  actor: z.string(),
  reason: z.string(),
  at: z.string(),
});

/** V142: our card of the highest version; undefined while it is the one in the header. */
export function latestKeyCard(db: ReadDb): KeyCardRow | undefined {
  return readOne(db, KeyCard, 'SELECT version, card, at FROM key_cards ORDER BY version DESC LIMIT 1');
}

/** V142: when each version of our keys from 2 on took effect. */
export function keyCards(db: ReadDb): KeyCardRow[] {
  return readAll(db, KeyCard, 'SELECT version, card, at FROM key_cards ORDER BY version');
}

/** V141: the successions from a version on, in order. */
export function successionsAfter(db: ReadDb, version: number): (BoxRow & { readonly version: number })[] {
  // a store of a schema without them, opened to be salvaged (salvage.md W13)
  if (columnsOf(db, 'key_successions').length === 0) return [];
  const sql = 'SELECT version, nonce, box FROM key_successions WHERE version > ? ORDER BY version';
  return readAll(db, Succession, sql, version);
}

/** V142: card and secrets of a version together. */
export function addKeyVersion(tx: WriteDb, { version, card, at }: KeyCardRow, { nonce, box }: BoxRow): void {
  insertRow(tx, 'key_cards', { version, card, at });
  insertRow(tx, 'key_successions', { version, nonce, box });
}

/** V137: what the old master key sealed is of no use under a new one. */
export function dropSuccessions(tx: WriteDb): void {
  for (const { version } of successionsAfter(tx, 0)) deleteRows(tx, 'key_successions', { version });
}

/** V143: officers' own keys, by user. */
export function officerKeys(db: ReadDb): OfficerKeyRow[] {
  const sql = 'SELECT slot, user, public_key, nonce, box, at FROM officer_keys ORDER BY user, slot';
  return readAll(db, OfficerKey, sql).map(officerKeyOf);
}

/** V143: the key of a slot; undefined when none was made. */
export function officerKey(db: ReadDb, slot: string): OfficerKeyRow | undefined {
  const sql = 'SELECT slot, user, public_key, nonce, box, at FROM officer_keys WHERE slot = ?';
  const row = readOne(db, OfficerKey, sql, slot);
  return row === undefined ? undefined : officerKeyOf(row);
}

export function saveOfficerKey(tx: WriteDb, { publicKey, ...row }: OfficerKeyRow): void {
  const { slot, user, nonce, box, at } = row;
  replaceRow(tx, 'officer_keys', { slot }, { slot, user, public_key: publicKey, nonce, box, at });
}

export function dropOfficerKey(tx: WriteDb, slot: string): void {
  deleteRows(tx, 'officer_keys', { slot });
}

/** V145: the change that waits for signatures, if one does. */
export function proposal(db: ReadDb): ProposalRow | undefined {
  const sql =
    'SELECT id, version, card, signatures, nonce, box, actor, reason, at FROM key_proposals ORDER BY at DESC LIMIT 1';
  return readOne(db, Proposal, sql);
}

export function saveProposal(tx: WriteDb, row: ProposalRow): void {
  const { id, version, card, nonce, box, actor, reason, at } = row;
  const signatures = canonicalText(row.signatures);
  replaceRow(tx, 'key_proposals', { id }, { id, version, card, signatures, nonce, box, actor, reason, at });
}

export function dropProposal(tx: WriteDb, id: string): void {
  deleteRows(tx, 'key_proposals', { id });
}

function officerKeyOf({ public_key, ...row }: z.infer<typeof OfficerKey>): OfficerKeyRow {
  return { ...row, publicKey: public_key };
}
