import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import type { BatchId } from '../../src-shared/domain/ids.ts';
import { ChirographError, failure } from '../../src-shared/errors.ts';
import type { LoggedEntry } from '../store/audit.ts';
import { changeInBulk, writeInBulk } from '../store/bulk.ts';
import type { BulkProgress, BulkWriter } from '../store/bulk.ts';
import type { WriteDb } from '../store/connection.ts';
import {
  comesAfterRecords,
  entryOf,
  parseSalvageLine,
  recordOf,
  restoreRow,
  type LineOf,
  type SalvageLine,
} from '../store/salvage-lines.ts';
import { onDisk } from '../store/sqlite-errors.ts';
import { closeStore, createStore, verifyHead } from '../store/store.ts';
import type { Store } from '../store/store.ts';
import { insertRow } from '../store/truth.ts';
import type { AuditNote, IdentifiedRecord } from '../store/types.ts';
import { makeAside, settleAside } from './aside.ts';
import { evidenceFolder } from './evidence-folder.ts';
import { readHeader, vaultFiles } from './header-file.ts';
import { withKey } from './keys.ts';
import { openHeader, storeKeys, storePlace } from './open-vault.ts';
import type { Credentials, OpenedSlot } from './open-vault.ts';
import { isSalvageMac } from './salvage-mac.ts';
import { identitiesOf } from './signing-secrets.ts';

/** docs/formats/salvage.md §3: a new vault, of the same users and keys, from what was salvaged of an old one. */

export type Rescued = {
  readonly records: number;
  readonly rows: number;
  /** Rows that belong to something that was lost. */
  readonly leftOut: number;
  readonly lost: readonly { readonly table: string; readonly rows: number }[];
};
export type Rescue = {
  /** The sealed file, piece by piece. Throws what is wrong with the pieces so far. */
  append(bytes: Uint8Array): Promise<void>;
  /** Nothing has the new vault's name before everything is in it and proved. */
  finish(): Promise<Rescued>;
  cancel(): Promise<void>;
};
type Stream = ReadableStream<Uint8Array>;
type Circumstances = {
  readonly now: () => Date;
  readonly progress: BulkProgress;
  /** W1: opens the file with one of the agency's sealing identities. */
  readonly unseal: (file: Stream, identities: readonly string[]) => Promise<Stream>;
};

/** Throws `vault.exists`, `vault.needs-officer` and what opening the header of the old vault throws. */
export async function beginRescue(
  from: string,
  into: string,
  credentials: Credentials,
  circumstances: Circumstances,
): Promise<Rescue> {
  if (existsSync(into) && readdirSync(into).length > 0) throw failure('vault.exists', {});
  const read = readHeader(from);
  const opened = await openHeader(read, credentials);
  const { signing } = opened.secrets;
  if (signing === undefined) throw failure('vault.needs-officer', {});
  const folder = makeAside(into);
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const target: Target = { folder, vault: read.header.vault, opened, circumstances };
  const rescued = circumstances.unseal(readable, identitiesOf(signing)).then((plain) => fill(plain, target));
  // a failure is met by the next `append` or `finish`
  rescued.catch((error: unknown) => writer.abort(error).catch(ignored));
  const giveUp = (): void => {
    opened.secrets.masterKey.fill(0);
    signing.seed.fill(0);
    rmSync(folder, { recursive: true, force: true });
  };
  return {
    async append(bytes) {
      await Promise.race([writer.write(bytes), rescued]).catch(async (error: unknown) => {
        giveUp();
        throw await rescued.then(() => error, own);
      });
    },
    async finish() {
      try {
        await writer.close().catch(ignored);
        const found = await rescued;
        copyRest(from, folder);
        settleAside(folder, into);
        return found;
      } finally {
        giveUp();
      }
    },
    async cancel() {
      await writer.abort(failure('salvage.no-transfer', {})).catch(ignored);
      await rescued.catch(ignored);
      giveUp();
    },
  };
}

type Target = {
  readonly folder: string;
  readonly vault: string;
  readonly opened: OpenedSlot;
  readonly circumstances: Circumstances;
};

type Numbered = { readonly line: SalvageLine; readonly number: number };

/** The lines with their numbers. W8, W12: throws unless the last one is there, fits all before it, and was written by who can open the vault. */
async function* linesOf(plain: ReadableStream<Uint8Array>, { vault, opened }: Target): AsyncGenerator<Numbered> {
  const digest = createHash('sha256');
  let number = 0;
  let isEnded = false;
  for await (const text of textLines(plain)) {
    number += 1;
    if (isEnded) throw failure('salvage.malformed', { rule: 'W8', line: number });
    const line = parseSalvageLine(text, number);
    if (line.line === 'end') {
      if (line.digest !== digest.digest('hex')) throw failure('salvage.malformed', { rule: 'W8', line: number });
      const { masterKey } = opened.secrets;
      if (!isSalvageMac({ vault, masterKey }, line.digest, line.mac)) throw failure('salvage.not-ours', {});
      isEnded = true;
    } else digest.update(`${text}\n`);
    yield { line, number };
  }
  if (!isEnded) throw failure('salvage.malformed', { rule: 'W8', line: number });
}

async function* textLines(plain: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest = '';
  try {
    for await (const bytes of plain) {
      const pieces = (rest + decoder.decode(bytes, { stream: true })).split('\n');
      rest = pieces.pop() ?? '';
      yield* pieces;
    }
  } catch (error) {
    throw error instanceof ChirographError ? error : failure('salvage.malformed', { rule: 'W1', line: 0 }, error);
  }
  if (rest !== '') yield rest;
}

