import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyAudit } from '../../src-main/store/audit.ts';
import { fingerprint } from '../../src-main/store/fingerprint.ts';
import { statusCounts } from '../../src-main/store/queries.ts';
import { findEntities } from '../../src-main/store/search.ts';
import { proveNow } from '../../src-main/store/prove.ts';
import { closeStore, openStore } from '../../src-main/store/store.ts';
import type { Store } from '../../src-main/store/store.ts';
import { storeKeys, storePlace } from '../../src-main/vault/open-vault.ts';
import { ChirographError } from '../../src-shared/errors.ts';
import { chanceOf } from './seeded.ts';
import { closeStation, FIRST_PASSPHRASE, makeStation, openStation, VAULT } from './station.ts';
import type { Station } from './station.ts';
import { edit, HANDLING, importRows, SOURCE } from './steps.ts';
import type { Memory } from './steps.ts';

/** A small vault in several states, and what happens when the files of one are mixed with those of another. */

export type State = {
  readonly sequence: number;
  readonly database: Buffer;
  /** The write-ahead log as a crash leaves it; none for a vault that was closed. */
  readonly log: Buffer | undefined;
  readonly head: Buffer;
};

export type Corpus = {
  readonly dir: string;
  readonly masterKey: Uint8Array;
  readonly vault: string;
  /** After each change, with its log beside it. */
  readonly running: readonly State[];
  /** The same vault, closed after each change. */
  readonly closed: readonly State[];
};

export type Outcome = 'same' | 'found by the proof' | 'SILENT' | `vault.${string}` | `BUG ${string}`;

/** Makes a vault whose changes touch every kind of page: entities, cases, links, edits of what is there. */
export async function makeCorpus(home: string, changes: number): Promise<Corpus> {
  await makeStation(home);
  const dir = join(home, VAULT);
  const closed: State[] = [];
  const running: State[] = [];
  const chance = chanceOf(changes);
  const memory: Memory = { made: [], passphrase: FIRST_PASSPHRASE };
  let keys: { masterKey: Uint8Array; vault: string } | undefined;
  for (let change = 0; change < changes; change += 1) {
    const station = await openStation(home, FIRST_PASSPHRASE);
    const { masterKey, vault } = station.session.vault;
    keys = { masterKey: masterKey.slice(), vault };
    for (let each = 0; each < 3; each += 1) {
      await act(station, change + each, chance, memory);
      running.push(stateOf(dir, sequenceOf(station)));
    }
    const sequence = sequenceOf(station);
    closeStation(station);
    closed.push(stateOf(dir, sequence));
  }
  if (keys === undefined) throw new Error('a corpus without changes');
  return { dir, ...keys, running, closed };
}

/** Puts the files of a state in the vault's folder. */
export function lay({ dir }: Corpus, { database, log, head }: Omit<State, 'sequence'>): void {
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'store.db'), database);
  writeFileSync(join(dir, 'head'), head);
  for (const name of ['store.db-wal', 'store.db-journal', 'head.new']) rmSync(join(dir, name), { force: true });
  if (log !== undefined) writeFileSync(join(dir, 'store.db-wal'), log);
}

/** What a whole state looks like to whoever reads it. */
export function truthOf(corpus: Corpus, state: State): string {
  lay(corpus, state);
  const store = open(corpus);
  try {
    return readingOf(store);
  } finally {
    closeStore(store);
  }
}

/**
 * Opens what lies in the folder and, if it opens, reads all of it. `found by the proof`: something else could be read, and the proof that begins
 * with every session (V90) says so. `SILENT`: nobody was told.
 */
export function outcomeOf(corpus: Corpus, truth: string): Outcome {
  let store: Store;
  try {
    store = open(corpus);
  } catch (error) {
    return codeOf(error);
  }
  try {
    const reading = readingOf(store);
    if (reading === truth) return 'same';
    return proveNow(store).length > 0 ? 'found by the proof' : 'SILENT';
  } catch (error) {
    return codeOf(error);
  } finally {
    closeQuietly(store);
  }
}

function open({ dir, masterKey, vault }: Corpus): Store {
  return openStore(storePlace(dir, vault), storeKeys(masterKey, vault));
}

/** Everything that a person could be shown: records and projection, audit, counts, a search. */
function readingOf(store: Store): string {
  const hits = findEntities(store, { text: 'Madeupson', limit: 100 });
  return JSON.stringify([fingerprint(store), verifyAudit(store), statusCounts(store), hits]);
}

function codeOf(error: unknown): Outcome {
  return error instanceof ChirographError ? (error.code as Outcome) : `BUG ${String(error)}`;
}

/** A damaged database may refuse to be closed, too. */
function closeQuietly(store: Store): void {
  try {
    closeStore(store);
  } catch (error) {
    if (codeOf(error).startsWith('BUG')) store.sqlite.close();
  }
}

function stateOf(dir: string, sequence: number): State {
  const log = join(dir, 'store.db-wal');
  return {
    sequence,
    database: readFileSync(join(dir, 'store.db')),
    log: existsSync(log) ? readFileSync(log) : undefined,
    head: readFileSync(join(dir, 'head')),
  };
}

function sequenceOf({ session }: Station): number {
  return statusCounts(session.store).sequence;
}

/** Changes of different kinds, in turn. */
async function act(station: Station, turn: number, chance: ReturnType<typeof chanceOf>, memory: Memory): Promise<void> {
  if (turn % 4 === 0) await importRows(station, chance, 60).run();
  else if (turn % 4 === 1) await edit(station, chance, memory).run();
  else if (turn % 4 === 2) await linkTwo(station, memory);
  else await editAgain(station, memory, turn);
}

async function linkTwo(station: Station, memory: Memory): Promise<void> {
  await edit(station, chanceOf(memory.made.length), memory).run();
  await edit(station, chanceOf(memory.made.length + 1), memory).run();
  const [one, other] = memory.made.slice(-2);
  if (one === undefined || other === undefined) return;
  await station.call('link.save', {
    type: 'knows',
    from: one.subject,
    to: other.subject,
    directed: false,
    claims: [],
    supersedes: [],
    source: SOURCE,
    handling: HANDLING,
  });
}

async function editAgain(station: Station, memory: Memory, turn: number): Promise<void> {
  const one = memory.made.at(-1);
  if (one === undefined) return;
  const { record } = await station.call('entity.save', {
    subject: one.subject,
    type: 'person',
    supersedes: [one.record],
    claims: [{ property: 'name', value: `Sergo Madeupson, otherwise ${turn}` }],
    source: { ...SOURCE, reference: `another invented report ${turn}` },
    handling: HANDLING,
  });
  memory.made.splice(-1, 1, { subject: one.subject, record });
}
