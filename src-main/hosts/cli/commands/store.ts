import type { Output } from '../../../../src-shared/contract/methods.ts';
import type { StoreState } from '../../../../src-shared/contract/views.ts';
import { ChirographError, toWireError } from '../../../../src-shared/errors.ts';
import type { Command, Given } from '../command.ts';
import { type Connection, connect, vaultAt, warnOfPlace, withVault } from '../connection.ts';
import { badArgument } from '../parse-command.ts';
import { UNLOCKING, readPassphrase } from '../passphrase.ts';
import { openInput, openOutput } from '../pieces.ts';
import { printRefusal } from '../print.ts';
import type { Terminal } from '../terminal.ts';

/** Whether a vault is what was written, and what to do when it is not. */
export const storeCommands: readonly Command[] = [
  {
    name: 'vault check',
    summary: 'prove every row, index and entry of the vault; a vault that does not unlock is read as it is',
    args: ['dir'],
    options: UNLOCKING,
    run: (given, terminal) =>
      withAnyVault(given, terminal, async (connection) => {
        const state = await connection.call('store.check', { wait: true });
        return { json: state, lines: stateLines(state), ...(state.phase !== 'whole' && { isRefusal: true }) };
      }),
  },
  {
    name: 'vault rebuild',
    summary: 'compute again what is computed from records, and every index',
    args: ['dir'],
    options: UNLOCKING,
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        await connection.call('store.rebuild', {});
        const state = await connection.call('store.check', { wait: true });
        return { json: state, lines: stateLines(state), ...(state.phase !== 'whole' && { isRefusal: true }) };
      }),
  },
  {
    name: 'vault accept',
    summary: 'go on from a vault that does not unlock, as it is (exchange officer only, kept in the audit log)',
    args: ['dir'],
    options: UNLOCKING,
    async run(given, terminal) {
      const { home, vault } = vaultAt(given.arg('dir'));
      const connection = connect(home);
      await connection.call('vault.accept', { vault, ...(await credentials(given, terminal)), how: 'as-it-is' });
      try {
        const state = await connection.call('store.check', { wait: true });
        return { json: state, lines: ['The vault was accepted as it is.', ...stateLines(state)] };
      } finally {
        await connection.call('vault.lock', {});
      }
    },
  },
  {
    name: 'vault salvage',
    summary: 'write everything that can be read to one sealed file (exchange officer only)',
    args: ['dir'],
    options: { ...UNLOCKING, out: { value: 'FILE', isRequired: true, help: 'where to write it' } },
    run: (given, terminal) =>
      withAnyVault(given, terminal, async (connection) => {
        const report = await writeSalvage(connection, given.required('out'));
        return { json: report, lines: salvageLines(report) };
      }),
  },
  {
    name: 'vault from-salvage',
    summary: 'make a new vault, of the same users, from what was salvaged of an old one beside it',
    args: ['file', 'dir'],
    options: { ...UNLOCKING, of: { value: 'DIR', isRequired: true, help: 'the old vault, whose vault.json is whole' } },
    async run(given, terminal) {
      const [old, made] = [vaultAt(given.required('of')), vaultAt(given.arg('dir'))];
      if (old.home !== made.home) throw badArgument('--of', 'invalid');
      const opening = { vault: old.vault, into: made.vault, ...(await credentials(given, terminal)) };
      const rescued = await rescueFrom(connect(made.home), given.arg('file'), opening);
      return { json: rescued, lines: [`The new vault holds ${rescued.records} records.`, ...lostLines(rescued.lost)] };
    },
  },
];

/** What a vault that is not what was written is refused with; reading it all the same is what these commands are for. */
const NOT_WHOLE: ReadonlySet<string> = new Set(['vault.rolled-back', 'vault.head-damaged', 'vault.store-damaged']);

async function withAnyVault<T>(
  given: Given,
  terminal: Terminal,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const { home, vault } = vaultAt(given.arg('dir'));
  const connection = connect(home);
  const opening = { vault, ...(await credentials(given, terminal)) };
  const { place } = await connection.call('vault.unlock', opening).catch((error: unknown) => {
    if (!(error instanceof ChirographError) || !NOT_WHOLE.has(error.code)) throw error;
    terminal.complain(printRefusal(toWireError(error, '')));
    return connection.call('vault.accept', { ...opening, how: 'for-reading' });
  });
  warnOfPlace(place, terminal);
  try {
    return await work(connection);
  } finally {
    await connection.call('vault.lock', {});
  }
}

async function credentials(
  given: Given,
  terminal: Terminal,
): Promise<{ readonly passphrase: string; readonly user?: string }> {
  const user = given.option('user');
  return { passphrase: await readPassphrase(given, terminal), ...(user !== undefined && { user }) };
}

type Report = NonNullable<Output<'store.salvage-part'>['report']>;

async function writeSalvage(connection: Connection, path: string): Promise<Report> {
  const output = openOutput(path);
  try {
    const { salvage } = await connection.call('store.salvage', {});
    for (;;) {
      const { bytes, report } = await connection.call('store.salvage-part', { salvage });
      output.write(bytes);
      if (report === undefined) continue;
      output.finish();
      return report;
    }
  } catch (error) {
    output.discard();
    throw error;
  }
}

async function rescueFrom(
  connection: Connection,
  path: string,
  opening: { readonly vault: string; readonly into: string; readonly passphrase: string },
): Promise<Output<'rescue.finish'>> {
  const input = openInput(path);
  try {
    const { rescue } = await connection.call('rescue.begin', opening);
    for (const bytes of input.pieces()) await connection.call('rescue.append', { rescue, bytes });
    return await connection.call('rescue.finish', { rescue });
  } finally {
    input.close();
    await connection.call('vault.lock', {});
  }
}

function stateLines({ phase, provedAt, findings, advice }: StoreState): readonly string[] {
  if (phase === 'whole') return [`The store is whole, proved ${provedAt ?? ''}.`];
  const found = findings.map(({ what, where, count }) => `${what} in ${where}: ${count}`);
  return [
    'The store is not what was written:',
    ...found,
    advice === 'rebuild'
      ? 'Every record is right. vault rebuild computes again what is wrong.'
      : 'Save what can be read with vault salvage, or restore a backup.',
  ];
}

function salvageLines({ records, rows, entries, lost, lostRecords }: Report): readonly string[] {
  return [
    `Salvaged ${records} records, ${rows} other rows and ${entries} entries of the audit log.`,
    ...lostLines(lost),
    ...(lostRecords.length > 0 ? ['Ids of the lost records are the last line of the file.'] : []),
  ];
}

function lostLines(lost: Report['lost']): readonly string[] {
  return lost.length === 0
    ? ['Nothing was lost.']
    : lost.map(({ table, rows }) => `Could not be read: about ${rows} rows of ${table}.`);
}
