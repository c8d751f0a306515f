import type { Handlers, LockedMethodName, Output, Parsed } from '../../src-shared/contract/methods.ts';
import { ChirographError, failure } from '../../src-shared/errors.ts';
import { closeVault } from '../vault/open-vault.ts';
import type { OpenVault } from '../vault/open-vault.ts';
import { requireAccess, requireChangeable } from './access.ts';
import { createAttempts } from './attempts.ts';
import { AUTO_LOCK_MINUTES, startAutoLock } from './auto-lock.ts';
import type { AutoLock } from './auto-lock.ts';
import type { AppContext, LockReason } from './context.ts';
import { rotateKey } from './handlers/backup-handlers.ts';
import { tidyFiles } from './evidence-upkeep.ts';
import { fillSample, makeSampleVault, SAMPLE_VAULT } from './handlers/sample-handlers.ts';
import { inspectBundle } from './handlers/release-handlers.ts';
import { acceptVaultOf, listVaults, makeVault, openVaultOf, showStatus } from './handlers/vault-handlers.ts';
import { createJobs } from './jobs.ts';
import { openHandlers } from './open-handlers.ts';
import { openSession } from './open-session.ts';
import { noted } from './reads.ts';
import { createRescues } from './rescues.ts';
import { createRestores } from './restores.ts';
import type { OpenSession } from './session.ts';

interface Current {
  readonly session: OpenSession;
  readonly autoLock: AutoLock;
  /** Takes away what must not outlive the session: the folder of the sample case. */
  readonly cleanUp: () => void;
}