async function fill(plain: ReadableStream<Uint8Array>, target: Target): Promise<Rescued> {
  const lines = linesOf(plain, target);
  const { log, first } = await readLog(lines, target);
  const { vault, folder, opened, circumstances } = target;
  const keys = storeKeys(opened.secrets.masterKey, vault);
  const note = (action: string): AuditNote<void> => ({
    actor: opened.slot.user,
    role: opened.slot.role,
    action,
    at: circumstances.now().toISOString(),
    details: {},
  });
  const store = withKey(keys.store, () =>
    createStore(storePlace(folder, vault), keys, note('vault.rescue-begun'), log),
  );
  try {
    return await fillStore(store, lines, first, note, circumstances.progress);
  } finally {
    closeStore(store);
  }
}

/** W3, W7: the header and the log, up to the first line of anything else. */
async function readLog(
  lines: AsyncGenerator<Numbered>,
  { vault }: Target,
): Promise<{ readonly log: readonly LoggedEntry[]; readonly first: Numbered | undefined }> {
  const { value: head } = await lines.next();
  if (head?.line.line !== 'salvage') throw failure('salvage.malformed', { rule: 'W3', line: 1 });
  if (head.line.v !== 1) throw failure('salvage.newer-version', { found: head.line.v, supported: 1 });
  if (head.line.vault !== vault) throw failure('salvage.not-ours', {});
  const log: LoggedEntry[] = [];
  for (;;) {
    const { value } = await lines.next();
    if (value?.line.line !== 'audit') return { log, first: value };
    const entry = entryOf(value.line);
    if (entry !== undefined) log.push(entry);
  }
}

type Filling = {
  rows: number;
  leftOut: number;
  records: number;
  end: LineOf<'end'> | undefined;
  next: Numbered | undefined;
};

/** Two changes: rows and records first, then what points at records, which are found by their ids only when the first is done. */
async function fillStore(
  store: Store,
  lines: AsyncGenerator<Numbered>,
  first: Numbered | undefined,
  note: (action: string) => AuditNote<void>,
  progress: BulkProgress,
): Promise<Rescued> {
  const filling: Filling = { rows: 0, leftOut: 0, records: 0, end: undefined, next: first };
  await writeInBulk(store, note('vault.rescued'), progress, async (bulk) => {
    const pile = newPile(bulk, note('').at);
    await eachLine(lines, filling, progress, ({ line, number }) => {
      if (line.line === 'row' && comesAfterRecords(line.table)) return false;
      if (line.line === 'row') tally(bulk.tx, filling, line, pile);
      if (line.line === 'record') pile.add(line.batch, recordOf(line, number));
      filling.records += line.line === 'record' ? 1 : 0;
      return line.line !== 'end';
    });
    pile.flush();
  });
  await changeInBulk(store, note('vault.rescued-proofs'), async (tx) => {
    await eachLine(lines, filling, progress, ({ line }) => {
      if (line.line === 'row') tally(tx, filling, line);
      if (line.line === 'end') filling.end = line;
      return true;
    });
  });
  if (!verifyHead(store).ok) throw new Error('the rescued store is not what was written');
  const { rows, records, leftOut, end } = filling;
  return { rows, records, leftOut, lost: end?.lost ?? [] };
}

const LINES_A_STEP = 256;

/** Goes on with the lines until `take` wants no more; the line that it did not take is the next one. */
async function eachLine(
  lines: AsyncGenerator<Numbered>,
  filling: Filling,
  progress: BulkProgress,
  take: (line: Numbered) => boolean,
): Promise<void> {
  for (let next = filling.next; next !== undefined;) {
    filling.next = next;
    if (!take(next)) return;
    if (next.number % LINES_A_STEP === 0) await progress('records', next.number, 0);
    const { value } = await lines.next();
    next = value;
  }
  filling.next = undefined;
}

function tally(tx: WriteDb, filling: Filling, line: LineOf<'row'>, pile?: Pile): void {
  if (restoreRow(tx, line)) filling.rows += 1;
  else filling.leftOut += 1;
  const { id } = line.values;
  if (line.table === 'batches' && typeof id === 'number') pile?.known.add(id);
}

type Pile = { readonly known: Set<number>; add(batch: BatchId, record: IdentifiedRecord): void; flush(): void };

/** Records of one batch together. A batch whose row was lost is made again, so that its records have one. */
function newPile(bulk: BulkWriter, at: string): Pile {
  const known = new Set<number>();
  let batch: BatchId | undefined;
  let records: IdentifiedRecord[] = [];
  const flush = (): void => {
    if (batch !== undefined && records.length > 0) bulk.put(batch, records);
    records = [];
  };
  return {
    known,
    flush,
    add(of, record) {
      if (of !== batch || records.length === LINES_A_STEP) flush();
      batch = of;
      records.push(record);
      if (known.has(of)) return;
      known.add(of);
      insertRow(bulk.tx, 'batches', { id: of, kind: 'import', at, actor: '', extended: 0, erased: 0, undone_at: null });
    },
  };
}

/** The header with its copy, so that everybody opens the new vault as the old one; and the evidence files. */
function copyRest(from: string, folder: string): void {
  onDisk('writing', () => {
    const [old, made] = [vaultFiles(from), vaultFiles(folder)];
    copyFileSync(old.header, made.header);
    copyFileSync(old.header, made.backup);
    const [held, wanted] = [evidenceFolder(from), evidenceFolder(folder)];
    if (existsSync(held)) cpSync(held, wanted, { recursive: true });
  });
}

function own(error: unknown): unknown {
  return error;
}

function ignored(): void {}
