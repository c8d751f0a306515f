import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { verifyAudit } from '../../src-main/store/audit.ts';
import { heldAttachments } from '../../src-main/store/attachments.ts';
import { readHead } from '../../src-main/store/head-row.ts';
import { knownRecords } from '../../src-main/store/history.ts';
import { caseList, entityRows, statusCounts } from '../../src-main/store/queries.ts';
import { verifyHead } from '../../src-main/store/store.ts';
import type { Store } from '../../src-main/store/store.ts';
import { proveEvidence } from '../../src-main/vault/evidence-folder.ts';
import { RecordId, SubjectId } from '../../src-shared/domain/ids.ts';
import { ChirographError } from '../../src-shared/errors.ts';
import type { Facts, Stand } from './said.ts';
import { closeStation, openStation, VAULT } from './station.ts';
import type { Station } from './station.ts';
import { rowsOfTitle } from './steps.ts';

/** What was acknowledged of a vault, and what was under way when its process died. */
export type Known = {
  readonly home: string;
  stand: Stand;
  passphrase: string;
  readonly held: Set<string>;
  readonly gone: Set<string>;
  readonly erased: Set<string>;
};

/** What was wrong, in words for whoever runs the script; nothing when all is well. */
export type Finding = { readonly problems: readonly string[]; readonly records: number };

export function nothingKnown(home: string, passphrase: string, stand: Stand): Known {
  return { home, stand, passphrase, held: new Set(), gone: new Set(), erased: new Set() };
}

/** Takes over what a finished step has made true. */
export function learn(known: Known, facts: Facts): void {
  if (facts.passphrase !== undefined) known.passphrase = facts.passphrase;
  for (const subject of facts.held ?? []) known.held.add(subject);
  for (const subject of facts.gone ?? []) {
    known.held.delete(subject);
    known.gone.add(subject);
  }
  for (const record of facts.erased ?? []) known.erased.add(record);
}

/**
 * `pending`: what was under way, and what nobody could say of whether it was done.
 *
 * Opens the vault as a person would after a crash, and compares it with what was acknowledged: everything of that is there, what was
 * under way is there as a whole or not at all, head and audit log fit, and nothing lies about in the folder.
 */
export async function checkVault(known: Known, pending: readonly Facts[]): Promise<Finding> {
  const problems: string[] = [];
  let station: Station;
  try {
    station = await openAgain(known, pending);
  } catch (error) {
    return {
      problems: [
        `does not open: ${error instanceof ChirographError ? `${error.code} ${JSON.stringify(error.details)}` : String(error)}`,
      ],
      records: 0,
    };
  }
  const { store } = station.session;
  if (!verifyHead(store).ok) problems.push('the head does not fit the rows');
  if (!verifyAudit(store).ok) problems.push('the audit log is broken');
  problems.push(
    ...standProblems(known, readHead(store)),
    ...importProblems(store),
    ...factProblems(store, known, pending),
    ...(await fileProblems(station)),
  );
  const { sequence, content } = readHead(store);
  known.stand = { sequence, content };
  const { records } = statusCounts(store);
  closeStation(station);
  problems.push(...leftovers(known.home));
  return { problems, records };
}

/** What a closed vault's folder holds (docs/formats/vault.md §1 and V107). */
const FILES = new Set(['vault.json', 'vault.json.bak', 'store.db', 'head', 'attachments']);

function leftovers(home: string): string[] {
  const inVault = readdirSync(join(home, VAULT)).filter((name) => !FILES.has(name));
  const beside = readdirSync(home).filter((name) => name !== VAULT && name !== 'incidents.log');
  const files = join(home, VAULT, 'attachments');
  const halfFiles = existsSync(files) ? readdirSync(files).filter((name) => /\.(part|new)$/.test(name)) : [];
  return [...inVault, ...beside, ...halfFiles].map((name) => `left behind: ${name}`);
}

/** With the acknowledged passphrase, or one that was being set. */
async function openAgain(known: Known, pending: readonly Facts[]): Promise<Station> {
  const passphrases = [known.passphrase, ...pending.flatMap(({ passphrase }) => passphrase ?? [])];
  for (const passphrase of passphrases.slice(0, -1)) {
    try {
      const station = await openStation(known.home, passphrase);
      known.passphrase = passphrase;
      return station;
    } catch (error) {
      if (!(error instanceof ChirographError) || error.code !== 'vault.wrong-passphrase') throw error;
    }
  }
  known.passphrase = passphrases.at(-1) ?? '';
  return openStation(known.home, known.passphrase);
}

/** At most one change more than was acknowledged, and one entry for a header that is newer than the store knew. */
function standProblems({ stand }: Known, { sequence, content }: Stand): string[] {
  if (sequence < stand.sequence) return [`acknowledged ${stand.sequence}, found ${sequence}`];
  if (sequence > stand.sequence + 2) return [`acknowledged ${stand.sequence}, found ${sequence}, which nobody began`];
  return sequence === stand.sequence && content !== stand.content ? ['same sequence, other content'] : [];
}

function importProblems(store: Store): string[] {
  return caseList(store).flatMap(({ title, entities }) => {
    const rows = rowsOfTitle(title);
    return rows === undefined || rows === entities ? [] : [`${title}: holds ${entities}`];
  });
}

/** V116: a file that the store holds is there, whole. */
async function fileProblems({ session }: Station): Promise<string[]> {
  const problems: string[] = [];
  for (const file of heldAttachments(session.store)) {
    try {
      await proveEvidence(session.vault, file, async () => undefined);
    } catch (error) {
      const code = error instanceof ChirographError ? error.code : String(error);
      problems.push(`file lost: ${code}`);
    }
  }
  return problems;
}

/** What the pending step was about to change is not asked about: it may be one or the other. */
function factProblems(store: Store, known: Known, pending: readonly Facts[]): string[] {
  const open = new Set(pending.flatMap(({ gone }) => gone ?? []));
  const held = [...known.held].filter((id) => !open.has(id)).map((id) => SubjectId.parse(id));
  const there = new Set(entityRows(store, held).map(({ id }) => id));
  const lost = held.filter((id) => !there.has(id)).map((id) => `acknowledged and lost: ${id}`);
  const gone = [...known.gone].map((id) => SubjectId.parse(id));
  const back = entityRows(store, gone).map(({ id }) => `erased and back: ${id}`);
  const erased = [...known.erased].map((id) => RecordId.parse(id));
  const states = knownRecords(store, erased);
  const kept = erased.filter((id) => states.get(id) !== 'erased').map((id) => `erased and kept: ${id}`);
  return [...lost, ...back, ...kept];
}
