import type { VaultEvent } from '../../src-shared/contract/methods.ts';
import { failure } from '../../src-shared/errors.ts';

/** Long work that can be watched and stopped. A job without a name reports to nobody and cannot be cancelled, but lets others through, too. */
export interface Job {
  /** Says how far it is, lets other calls (a cancel) through, and throws `request.cancelled` when somebody asked to stop. */
  step(stage: string, done: number, total: number): Promise<void>;
}

export interface Jobs {
  begin(name: string | undefined): Job;
  end(name: string | undefined): void;
  cancel(name: string): void;
}

export function createJobs(emit: (event: VaultEvent) => void): Jobs {
  const running = new Map<string, { isCancelled: boolean }>();
  return {
    begin(name) {
      if (name === undefined) return { step: nextTurn };
      const state = { isCancelled: false };
      running.set(name, state);
      return {
        async step(stage, done, total) {
          emit({ type: 'progress', job: name, stage, done, total });
          await nextTurn();
          if (state.isCancelled) throw failure('request.cancelled', { job: name });
        },
      };
    },
    end: (name) => void (name !== undefined && running.delete(name)),
    cancel(name) {
      const state = running.get(name);
      if (state !== undefined) state.isCancelled = true;
    },
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
