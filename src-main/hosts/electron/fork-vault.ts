import { utilityProcess } from 'electron';
import { vaultEnvironment } from '../../app/vault-environment.ts';
import type { VaultProcess } from '../../app/vault-link.ts';

/**
 * Starts the vault process as a utility process: `child_process.fork` needs the RunAsNode fuse, which is off. It gets next to no
 * environment and no terminal: what a bug would print could quote case data (app/incident-log.ts keeps what may be kept).
 */
export function forkVault(program: string, home: string): VaultProcess {
  const child = utilityProcess.fork(program, [home], {
    serviceName: 'Chirograph vault',
    stdio: 'ignore',
    env: vaultEnvironment(process.env),
  });
  return {
    post: (call) => child.postMessage(call),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.once('exit', () => listener()),
    kill() {
      // `child.kill` asks politely; a process in the middle of a transaction would not hear it in time.
      if (child.pid === undefined) child.kill();
      else process.kill(child.pid, 'SIGKILL');
    },
  };
}
