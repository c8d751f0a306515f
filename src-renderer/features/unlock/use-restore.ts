import { useRef, useState } from 'react';
import type { Input } from '../../../src-shared/contract/methods.ts';
import { type Progress, useJob } from '../../api/job.ts';
import { Refusal } from '../../api/refusal.ts';
import { type Restored, restoreFile } from './restore-file.ts';

type State =
  | { readonly name: 'asking' }
  | { readonly name: 'reading'; readonly done: number; readonly total: number }
  | { readonly name: 'failed'; readonly refusal: Refusal | undefined }
  | { readonly name: 'restored'; readonly restored: Restored };

export interface Restoring {
  readonly state: State;
  /** How far reading, and then proving, is. */
  readonly progress: Progress | undefined;
  readonly start: (file: File, opening: Omit<Input<'restore.begin'>, 'bytes'>) => Promise<void>;
  readonly cancel: () => void;
}

/** One restore, from the choice of the file to the proved vault. */
export function useRestore(): Restoring {
  const [state, setState] = useState<State>({ name: 'asking' });
  const job = useJob();
  const cancelled = useRef(false);
  const isReading = state.name === 'reading' && state.done < state.total;
  return {
    state,
    progress: isReading
      ? { stage: 'MB', done: inMegabytes(state.done), total: inMegabytes(state.total) }
      : job.progress,
    async start(file, opening) {
      cancelled.current = false;
      setState({ name: 'reading', done: 0, total: file.size });
      try {
        const restored = await restoreFile(file, opening, {
          job: job.begin(),
          onRead: (done, total) => setState({ name: 'reading', done, total }),
          isCancelled: () => cancelled.current,
        });
        setState(restored === undefined ? { name: 'asking' } : { name: 'restored', restored });
      } catch (error) {
        const isCancel = error instanceof Refusal && error.wire.code === 'request.cancelled';
        setState(
          isCancel ? { name: 'asking' } : { name: 'failed', refusal: error instanceof Refusal ? error : undefined },
        );
      }
    },
    cancel() {
      cancelled.current = true;
      job.cancel();
    },
  };
}

function inMegabytes(bytes: number): number {
  return Math.ceil(bytes / 1_000_000);
}
