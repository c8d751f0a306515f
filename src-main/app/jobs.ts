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

/** `onStep`: somebody waits for this work, so the vault does not lock itself over it. */
export function createJobs(emit: (event: VaultEvent) => void, onStep: () => void = () => undefined): Jobs {
  const running = new Map<string, { isCancelled: boolean }>();

  function goOn(): Promise<void> {
    onStep();
    return new Promise((resolve) => setImmediate(resolve));
  }

  return {
    begin(name) {
      if (name === undefined) return { step: goOn };
      const state = { isCancelled: false };
      running.set(name, state);
      return {
        async step(stage, done, total) {
          emit({ type: 'progress', job: name, stage, done, total });
          await goOn();
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

/** Does work as the job of that name, which ends with it. */
export async function withJob<T>(jobs: Jobs, name: string | undefined, work: (job: Job) => Promise<T>): Promise<T> {
  const job = jobs.begin(name);
  try {
    return await work(job);
  } finally {
    jobs.end(name);
  }
}
