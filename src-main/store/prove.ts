import { z } from 'zod';
import { ChirographError } from '../../src-shared/errors.ts';
import { continueChain, endOfChain, NO_AUDIT } from './audit.ts';
import { readNumber } from './connection.ts';
import type { ReadDb } from './connection.ts';
import { readCounts } from './counts.ts';
import type { Finding, Proof, ProofStep } from './proof.ts';
import { proveContent } from './prove-content.ts';
import { indexedTables, proveIndexes } from './prove-indexes.ts';
import { proveProjection } from './prove-projection.ts';
import { translated } from './sqlite-errors.ts';
import { textTables } from './text-tables.ts';
import type { Store } from './store.ts';
import { beginWatch, endWatch, isRight } from './watch-content.ts';

/**
 * V90: the whole store, in steps of a few milliseconds, each of which leaves the connection as it found it: between two steps anybody may read and
 * write, but no step may run inside a transaction. Answers what it found; nothing when the store is whole. O(store).
 */
export function* proveStore(store: Store): Proof {
  const watch = beginWatch(store, store.headKey);
  const rows = (): number =>
    isRight(store, watch) ? watch.records : readNumber(store, 'SELECT count(*) AS n FROM records NOT INDEXED');
  try {
    const findings = [...(yield* readable('records', proveContent(store, watch)))];
    findings.push(...(yield* readable('audit', proveAudit(store))));
    for (const table of indexedTables(store)) {
      findings.push(...(yield* readable(table, proveIndexes(store, table, table === 'records' ? rows : undefined))));
    }
    findings.push(...(yield* readable('entities', proveProjection(store))));
    findings.push(...(yield* readable('entity_texts', proveTexts(store))));
    return findings;
  } finally {
    if (store.sqlite.open) endWatch(store);
  }
}

/** How many rows a whole proof will pass, about: what progress is measured against. Rows of records, then of their indexes, then subjects. */
export function proofSize(store: Store): number {
  const highest = (table: string): number => readNumber(store, `SELECT coalesce(max(rowid), 0) AS n FROM ${table}`);
  const { entities, links } = readCounts(store);
  return 2 * highest('records') + 3 * highest('subjects') + entities + links + highest('audit');
}

/** Runs a proof to its end at once. */
export function proveNow(store: Store): readonly Finding[] {
  const proof = proveStore(store);
  for (;;) {
    const { done, value } = proof.next();
    if (done === true) return value;
  }
}

function* proveAudit(db: ReadDb): Generator<ProofStep, readonly Finding[], undefined> {
  let chain = NO_AUDIT;
  for (;;) {
    const further = continueChain(db, chain);
    if (further.size === chain.size) break;
    chain = further;
    yield { stage: 'audit', rows: chain.size };
  }
  return endOfChain(db, chain).ok ? [] : [{ what: 'audit', where: 'audit', count: 1 }];
}

/** V93: the full text compares itself with what it indexes; the one step that grows with the store. */
function* proveTexts(db: ReadDb): Generator<ProofStep, readonly Finding[], undefined> {
  const findings: Finding[] = [];
  for (const name of textTables(db)) {
    if (!isTextWhole(db, name)) findings.push({ what: 'texts', where: name, count: 1 });
    yield { stage: 'texts', rows: 1 };
  }
  return findings;
}

function isTextWhole(db: ReadDb, name: string): boolean {
  try {
    translated(() => db.sqlite.exec(`INSERT INTO ${name} (${name}) VALUES ('integrity-check')`));
    return true;
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  }
}

/** What cannot be read is a finding, not the end of the proof. */
function* readable(
  where: string,
  proof: Generator<ProofStep, readonly Finding[], undefined>,
): Generator<ProofStep, readonly Finding[], undefined> {
  try {
    return yield* proof;
  } catch (error) {
    if (isDamage(error)) return [{ what: 'page', where, count: 1 }];
    throw error;
  }
}

/** Bytes that are not what was written, or rows in them that cannot be ours. */
export function isDamage(error: unknown): boolean {
  return (error instanceof ChirographError && error.code === 'vault.store-damaged') || error instanceof z.ZodError;
}