/** The application: every method of the contract over one vault at a time. Locking ends the process (context.exit), and the key with it. */
export function createHandlers(context: AppContext): Handlers {
  let current: Current | undefined;
  const jobs = createJobs(context.emit, () => current?.autoLock.touch());
  const attempts = createAttempts();
  const restores = createRestores(context, jobs);
  const rescues = createRescues(context, jobs);

  /** One vault at a time, also when two were asked for at once: the second is closed again. */
  function begin(vaultName: string, vault: OpenVault, cleanUp: () => void): OpenSession {
    if (current !== undefined) {
      closeVault(vault);
      cleanUp();
      throw failure('vault.open-already', {});
    }
    const session = openSession(context, jobs, vaultName, vault);
    const autoLock = startAutoLock(context, AUTO_LOCK_MINUTES, () => lock('idle'));
    current = { session, autoLock, cleanUp };
    if (!session.store.isReadOnly) tidyFiles(session);
    if (session.store.older === undefined) session.proof.begin();
    return session;
  }

  /** Whatever fails on the way, the process ends and the key with it. */
  function lock(reason: LockReason): void {
    try {
      end();
    } finally {
      context.exit(reason);
    }
  }

  function end(): void {
    restores.endAll();
    void rescues.endAll();
    if (current === undefined) return;
    const { session, autoLock, cleanUp } = current;
    current = undefined;
    autoLock.stop();
    session.proof.stop();
    session.salvages.end();
    session.transfers.endAll();
    session.backups.end();
    try {
      closeVault(session.vault);
    } finally {
      session.backups.close();
      cleanUp();
    }
  }

  function requireNoSession(): void {
    if (current !== undefined) throw failure('vault.open-already', {});
  }

  async function unlock(input: Parsed<'vault.unlock'>): Promise<Output<'vault.unlock'>> {
    requireNoSession();
    return guess(async () => showStatus(begin(input.vault, await openVaultOf(context, jobs, input), nothing)));
  }

  /**
   * V137: the session goes on with the vault under its new key. When the old one is closed and the new one could not be put in its place, the process
   * ends, and the next unlock finishes it.
   */
  async function rotate(input: Parsed<'vault.rotate'>): Promise<Output<'vault.rotate'>> {
    if (current === undefined) throw failure('vault.locked', {});
    const { session, autoLock, cleanUp } = current;
    requireAccess('vault.rotate', session.role);
    requireChangeable('vault.rotate', session);
    session.proof.stop();
    session.transfers.endAll();
    session.backups.end();
    try {
      const { opened, recoveryKey, removed } = await rotateKey(session, input);
      session.backups.close();
      autoLock.stop();
      current = undefined;
      return { recoveryKey, removed: [...removed], status: showStatus(begin(session.vaultName, opened, cleanUp)) };
    } catch (error) {
      if (session.store.sqlite.open) session.proof.begin();
      else lock('ended');
      throw error;
    }
  }

  /** Work that only the right passphrase gets through: a wrong one is counted, wherever it was given. */
  async function guess<T>(work: () => Promise<T>): Promise<T> {
    attempts.check(context.now());
    try {
      const result = await work();
      attempts.succeeded();
      return result;
    } catch (error) {
      const isWrong =
        error instanceof ChirographError &&
        (error.code === 'vault.wrong-passphrase' || error.code === 'vault.wrong-recovery-key');
      if (isWrong) attempts.failed(context.now());
      throw error;
    }
  }

  const locked: Pick<Handlers, LockedMethodName> = {
    'vault.list': () => listVaults(context),
    'vault.create': async (input) => {
      requireNoSession();
      const { recoveryKey, opened } = await makeVault(context, input);
      return { recoveryKey, status: showStatus(begin(input.vault, opened, nothing)) };
    },
    'vault.unlock': unlock,
    'vault.accept': (input) => {
      requireNoSession();
      return guess(async () => showStatus(begin(input.vault, await acceptVaultOf(context, input), nothing)));
    },
    'vault.lock': () => {
      lock('asked');
      return {};
    },
    'vault.touch': () => {
      current?.autoLock.touch();
      return {};
    },
    'job.cancel': (input) => {
      jobs.cancel(input.job);
      return {};
    },
    'sample.open': async () => {
      requireNoSession();
      const { opened, remove } = await makeSampleVault(context);
      const session = begin(SAMPLE_VAULT, opened, remove);
      try {
        await fillSample(session);
      } catch (error) {
        end();
        throw error;
      }
      return showStatus(session);
    },
    'bundle.inspect': inspectBundle,
    'restore.begin': (input) => {
      requireNoSession();
      return guess(() => restores.begin(input));
    },
    'restore.append': restores.append,
    'restore.finish': restores.finish,
    'restore.cancel': restores.cancel,
    'rescue.begin': (input) => {
      requireNoSession();
      return guess(() => rescues.begin(input));
    },
    'rescue.append': rescues.append,
    'rescue.finish': rescues.finish,
  };

  /** A call of a person at an unlocked vault: it must be open, the role must allow it, and it counts as a sign of life. */
  function guarded<M extends keyof typeof openHandlers>(name: M): (input: Parsed<M>) => Output<M> | Promise<Output<M>> {
    return (input) => {
      if (current === undefined) throw failure('vault.locked', {});
      const { session } = current;
      requireAccess(name, session.role);
      requireChangeable(name, session);
      current.autoLock.touch();
      return session.proof.during(() => {
        const answer = openHandlers[name](session, input);
        return answer instanceof Promise
          ? answer.then((output: Output<M>) => noted(session, name, output))
          : noted(session, name, answer as Output<M>);
      });
    };
  }

  const names = Object.keys(openHandlers) as (keyof typeof openHandlers)[];
  const open = Object.fromEntries(names.map((name) => [name, guarded(name)]));
  const setPassphrase = guarded('vault.change-passphrase');
  const guessed: Pick<Handlers, 'vault.change-passphrase' | 'vault.rotate'> = {
    'vault.change-passphrase': (input) => guess(async () => setPassphrase(input)),
    'vault.rotate': (input) => guess(() => rotate(input)),
  };
  return { ...locked, ...open, ...guessed } as Handlers;
}

function nothing(): void {}
