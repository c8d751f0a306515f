import type { StoreState } from '../../src-shared/contract/views.ts';
import { ChirographError } from '../../src-shared/errors.ts';
import { readHead } from '../store/head-row.ts';
import { proofSize, proveStore } from '../store/prove.ts';
import type { Finding, Proof, ProofStep } from '../store/proof.ts';
import type { Store } from '../store/store.ts';
import type { AppContext } from './context.ts';
import type { Job } from './jobs.ts';

/** The proof of the open store that goes on while nobody calls (docs/formats/vault.md, V90). */
export interface StoreProof {
  state(): StoreState;
  /** Begins, or begins again, in the background. */
  begin(): void;
  /** Begins again and goes on to the end; the job tells how far it is and can stop it. */
  finish(job: Job): Promise<StoreState>;
  /** Work of a call: no step runs meanwhile, because the call may have a transaction open. */
  during<T>(work: () => T | Promise<T>): Promise<T>;
  stop(): void;
}

/** A call never waits longer than this for the proof. */
const SLICE_MS = 8;
/** While somebody works, the proof takes about a fifth of the time. */
const PAUSE_MS = 32;
const WORKING_MS = 400;
const TELL_EVERY_MS = 500;

const UNPROVED: StoreState = { phase: 'unproved', done: 0, total: 0, findings: [], advice: 'none' };

type Running = { readonly proof: Proof; readonly total: number; done: number; stage: ProofStep['stage']; rows: number };

/** The proof of one open store; it waits for `begin`. */
export function createStoreProof(context: Pick<AppContext, 'now' | 'emit'>, store: Store): StoreProof {
  let state = UNPROVED;
  let running: Running | undefined;
  let calls = 0;
  let lastCallAt = -WORKING_MS;
  let lastToldAt = -TELL_EVERY_MS;
  let cancelTimer: (() => void) | undefined;

  function tell(next: StoreState): void {
    const isNewPhase = next.phase !== state.phase;
    state = next;
    const at = performance.now();
    if (!isNewPhase && at - lastToldAt < TELL_EVERY_MS) return;
    lastToldAt = at;
    context.emit({ type: 'store', phase: state.phase, done: state.done, total: state.total });
  }

  function start(): Running {
    halt();
    const total = Math.max(1, proofSize(store));
    running = { proof: proveStore(store), total, done: 0, stage: 'records', rows: 0 };
    tell({ phase: 'proving', stage: 'records', done: 0, total, findings: [], advice: 'none' });
    return running;
  }

  /** One step; true when it was the last. */
  function step(of: Running): boolean {
    const { done, value } = of.proof.next();
    if (done === true) {
      running = undefined;
      tell(verdict(value));
      return true;
    }
    of.done += value.stage === of.stage ? Math.max(0, value.rows - of.rows) : value.rows;
    of.stage = value.stage;
    of.rows = value.rows;
    const reached = Math.min(of.done, of.total);
    tell({ phase: 'proving', stage: of.stage, done: reached, total: of.total, findings: [], advice: 'none' });
    return false;
  }

  function verdict(findings: readonly Finding[]): StoreState {
    const provedAt = context.now().toISOString();
    const { total } = state;
    const phase = findings.length === 0 ? 'whole' : 'damaged';
    const { sequence } = readHead(store);
    return { phase, done: total, total, provedAt, sequence, findings: [...findings], advice: adviceFor(findings) };
  }

  function slice(): void {
    if (running === undefined) return;
    try {
      if (calls === 0 && !store.sqlite.inTransaction && stepUntil(running, performance.now() + SLICE_MS)) return;
    } catch (error) {
      giveUp();
      if (error instanceof ChirographError) return;
      throw error;
    }
    schedule();
  }

  /** Steps for a while; true when the last one was among them. */
  function stepUntil(of: Running, until: number): boolean {
    while (performance.now() < until) if (step(of)) return true;
    return false;
  }

  /** The disk failed, or the job was cancelled: nothing was found, and nothing is proved. */
  function giveUp(): void {
    halt();
    tell(UNPROVED);
  }

  function schedule(): void {
    if (calls > 0 || performance.now() - lastCallAt < WORKING_MS) {
      const timer = setTimeout(slice, PAUSE_MS).unref();
      cancelTimer = () => clearTimeout(timer);
      return;
    }
    const immediate = setImmediate(slice).unref();
    cancelTimer = () => clearImmediate(immediate);
  }

  function halt(): void {
    cancelTimer?.();
    running?.proof.return([]);
    running = undefined;
  }

  return {
    state: () => state,
    begin() {
      start();
      schedule();
    },
    async finish(job) {
      const started = start();
      try {
        let until = performance.now() + SLICE_MS;
        while (!step(started)) {
          if (performance.now() < until) continue;
          await job.step('checking', state.done, state.total);
          until = performance.now() + SLICE_MS;
        }
        return state;
      } catch (error) {
        giveUp();
        throw error;
      }
    },
    async during(work) {
      calls += 1;
      try {
        return await work();
      } finally {
        calls -= 1;
        lastCallAt = performance.now();
      }
    },
    stop: halt,
  };
}

/** V95: what is computed from records can be computed again; anything else is lost where it stands. */
function adviceFor(findings: readonly Finding[]): StoreState['advice'] {
  if (findings.length === 0) return 'none';
  return findings.every(isOfComputed) ? 'rebuild' : 'salvage';
}

function isOfComputed({ what }: Finding): boolean {
  return what === 'index' || what === 'texts' || what === 'projection';
}
