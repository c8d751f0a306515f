import type { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

/** The vault processes that hosts start from now on in this test, in the order in which they were started. */
export function watchVaultProcesses(): readonly ChildProcess[] {
  const started: ChildProcess[] = [];
  const onStart = (message: unknown) => {
    const { process: child } = message as { readonly process: ChildProcess };
    child.once('spawn', () => child.spawnargs.some((part) => part.includes('vault-process')) && started.push(child));
  };
  subscribe('child_process', onStart);
  onTestFinished(() => void unsubscribe('child_process', onStart));
  return started;
}

/** Waits until a process is really gone; comes back at once when it is already. */
export async function ended(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined) throw new Error('no such process was started');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
