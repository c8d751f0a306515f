import type { Input, Output } from '../../../../src-shared/contract/methods.ts';
import type { Command, Given } from '../command.ts';
import { type Connection, connect, vaultAt, withVault } from '../connection.ts';
import { UNLOCKING, readPassphrase, readRecoveryKey } from '../passphrase.ts';
import { openInput, openOutput } from '../pieces.ts';
import type { Terminal } from '../terminal.ts';

type Written = { readonly size: number; readonly created: string; readonly sequence: number };

/** A vault as one sealed file, the way back, and a new key. */
export const backupCommands: readonly Command[] = [
  {
    name: 'vault backup',
    summary: 'write the whole vault to one sealed file (exchange officer only)',
    args: ['dir'],
    options: { ...UNLOCKING, out: { value: 'FILE', isRequired: true, help: 'where to write it' } },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const written = await writeBackup(connection, given.required('out'));
        return {
          json: written,
          lines: [
            `The backup is written: ${written.size} bytes, change ${written.sequence}.`,
            'It opens with the passphrases and the recovery key of today; keep it apart from this machine.',
          ],
        };
      }),
  },
  {
    name: 'vault restore',
    summary: 'make a vault again from a backup, in a new folder',
    args: ['file', 'dir'],
    options: {
      'passphrase-file': { value: 'FILE', help: 'the first line is the passphrase of one of its users' },
      'recovery-key-file': { value: 'FILE', help: 'the first line is its recovery key, instead of a passphrase' },
    },
    async run(given, terminal) {
      const { home, vault } = vaultAt(given.arg('dir'));
      const opening = await openingOf(given, terminal);
      const restored = await restoreFrom(connect(home), given.arg('file'), { vault, ...opening });
      return {
        json: restored,
        lines: [
          `Restored the vault of ${restored.agency} as it was at ${restored.created}.`,
          'What was released after that is not in its ledger; it counts its bundles anew.',
        ],
      };
    },
  },
  {
    name: 'vault rotate',
    summary: 'give the vault a new key and a new recovery key (exchange officer only)',
    args: ['dir'],
    options: UNLOCKING,
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const passphrase = await readPassphrase(given, terminal);
        const { recoveryKey, removed, status } = await connection.call('vault.rotate', { passphrase });
        return { json: { recoveryKey, removed, user: status.user }, lines: rotatedLines(recoveryKey, removed) };
      }),
  },
];

async function writeBackup(connection: Connection, path: string): Promise<Written> {
  const output = openOutput(path);
  try {
    const { backup, size, created, sequence } = await connection.call('backup.begin', {});
    let isLast = false;
    while (!isLast) {
      const piece = await connection.call('backup.read', { backup });
      output.write(piece.bytes);
      isLast = piece.isLast;
    }
    output.finish();
    return { size, created, sequence };
  } catch (error) {
    output.discard();
    throw error;
  }
}

async function restoreFrom(
  connection: Connection,
  path: string,
  opening: Omit<Input<'restore.begin'>, 'bytes'>,
): Promise<Output<'restore.finish'>> {
  const input = openInput(path);
  try {
    const pieces = input.pieces();
    const first = pieces.next();
    const bytes = first.done === true ? new Uint8Array() : first.value;
    const { restore } = await connection.call('restore.begin', { ...opening, bytes });
    for (const piece of pieces) await connection.call('restore.append', { restore, bytes: piece });
    return await connection.call('restore.finish', { restore });
  } finally {
    input.close();
    await connection.call('vault.lock', {});
  }
}

async function openingOf(
  given: Given,
  terminal: Terminal,
): Promise<{ readonly recoveryKey: string } | { readonly passphrase: string }> {
  const recoveryKey = readRecoveryKey(given, terminal);
  return recoveryKey === undefined ? { passphrase: await readPassphrase(given, terminal) } : { recoveryKey };
}

function rotatedLines(recoveryKey: string, removed: readonly string[]): readonly string[] {
  return [
    'The vault has a new key. The old recovery key and older passphrases open only older backups.',
    ...removed.map(
      (user) => `${user} can no longer open it; add them again with a passphrase: chirograph vault user add`,
    ),
    '',
    'New recovery key, shown this once. Print it and keep it apart from this machine:',
    '',
    `  ${recoveryKey}`,
    '',
  ];
}
