import { hash } from 'node:crypto';
import { z } from 'zod';
import { canonicalBytes } from '../../src-shared/crypto/canonical.ts';
import { toHex } from '../../src-shared/crypto/hash.ts';
import { Cells } from './columns.ts';
import { readEach } from './connection.ts';
import type { ReadDb } from './connection.ts';

/**
 * The content of the head as stores of schema 1 had it (docs/formats/vault.md V77), for their migration only: it is compared before anything
 * is changed. Tables and columns are those of schema 1, in the order in which they were written down there.
 */
const TABLES_V1: { readonly [table: string]: readonly string[] } = {
  attestations: ['id', 'author', 'kid', 'size', 'root', 'body'],
  batches: ['id', 'kind', 'at', 'actor', 'extended', 'erased', 'undone_at'],
  manifests: ['direction', 'agency', 'manifest', 'epoch', 'sequence', 'bundle', 'verdict', 'at'],
  partners: ['agency', 'name', 'country', 'is_sample', 'card', 'state', 'added_at', 'confirmation', 'revoked_at'],
  quarantine: ['manifest', 'issuer', 'epoch', 'sequence', 'records', 'received_at', 'bytes'],
  receipts: ['manifest', 'partner', 'sequence', 'accepted', 'known', 'held', 'refused', 'at'],
  release_items: ['release', 'partner', 'subject', 'record', 'withheld'],
  release_recipients: ['release', 'partner', 'sequence'],
  releases: ['id', 'bundle', 'manifest', 'case_id', 'purpose', 'legal_bases', 'at', 'actor'],
  settings: ['name', 'value'],
  streams: ['direction', 'agency', 'epoch', 'sequence', 'manifest'],
  tombstones: ['id', 'author', 'subject', 'by'],
};
const MODULUS = 1n << 256n;
const ROWS_A_SLICE = 2000;

const RecordRow = z.object({ id: z.instanceof(Uint8Array), state: z.string(), body: z.string() });

/**
 * V77: the sum of SHA-256(key ‖ element) over every record and row of a store of schema 1, lower-case hex. O(store). Nobody else may use the
 * connection while `pause` is awaited.
 */
export async function contentV1(db: ReadDb, headKey: Uint8Array, pause: () => Promise<void>): Promise<string> {
  let sum = 0n;
  let rows = 0;
  const add = (element: Uint8Array): void => {
    sum = (sum + BigInt(`0x${toHex(sha256(headKey, element))}`)) % MODULUS;
  };
  for (const { id, state, body } of readEach(db, RecordRow, 'SELECT id, state, body FROM records')) {
    add(sha256(Uint8Array.of(0), id, sha256(Buffer.from(body)), Buffer.from(state)));
    rows += 1;
    if (rows % ROWS_A_SLICE === 0) await pause();
  }
  for (const [table, columns] of Object.entries(TABLES_V1)) {
    for (const row of readEach(db, Cells, `SELECT ${columns.join(', ')} FROM ${table}`)) {
      const values = columns.map((column) => cellOf(row[column] ?? null));
      add(sha256(Uint8Array.of(1), canonicalBytes([table, ...values])));
    }
  }
  return sum.toString(16).padStart(64, '0');
}

function cellOf(value: z.infer<typeof Cells>[string]): unknown {
  return value instanceof Uint8Array ? { bytes: toHex(sha256(value)) } : value;
}

function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  return hash('sha256', Buffer.concat(parts), 'buffer');
}
