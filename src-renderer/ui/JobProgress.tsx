import { Button, Progress } from '@mantine/core';
import './job-progress.css';

interface Props {
  /** What is being done, such as "Importing". */
  readonly label: string;
  /** How far it is; undefined as long as nothing was heard of it. */
  readonly progress: { readonly stage: string; readonly done: number; readonly total: number } | undefined;
  readonly onCancel?: () => void;
}

/** Work that takes longer than a second: what, how far, and a way to stop it. */
export function JobProgress({ label, progress, onCancel }: Props) {
  const isMeasured = progress !== undefined && progress.total > 0;
  const percent = isMeasured ? Math.min(100, Math.round((progress.done / progress.total) * 100)) : 100;
  return (
    <div className="job-progress">
      <div className="job-progress-line">
        <output className="job-progress-label">{label}</output>
        {isMeasured && (
          <span className="job-progress-count">
            <bdi>{progress.stage}</bdi> {progress.done.toLocaleString('en')} of {progress.total.toLocaleString('en')}
          </span>
        )}
        {onCancel !== undefined && (
          <Button size="compact-xs" variant="default" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </div>
      <Progress value={percent} animated={!isMeasured} size="sm" aria-label={label} />
    </div>
  );
}
