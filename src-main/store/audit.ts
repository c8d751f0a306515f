import { z } from 'zod';
import { canonicalBytes, canonicalText } from '../../src-shared/crypto/canonical.ts';
import { fromHex, hashFor, toHex } from '../../src-shared/crypto/hash.ts';
import { HexColumn } from './columns.ts';
import { readAll, readOne, run } from './connection.ts';
import type { ReadDb, WriteDb } from './connection.ts';
import { ZERO_HASH } from './head.ts';
import { readHead } from './head-row.ts';
import type { AuditCheck, AuditDetails, AuditEntry, Head } from './types.ts';

const Details = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]));

const DetailsColumn = z.string().transform((text, context): AuditDetails => {
  const details = Details.safeParse(parseJson(text));
  if (details.success) return details.data;
  context.issues.push({ code: 'custom', input: text, message: 'V60' });
  return z.NEVER;
});

const AuditRow = z
  .object({
    seq: z.number(),
    at: z.string(),
    actor: z.string(),
    role: z.string(),
    action: z.string(),
    details: DetailsColumn,
    hash: HexColumn,
  })
  .transform(({ seq, hash, ...row }) => ({ entry: { sequence: seq, ...row }, hash }));

/** V60: adds the entry after the ones that `audit` counts; answers the new count and last hash. Only `write` calls it. */
export function appendAudit(tx: WriteDb, audit: Head['audit'], entry: Omit<AuditEntry, 'sequence'>): Head['audit'] {
  const numbered = { ...entry, sequence: audit.size + 1 };
  const hash = entryHash(audit.hash, numbered);
  run(
    tx,
    'INSERT INTO audit (seq, at, actor, role, action, details, hash) VALUES (?, ?, ?, ?, ?, ?, ?)',
    numbered.sequence,
    entry.at,
    entry.actor,
    entry.role,
    entry.action,
    canonicalText(entry.details),
    fromHex(hash),
  );
  return { size: numbered.sequence, hash };
}

export type LoggedEntry = AuditEntry & { readonly hash: string };

/** W7: enters a log again as far as its chain is unbroken, into a store that has none. Answers how far that is. */
export function continueLog(tx: WriteDb, log: readonly LoggedEntry[]): Head['audit'] {
  let audit: Head['audit'] = NO_AUDIT;
  for (const { hash, sequence, ...entry } of log) {
    if (sequence !== audit.size + 1 || entryHash(audit.hash, { ...entry, sequence }) !== hash) break;
    audit = appendAudit(tx, audit, entry);
  }
  return audit;
}

/** Newest first, those before `before`. */
export function auditEntries(db: ReadDb, page: { readonly before?: number; readonly limit: number }): AuditEntry[] {
  const before = page.before ?? Number.MAX_SAFE_INTEGER;
  return readAll(db, AuditRow, AUDIT_PAGE, before, page.limit).map((row) => row.entry);
}

export const AUDIT_PAGE = 'SELECT * FROM audit WHERE seq < ? ORDER BY seq DESC LIMIT ?';

/** How far the chain was recomputed: the last entry that is what it was. */
export type AuditChain = { readonly size: number; readonly hash: string };
export const NO_AUDIT: AuditChain = { size: 0, hash: ZERO_HASH };

/** V60: recomputes the chain and compares its end with the head. `firstBad` is the first entry that is not what it was. */
export function verifyAudit(db: ReadDb, onEntry?: (hash: string) => void): AuditCheck {
  let chain = NO_AUDIT;
  for (;;) {
    const further = continueChain(db, chain, onEntry);
    if (further.size === chain.size) break;
    chain = further;
  }
  return endOfChain(db, chain);
}

const AUDIT_FROM = 'SELECT * FROM audit WHERE seq > ? ORDER BY seq LIMIT 256';

/** The chain some entries further; the same when there is none, or when the next one is not what it was. `onEntry` gets the hash of each. */
export function continueChain(db: ReadDb, chain: AuditChain, onEntry?: (hash: string) => void): AuditChain {
  let { size, hash } = chain;
  for (const row of readAll(db, z.unknown(), AUDIT_FROM, size)) {
    const { data } = AuditRow.safeParse(row);
    if (data?.entry.sequence !== size + 1 || entryHash(hash, data.entry) !== data.hash) break;
    size = data.entry.sequence;
    hash = data.hash;
    onEntry?.(hash);
  }
  return { size, hash };
}

/** What a chain that goes no further says: whole when it ends where the head says. */
export function endOfChain(db: ReadDb, { size, hash }: AuditChain): AuditCheck {
  const { audit } = readHead(db);
  const isWhole = size === audit.size && hash === audit.hash && readAll(db, z.unknown(), AUDIT_FROM, size).length === 0;
  return isWhole ? { ok: true, entries: size } : { ok: false, entries: size, firstBad: Math.min(size, audit.size) + 1 };
}

const AtRow = z.object({ at: z.string() });

/** When the newest entry was made; undefined where there is none. */
export function lastEntryAt(db: ReadDb): string | undefined {
  return readOne(db, AtRow, 'SELECT at FROM audit ORDER BY seq DESC LIMIT 1')?.at;
}

/** V54: the log as it ends, whatever the head says of it. */
export function lastEntry(db: ReadDb): Head['audit'] {
  const end = readOne(db, EndRow, 'SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1');
  return end === undefined ? { size: 0, hash: ZERO_HASH } : { size: end.seq, hash: end.hash };
}

const EndRow = z.object({ seq: z.number(), hash: HexColumn });

/** Whether the log ends where the head says (V60): cheap, and enough to see a cut end or an old page. */
export function endsAsAnchored(db: ReadDb): boolean {
  const { audit } = readHead(db);
  const end = readOne(db, EndRow, 'SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1');
  return end?.seq === audit.size && end.hash === audit.hash;
}

const hashOfEntry = hashFor('chirograph/audit/v1');

function entryHash(previous: string, { sequence, ...entry }: AuditEntry): string {
  return toHex(hashOfEntry(fromHex(previous), canonicalBytes({ seq: sequence, ...entry })));
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
