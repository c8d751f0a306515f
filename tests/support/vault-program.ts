import { runVault } from '../../src-main/app/run-vault.ts';
import type { Handlers } from '../../src-shared/contract/methods.ts';

/** A vault process whose few methods do what a test of the link needs: wait, hang, crash, fall idle. */
runVault((context) => {
  let stopWaiting: (() => void) | undefined;
  const handlers: Partial<Handlers> = {
    'vault.list': () => ({ vaults: [], place: { kind: 'local' } }),
    'vault.users': () => ({ users: [{ name: String(process.pid), role: 'lead' }] }),
    'case.list': () => new Promise((resolve) => (stopWaiting = () => resolve({ cases: [], total: 0 }))),
    'job.cancel': () => {
      stopWaiting?.();
      return {};
    },
    'partner.list': () => {
      for (;;);
    },
    'vault.status': () => process.exit(1),
    'audit.verify': () => {
      setImmediate(() => {
        throw new Error('CANARY Testperson Alpha');
      });
      return new Promise(() => undefined);
    },
    'vault.touch': () => {
      context.exit('idle');
      return {};
    },
    'vault.lock': () => {
      context.exit('asked');
      return {};
    },
    'batch.list': () => {
      context.emit({ type: 'changed', change: 7 });
      return { batches: [], total: 0 };
    },
    'vault.identity': () => ({ fileName: JSON.stringify(process.env), bytes: new Uint8Array([1, 2, 3]) }),
  };
  return handlers as Handlers;
});
