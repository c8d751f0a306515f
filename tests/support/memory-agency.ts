import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createJobs } from '../../src-main/app/jobs.ts';
import type { Jobs } from '../../src-main/app/jobs.ts';
import { newAgency } from '../../src-main/app/new-agency.ts';
import { openHandlers } from '../../src-main/app/open-handlers.ts';
import { openSession } from '../../src-main/app/open-session.ts';
import type { OpenSession } from '../../src-main/app/session.ts';
import { closeStore, memoryStore } from '../../src-main/store/store.ts';
import type { Store } from '../../src-main/store/store.ts';
import { createVault } from '../../src-main/vault/create-vault.ts';
import { LEAST_KDF } from '../../src-main/vault/kdf.ts';
import { closeVault } from '../../src-main/vault/open-vault.ts';
import { methods } from '../../src-shared/contract/methods.ts';
import type { Input, OpenMethodName, Output } from '../../src-shared/contract/methods.ts';
import type { AgencyId } from '../../src-shared/domain/ids.ts';
import { note } from './store-builders.ts';

type Called = Exclude<OpenMethodName, 'vault.rotate'>;

/** The application of one agency over a store in memory, so that it can be copied: what would have happened otherwise costs a copy. */
export interface MemoryAgency {
  readonly id: AgencyId;
  readonly name: string;
  readonly store: Store;
  call<M extends Called>(name: M, input: Input<M>): Promise<Output<M>>;
  /** The next time that any work of this agency gets to a stage, something else is done before it goes on. */
  interrupt(stage: string, work: () => Promise<void>): void;
  /** The same agency with the same keys, going on from here on its own. */
  copy(): MemoryAgency;
  /** The same, from here on in a file of this folder, in clear: its log and whatever SQLite writes beside it can be searched. */
  copyTo(folder: string): MemoryAgency;
  /** Every byte of its database, in clear. */
  image(): Buffer;
}

/** Told what has to be done in the end. */
type AtEnd = (end: () => void) => void;

/** A new agency with its own keys; `clock` says when it is. */
export async function memoryAgency(
  name: string,
  country: string,
  clock: () => Date,
  atEnd: AtEnd,
): Promise<MemoryAgency> {
  const { secrets, card } = await newAgency({ name, country, sample: false }, random);
  const folder = mkdtempSync(join(tmpdir(), 'chirograph-test-'));
  const { opened } = await createVault(join(folder, 'vault'), {
    agency: { id: card.agencyId, name, country, sample: false, card: card.bytes },
    secrets,
    user: 'Olga Officer',
    passphrase: 'correct horse battery',
    kdf: LEAST_KDF,
    randomBytes: random,
    now: clock,
  });
  atEnd(() => {
    closeVault(opened);
    rmSync(folder, { recursive: true, force: true });
  });
  const context = { home: '', now: clock, randomBytes: random, emit: () => undefined, exit: () => undefined };
  const interruptions = new Map<string, () => Promise<void>>();
  const jobs = interruptible(
    createJobs(() => undefined),
    interruptions,
  );
  const sessionOver = (store: Store) => openSession(context, jobs, 'main', { ...opened, store });
  return over(memoryStore(note('vault.created')), sessionOver, interruptions, atEnd);
}

function interruptible(jobs: Jobs, interruptions: Map<string, () => Promise<void>>): Jobs {
  return {
    ...jobs,
    begin(name) {
      const job = jobs.begin(name);
      return {
        async step(stage, done, total) {
          const work = interruptions.get(stage);
          interruptions.delete(stage);
          await work?.();
          return job.step(stage, done, total);
        },
      };
    },
  };
}

function random(length: number): Uint8Array {
  return new Uint8Array(randomBytes(length));
}

function over(
  store: Store,
  sessionOver: (store: Store) => OpenSession,
  interruptions: Map<string, () => Promise<void>>,
  atEnd: AtEnd,
): MemoryAgency {
  const session = sessionOver(store);
  atEnd(() => closeStore(store));
  return {
    id: session.us,
    name: session.agency.name,
    store,
    async call(name, input) {
      const handler = openHandlers[name] as (session: OpenSession, input: unknown) => unknown;
      return methods[name].output.parse(await handler(session, methods[name].input.parse(input))) as never;
    },
    interrupt: (stage, work) => void interruptions.set(stage, work),
    copy: () => over(copyOf(store), sessionOver, interruptions, atEnd),
    copyTo: (folder) => over(copyIn(folder, store), sessionOver, interruptions, atEnd),
    image: () => store.sqlite.serialize(),
  };
}

function copyOf(store: Store): Store {
  return storeIn(store, new Database(store.sqlite.serialize()));
}

/** With the log of a store on a disk (vault.md V21), and without its cipher. */
function copyIn(folder: string, store: Store): Store {
  const path = join(folder, 'store.db');
  writeFileSync(path, store.sqlite.serialize());
  const sqlite = new Database(path);
  for (const setting of ['locking_mode=EXCLUSIVE', 'journal_mode=WAL', 'temp_store=MEMORY']) sqlite.pragma(setting);
  return storeIn(store, sqlite);
}

function storeIn(store: Store, sqlite: Database.Database): Store {
  for (const name of ['secure_delete', 'foreign_keys', 'cell_size_check']) sqlite.pragma(`${name}=ON`);
  return { ...store, sqlite, statements: new Map(), sidecarDebt: { isOwed: false }, logDebt: { isOwed: false } };
}
