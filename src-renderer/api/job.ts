import { useState } from 'react';
import { call } from './client.ts';
import { useVaultEvent } from './hooks.ts';

export interface Progress {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
}

export interface Job {
  /** How far the job is; undefined until the vault process says something of it. */
  readonly progress: Progress | undefined;
  /** Names a new job; pass the name with the call whose progress is wanted. */
  readonly begin: () => string;
  readonly cancel: () => void;
}

/** One long piece of work of a screen: its name, its progress and the way to stop it. */
export function useJob(): Job {
  const [job, setJob] = useState('');
  const [progress, setProgress] = useState<Progress>();
  useVaultEvent((event) => {
    if (event.type === 'progress' && event.job === job) setProgress(event);
  });
  return {
    progress,
    begin: () => {
      const name = crypto.randomUUID();
      setJob(name);
      setProgress(undefined);
      return name;
    },
    cancel: () => void call('job.cancel', { job }).catch(() => undefined),
  };
}
