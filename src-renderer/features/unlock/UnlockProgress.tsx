import { Progress } from '@mantine/core';
import type { Job } from '../../api/job.ts';
import { JobProgress } from '../../ui/JobProgress.tsx';

interface Props {
  readonly job: Job;
}

/** While a vault opens: the key is derived; a vault of an older version is then brought up to date, which takes longer and can be stopped. */
export function UnlockProgress({ job }: Props) {
  if (job.progress === undefined) return <Progress value={100} animated size="sm" aria-label="Deriving key" />;
  const label = `Updating the vault to the new version, ${job.progress.done} %`;
  return (
    <>
      <JobProgress label={label} progress={undefined} onCancel={job.cancel} />
      <p className="unlock-hint">
        It is written anew beside the old one and proved. Until that is done the old one stays as it is.
      </p>
    </>
  );
}
