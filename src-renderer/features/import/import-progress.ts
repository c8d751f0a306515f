import type { Progress } from '../../api/job.ts';

/** What a stage of an import does, in words; the vault process names it. */
const STAGES: Readonly<Record<string, { readonly label: string; readonly isInBytes: boolean }>> = {
  match: { label: 'Looking for the entities of earlier imports', isInBytes: true },
  read: { label: 'Reading the file', isInBytes: true },
  records: { label: 'Sealing and storing records', isInBytes: true },
  projection: { label: 'Working out entities and links', isInBytes: false },
  indexes: { label: 'Making indexes', isInBytes: false },
  search: { label: 'Making names findable', isInBytes: false },
  commit: { label: 'Saving', isInBytes: false },
  undo: { label: 'Taking records back', isInBytes: false },
};

/** What is being done and how far it is, for the bar. `idle` is said until the first word comes. */
export function importProgress(
  progress: Progress | undefined,
  idle: string,
): { readonly label: string; readonly progress: Progress | undefined } {
  const stage = progress === undefined ? undefined : STAGES[progress.stage];
  if (progress === undefined || stage === undefined) return { label: idle, progress };
  const { done, total } = progress;
  if (!stage.isInBytes) return { label: stage.label, progress: { stage: '', done, total } };
  return { label: stage.label, progress: { stage: 'MB', done: inMegabytes(done), total: inMegabytes(total) } };
}

function inMegabytes(bytes: number): number {
  return Math.round(bytes / 100_000) / 10;
}
