import { z } from 'zod';
import { failure } from '../../src-shared/errors.ts';
import { readOne, run } from './connection.ts';
import type { ReadDb, WriteDb } from './connection.ts';
import type { Head } from './types.ts';

const HeadRow = z
  .object({
    sequence: z.number(),
    content: z.string(),
    audit_size: z.number(),
    audit_hash: z.string(),
    previous: z.string(),
  })
  .transform((row): Head => ({
    sequence: row.sequence,
    content: row.content,
    audit: { size: row.audit_size, hash: row.audit_hash },
    previous: row.previous,
  }));

/** The store's head (V50). Every store has one from its first moment. */
export function readHead(db: ReadDb): Head {
  const head = readOne(db, HeadRow, 'SELECT * FROM head WHERE id = 1');
  if (head === undefined) throw failure('vault.store-damaged', { rule: 'V50' });
  return head;
}

export function saveHead(tx: WriteDb, head: Head): void {
  run(
    tx,
    `INSERT INTO head (id, sequence, content, audit_size, audit_hash, previous) VALUES (1, ?1, ?2, ?3, ?4, ?5)
     ON CONFLICT (id) DO UPDATE SET sequence = ?1, content = ?2, audit_size = ?3, audit_hash = ?4, previous = ?5`,
    head.sequence,
    head.content,
    head.audit.size,
    head.audit.hash,
    head.previous,
  );
}
