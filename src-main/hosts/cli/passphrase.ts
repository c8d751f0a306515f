import { failure } from '../../../src-shared/errors.ts';
import type { Given, OptionSpec } from './command.ts';
import { readInput } from './files.ts';
import type { Terminal } from './terminal.ts';

/** Options of every command that opens a vault. */
export const UNLOCKING: Readonly<Record<string, OptionSpec>> = {
  'user': { value: 'NAME', help: 'who opens the vault (not needed when there is one user)' },
  'passphrase-file': { value: 'FILE', help: 'the first line is the passphrase' },
};

/** Options of a command that sets a passphrase for somebody. */
export const NEW_PASSPHRASE: Readonly<Record<string, OptionSpec>> = {
  'new-passphrase-file': {
    value: 'FILE',
    help: 'the first line is the new passphrase (else CHIROGRAPH_NEW_PASSPHRASE)',
  },
};

/** The passphrase that opens the vault. Throws `usage.no-passphrase`. */
export function readPassphrase(given: Given, terminal: Terminal): Promise<string> {
  return read(given.option('passphrase-file'), terminal.environment['CHIROGRAPH_PASSPHRASE'], terminal, 'Passphrase: ');
}

/** A passphrase to be set; at the terminal it is typed twice. Throws `usage.no-passphrase`. */
export async function readNewPassphrase(
  file: string | undefined,
  variable: string | undefined,
  terminal: Terminal,
): Promise<string> {
  if (file !== undefined || variable) return read(file, variable, terminal, '');
  const typed = await terminal.ask('New passphrase: ');
  const again = await terminal.ask('New passphrase once more: ');
  if (typed !== again) throw failure('usage.bad-argument', { argument: 'passphrase', problem: 'invalid' });
  return typed;
}

/** The recovery key from a file or `CHIROGRAPH_RECOVERY_KEY`; undefined when neither is there. */
export function readRecoveryKey(given: Given, terminal: Terminal): string | undefined {
  const file = given.option('recovery-key-file');
  if (file !== undefined) return firstLine(file);
  return terminal.environment['CHIROGRAPH_RECOVERY_KEY'] || undefined;
}

async function read(
  file: string | undefined,
  variable: string | undefined,
  terminal: Terminal,
  question: string,
): Promise<string> {
  if (file !== undefined) return firstLine(file);
  return variable || terminal.ask(question);
}

function firstLine(file: string): string {
  return Buffer.from(readInput(file)).toString('utf8').split(/\r?\n/, 1)[0] ?? '';
}
