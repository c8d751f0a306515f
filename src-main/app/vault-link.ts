import type { Reply } from '../../src-shared/contract/dispatch.ts';
import type { VaultEvent } from '../../src-shared/contract/methods.ts';
import type { LockReason } from './context.ts';
import type { VaultCall, VaultMessage } from './vault-messages.ts';

/** A started vault process, as a host's platform gives it. */
export interface VaultProcess {
  post(call: VaultCall): void;
  onMessage(listener: (message: VaultMessage) => void): void;
  onExit(listener: () => void): void;
  kill(): void;
}

/** A host's side of the vault process. */
export interface VaultLink {
  /** Starts the process when there is none. A process that ends before it answered gives `host.vault-ended`. */
  call(name: string, input: unknown): Promise<Reply>;
  onEvent(listener: (event: VaultEvent) => void): () => void;
  /** Ends the process, whatever it is doing, and with it the key. Transactions are all or nothing. */
  kill(): void;
}

interface Running {
  readonly process: VaultProcess;
  readonly waiting: Map<number, (reply: Reply) => void>;
  readonly ended: Promise<void>;
  /** Set once the process has said that it ends; it takes no further call. */
  ending?: LockReason;
}

/** Lock is at most this long away, even when the process is in the middle of something. */
const LOCK_WITHIN_MS = 1_000;
const LOCKED: Reply<'vault.lock'> = { ok: true, value: {} };
const VAULT_ENDED: Reply = { ok: false, error: { code: 'host.vault-ended', details: {} } };

/**
 * Keeps at most one vault process. While the vault is locked there may be none: the next call starts it. When it has ended, so that the
 * key is really gone, listeners hear `locked`.
 */
export function linkVaultProcess(spawn: () => VaultProcess): VaultLink {
  const listeners = new Set<(event: VaultEvent) => void>();
  let running: Running | undefined;
  let lastId = 0;

  function emit(event: VaultEvent): void {
    for (const listener of listeners) listener(event);
  }

  function start(): Running {
    const process = spawn();
    const ended = new Promise<void>((resolve) => process.onExit(resolve));
    const started: Running = { process, ended, waiting: new Map() };
    process.onMessage((message) => receive(started, message, emit));
    process.onExit(() => {
      running = undefined;
      for (const settle of started.waiting.values()) settle(VAULT_ENDED);
      emit({ type: 'locked', reason: started.ending ?? 'ended' });
    });
    return started;
  }

  async function call(name: string, input: unknown): Promise<Reply> {
    if (running?.ending !== undefined) await running.ended;
    if (name === 'vault.lock') return lock();
    running ??= start();
    return ask(running, { id: ++lastId, name, input });
  }

  /** Without a process there is no key. A process that has ended, asked or killed, is what was wanted. */
  async function lock(): Promise<Reply> {
    if (running === undefined) return LOCKED;
    const { process, ended } = running;
    const timer = setTimeout(() => process.kill(), LOCK_WITHIN_MS);
    void ask(running, { id: ++lastId, name: 'vault.lock', input: {} });
    running.ending = 'asked';
    await ended;
    clearTimeout(timer);
    return LOCKED;
  }

  return {
    call,
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    kill: () => running?.process.kill(),
  };
}

function ask(running: Running, call: VaultCall): Promise<Reply> {
  return new Promise((resolve) => {
    running.waiting.set(call.id, resolve);
    running.process.post(call);
  });
}

function receive(running: Running, message: VaultMessage, emit: (event: VaultEvent) => void): void {
  if ('event' in message) emit(message.event);
  else if ('ending' in message) running.ending = message.ending;
  else if ('reply' in message) {
    running.waiting.get(message.id)?.(message.reply);
    running.waiting.delete(message.id);
  }
}
