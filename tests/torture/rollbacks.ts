import { join } from 'node:path';
import type { Corpus, State } from './corpus.ts';
import { lay, makeCorpus, outcomeOf, truthOf } from './corpus.ts';
import { flipped, lastOf, newTally, note } from './flips.ts';
import type { Tally } from './flips.ts';
import { inTemporaryFolder } from './station.ts';

/**
 * V53, V96: old files, old pages, and damaged, cut or missing write-ahead logs, all of it authentic as far as page encryption can tell.
 * Each is noticed when the vault is opened, or changes nothing of what is read.
 */

export type RollbackTally = { readonly [what: string]: Tally };

/** `stride`: every so many bytes of a log one is flipped, and sixteen times as far apart its length is cut. 1 tries each of them. */
export async function rollBack(changes: number, stride: number): Promise<RollbackTally> {
  return inTemporaryFolder(async (folder) => {
    const corpus = await makeCorpus(join(folder, 'home'), changes);
    return {
      'old files': oldFiles(corpus),
      'old pages': oldPages(corpus),
      'logs gone or old': lostLogs(corpus),
      'flips in logs': logFlips(corpus, stride),
      'logs cut': logCuts(corpus, stride * 16),
    };
  });
}

const NOTICED: ReadonlySet<string> = new Set(['vault.rolled-back', 'vault.store-damaged']);
const NOTICED_OR_SAME: ReadonlySet<string> = new Set([...NOTICED, 'same']);

function oldFiles(corpus: Corpus): Tally {
  const tally = newTally();
  const last = lastOf(corpus.closed);
  const truth = truthOf(corpus, last);
  for (const old of corpus.closed.slice(0, -1)) {
    lay(corpus, { ...old, head: last.head });
    note(tally, outcomeOf(corpus, truth), `file of ${old.sequence} under head ${last.sequence}`, NOTICED);
    // a store ahead of its head is as wrong, unless it is exactly one ahead: that is a crash, and is mended (V53)
    lay(corpus, { ...last, head: old.head });
    const allowed = last.sequence === old.sequence + 1 ? NOTICED_OR_SAME : NOTICED;
    note(tally, outcomeOf(corpus, truth), `file of ${last.sequence} under head ${old.sequence}`, allowed);
  }
  return tally;
}

/** Every page in which two states differ, put from the older into the newer one. */
function oldPages(corpus: Corpus): Tally {
  const tally = newTally();
  const last = lastOf(corpus.closed);
  const truth = truthOf(corpus, last);
  for (const old of corpus.closed.slice(0, -1)) {
    // a page of the projection is no statement of anybody: the proof finds it, and rebuilding mends it
    for (const page of differing(old.database, last.database)) {
      const mixed = Buffer.from(last.database);
      old.database.copy(mixed, page.start, page.start, page.end);
      lay(corpus, { ...last, database: mixed });
      note(tally, outcomeOf(corpus, truth), `page at ${page.start} of ${old.sequence}`);
    }
  }
  return tally;
}

function lostLogs(corpus: Corpus): Tally {
  const tally = newTally();
  for (const [at, state] of corpus.running.entries()) {
    if (state.log === undefined || state.log.length === 0) continue;
    const truth = truthOf(corpus, state);
    lay(corpus, { ...state, log: undefined });
    note(tally, outcomeOf(corpus, truth), `no log at ${state.sequence}`, NOTICED);
    lay(corpus, { ...state, log: Buffer.alloc(0) });
    note(tally, outcomeOf(corpus, truth), `empty log at ${state.sequence}`, NOTICED);
    for (const old of corpus.running.slice(0, at)) {
      if (old.log === undefined || old.log.equals(state.log)) continue;
      lay(corpus, { ...state, log: old.log });
      note(tally, outcomeOf(corpus, truth), `log of ${old.sequence} at ${state.sequence}`, NOTICED);
    }
  }
  return tally;
}

function logFlips(corpus: Corpus, stride: number): Tally {
  const tally = newTally();
  eachLog(corpus, (state, log, truth) => {
    for (let at = 0; at < log.length; at += stride) {
      lay(corpus, { ...state, log: flipped(log, at, at % 8) });
      note(tally, outcomeOf(corpus, truth), `byte ${at} of the log at ${state.sequence}`, NOTICED_OR_SAME);
    }
  });
  return tally;
}

function logCuts(corpus: Corpus, stride: number): Tally {
  const tally = newTally();
  eachLog(corpus, (state, log, truth) => {
    for (let length = 0; length < log.length; length += stride) {
      lay(corpus, { ...state, log: log.subarray(0, length) });
      note(tally, outcomeOf(corpus, truth), `log at ${state.sequence} cut to ${length}`, NOTICED_OR_SAME);
    }
  });
  return tally;
}

/** The longest log of the corpus is the one with the most to lose. */
function eachLog(corpus: Corpus, work: (state: State, log: Buffer, truth: string) => void): void {
  const state = corpus.running.toSorted((one, other) => (one.log?.length ?? 0) - (other.log?.length ?? 0)).at(-1);
  if (state?.log !== undefined) work(state, state.log, truthOf(corpus, state));
}

function differing(old: Buffer, last: Buffer): { readonly start: number; readonly end: number }[] {
  const size = pageSize(last);
  return Array.from({ length: Math.floor(Math.min(old.length, last.length) / size) }, (_, i) => ({
    start: i * size,
    end: (i + 1) * size,
  })).filter(({ start, end }) => !old.subarray(start, end).equals(last.subarray(start, end)));
}

/** Bytes 16 and 17 of the file, which page encryption leaves as they are (https://www.sqlite.org/fileformat2.html §1.2). */
function pageSize(database: Buffer): number {
  const size = database.readUInt16BE(16);
  return size === 1 ? 65_536 : size;
}
