import type { AppContext } from './context.ts';

export const AUTO_LOCK_MINUTES = 15;
const WARN_SECONDS = 60;
const CHECK_EVERY_MS = 1_000;

export interface AutoLock {
  /** A person did something. */
  touch(): void;
  stop(): void;
}

/**
 * Locks after a time without input, by the clock of the context; warns once in the last minute (WCAG 2.2.1). The timer only looks at the
 * clock, so a laptop that slept past the limit locks as soon as it wakes.
 */
export function startAutoLock(
  context: Pick<AppContext, 'now' | 'emit'>,
  minutes: number,
  onIdle: () => void,
): AutoLock {
  let last = context.now().getTime();
  let isWarned = false;
  const timer = setInterval(() => {
    const left = Math.ceil(minutes * 60 - (context.now().getTime() - last) / 1000);
    if (left <= 0) {
      clearInterval(timer);
      onIdle();
    } else if (left <= WARN_SECONDS && !isWarned) {
      isWarned = true;
      context.emit({ type: 'locking-soon', seconds: left });
    }
  }, CHECK_EVERY_MS);
  timer.unref();
  return {
    touch() {
      last = context.now().getTime();
      isWarned = false;
    },
    stop: () => clearInterval(timer),
  };
}
