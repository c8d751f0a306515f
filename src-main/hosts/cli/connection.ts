import { randomBytes } from 'node:crypto';
import { basename, dirname, resolve } from 'node:path';
import { dispatch } from '../../../src-shared/contract/dispatch.ts';
import type { Input, MethodName, Output, VaultEvent } from '../../../src-shared/contract/methods.ts';
import { ChirographError, failure } from '../../../src-shared/errors.ts';
import type { AppContext } from '../../app/context.ts';
import { createHandlers } from '../../app/handlers.ts';
import { openIncidentLog } from '../../app/incident-log.ts';
import type { Given } from './command.ts';
import { readPassphrase } from './passphrase.ts';
import { printLine } from './print.ts';
import { progressTeller } from './progress.ts';
import type { Terminal } from './terminal.ts';

/** Calls of the contract in this process; the command line is its own vault process. */
export interface Connection {
  /** Throws the `ChirographError` of a refusal. */
  call<M extends MethodName>(name: M, input: Input<M>): Promise<Output<M>>;
}

/** The clock and the chance of this machine. */
export const world: Pick<AppContext, 'now' | 'randomBytes'> = {
  now: () => new Date(),
  randomBytes: (length) => new Uint8Array(randomBytes(length)),
};

/** A connection to the vaults in a folder. */
export function connect(home: string, tell: (event: VaultEvent) => void = () => undefined): Connection {
  const handlers = createHandlers({ ...world, home, emit: tell, exit: () => undefined });
  const incidents = openIncidentLog(home, () => world.now());
  return {
    async call<M extends MethodName>(name: M, input: Input<M>): Promise<Output<M>> {
      const reply = await dispatch(handlers, name, input, incidents);
      if (!reply.ok) throw new ChirographError(reply.error.code, reply.error.details);
      // `dispatch` answers with what the handler of this very name returned.
      return reply.value as Output<M>;
    },
  };
}

/** Opens the vault in `<dir>` as the person who types, does the work, and locks it whatever happens. */
export async function withVault<T>(
  given: Given,
  terminal: Terminal,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const { home, vault } = vaultAt(given.arg('dir'));
  const connection = connect(home, progressTeller(terminal));
  const user = given.option('user');
  const passphrase = await readPassphrase(given, terminal);
  const { place } = await connection.call('vault.unlock', { vault, passphrase, ...(user !== undefined && { user }) });
  warnOfPlace(place, terminal);
  try {
    return await work(connection);
  } finally {
    await connection.call('vault.lock', {});
  }
}

/** V105: on standard error, because the answer is the same wherever the vault lies. */
export function warnOfPlace({ kind, name }: Output<'vault.status'>['place'], terminal: Terminal): void {
  if (kind === 'local') return;
  terminal.complain(
    printLine(`chirograph: warning vault.place kind="${kind}"${name === undefined ? '' : ` name="${name}"`}`),
  );
}

/** A vault's folder as the contract names it: the folder that holds it, and its own name there. */
export function vaultAt(folder: string): { readonly home: string; readonly vault: string } {
  const path = resolve(folder);
  return { home: dirname(path), vault: basename(path) };
}

/** The case of that id or title. Throws `store.not-found` or `name.ambiguous`. */
export async function findCase(connection: Connection, text: string): Promise<string> {
  const { cases } = await connection.call('case.list', { named: text });
  const { id } = theOne(
    'case',
    cases.filter(({ id: caseId, title }) => caseId === text || title === text),
  );
  return id;
}

/** The partner of that id or name. Throws `store.not-found` or `name.ambiguous`. */
export async function findPartner(
  connection: Connection,
  text: string,
): Promise<Output<'partner.list'>['partners'][number]> {
  const { partners } = await connection.call('partner.list', {});
  return theOne(
    'partner',
    partners.filter(({ agency, name }) => agency === text || name === text),
  );
}

function theOne<T>(what: 'case' | 'partner', found: readonly T[]): T {
  const [first] = found;
  if (first === undefined) throw failure('store.not-found', { what });
  if (found.length > 1) throw failure('name.ambiguous', { what, matches: found.length });
  return first;
}
