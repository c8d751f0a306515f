import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { vaultEnvironment } from '../../app/vault-environment.ts';
import type { VaultProcess } from '../../app/vault-link.ts';
import type { VaultMessage } from '../../app/vault-messages.ts';

const PROGRAM = fileURLToPath(new URL('../../app/vault-process.ts', import.meta.url));

/**
 * Starts the vault process as a child of this one. No debugger can be switched on by a signal, and it has no terminal: what a bug would
 * print could quote case data (app/incident-log.ts keeps what may be kept).
 */
export function forkVault(home: string, program = PROGRAM): VaultProcess {
  const child = fork(program, [home], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: ['--disable-sigusr1', '--disable-proto=delete'],
    env: vaultEnvironment(process.env),
  });
  showWhyItDidNotStart(child);
  return {
    post: (call) => void child.send(call),
    onMessage: (listener) => child.on('message', (message: VaultMessage) => listener(message)),
    onExit: (listener) => child.once('exit', () => listener()),
    kill: () => void child.kill('SIGKILL'),
  };
}

/** Until it is ready it has seen no case data: a missing file or library may be told. Afterwards nothing that it prints is read out. */
function showWhyItDidNotStart(child: ChildProcess): void {
  child.stderr?.pipe(process.stderr, { end: false });
  child.once('message', () => child.stderr?.unpipe().resume());
}
