import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { vaultEnvironment } from '../../app/vault-environment.ts';
import type { VaultMessage } from '../../app/vault-messages.ts';
import type { VaultProcess } from '../../app/vault-link.ts';

const PROGRAM = fileURLToPath(new URL('../../app/vault-process.ts', import.meta.url));

/**
 * Starts the vault process as a child of this one. No debugger can be switched on by a signal, and it has no terminal: what a bug would
 * print could quote case data (app/incident-log.ts keeps what may be kept).
 */
export function forkVault(home: string, program = PROGRAM): VaultProcess {
  const child = fork(program, [home], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: ['--disable-sigusr1', '--disable-proto=delete'],
    env: vaultEnvironment(process.env),
  });
  return {
    post: (call) => void child.send(call),
    onMessage: (listener) => child.on('message', (message: VaultMessage) => listener(message)),
    onExit: (listener) => child.once('exit', () => listener()),
    kill: () => void child.kill('SIGKILL'),
  };
}
