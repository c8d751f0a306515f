import { failure } from '../../src-shared/errors.ts';

const FREE_ATTEMPTS = 5;
const PAUSES_SECONDS = [30, 60, 120, 300, 900] as const;

export interface Attempts {
  /** Throws `vault.too-many-attempts` while a pause lasts. */
  check(now: Date): void;
  failed(now: Date): void;
  succeeded(): void;
}

/** After five wrong passphrases each further one costs a longer pause. Nothing is ever deleted. Lives as long as the process. */
export function createAttempts(): Attempts {
  let wrong = 0;
  let until = 0;
  return {
    check(now) {
      const seconds = Math.ceil((until - now.getTime()) / 1000);
      if (seconds > 0) throw failure('vault.too-many-attempts', { seconds });
    },
    failed(now) {
      wrong += 1;
      const pause = PAUSES_SECONDS[Math.min(wrong - FREE_ATTEMPTS, PAUSES_SECONDS.length - 1)];
      if (pause !== undefined) until = now.getTime() + pause * 1000;
    },
    succeeded() {
      wrong = 0;
      until = 0;
    },
  };
}
