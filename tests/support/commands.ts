import { join } from 'node:path';
import { z } from 'zod';
import { COMMANDS } from '../../src-main/hosts/cli/commands.ts';
import { runCli } from '../../src-main/hosts/cli/run-cli.ts';
import { PASSPHRASE } from './agency.ts';
import type { TestAgency } from './agency.ts';

export interface Ran {
  readonly status: number;
  readonly complaint: string;
  readonly answer: Readonly<Record<string, unknown>>;
}

type Run = (command: string, ...rest: readonly string[]) => Promise<Ran>;

/** Commands of one agency, each in a process of its own as far as the vault knows. */
export async function commandsOf({ home, call, exits }: TestAgency): Promise<Run> {
  if (exits.length === 0) await call('vault.lock', {});
  return commandsAs(home, PASSPHRASE);
}

/** The same for whom a passphrase belongs to, of a vault that nobody has open. */
export function commandsAs(home: string, passphrase: string): Run {
  return async (command, ...rest) => {
    const { status, complaint, text } = await typed(home, passphrase, command, ...rest, '--json');
    return { status, complaint, answer: z.looseObject({}).parse(JSON.parse(text)) };
  };
}

/** What a person at the terminal reads. */
export async function typed(home: string, passphrase: string, command: string, ...rest: readonly string[]) {
  let [text, complaint] = ['', ''];
  const status = await runCli(COMMANDS, [...command.split(' '), join(home, 'main'), ...rest], {
    environment: { CHIROGRAPH_PASSPHRASE: passphrase },
    write: (part) => void (text += part),
    complain: (part) => void (complaint += part),
    ask: () => Promise.reject(new Error('nobody is at the terminal')),
  });
  return { status, complaint, text };
}
