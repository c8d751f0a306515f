import { useEffect, useRef, useState } from 'react';
import type { Progress } from '../../api/job.ts';
import type { Step } from './transfer-file.ts';

export interface Transfer {
  readonly isRunning: boolean;
  readonly progress: Progress | undefined;
  /** Why the last one failed; undefined when it did not, or was cancelled. */
  readonly error: unknown;
  /** Runs the work; answers whether it came to its end. */
  readonly run: (work: (step: Step) => Promise<void>) => Promise<boolean>;
  readonly cancel: () => void;
}

/** One file, or some one after the other, on their way: how far they are and the way to stop them. Leaving the screen stops them. */
export function useTransfer(): Transfer {
  const [progress, setProgress] = useState<Progress>();
  const [isRunning, setIsRunning] = useState(false);
  const [error, setError] = useState<unknown>();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);

  const run = async (work: (step: Step) => Promise<void>): Promise<boolean> => {
    const controller = new AbortController();
    stop.current = controller;
    setIsRunning(true);
    setError(undefined);
    setProgress(undefined);
    try {
      await work((done, total) => {
        controller.signal.throwIfAborted();
        setProgress({ stage: '', done, total });
      });
      return true;
    } catch (failed) {
      if (!controller.signal.aborted) setError(failed);
      return false;
    } finally {
      setIsRunning(false);
    }
  };
  return { isRunning, progress, error, run, cancel: () => stop.current?.abort() };
}
