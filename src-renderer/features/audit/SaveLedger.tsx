import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { ledgerCsv } from '../../../src-shared/contract/ledger-csv.ts';
import type { AgencyId } from '../../../src-shared/domain/ids.ts';
import type { Progress } from '../../api/job.ts';
import { explain } from '../../strings/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { wholeLedger } from './whole-ledger.ts';

interface Props {
  /** Only what this partner holds. */
  readonly agency: AgencyId | undefined;
}

/** The ledger as a file for an inspector, whatever of it the screen shows. */
export function SaveLedger({ agency }: Props) {
  const [progress, setProgress] = useState<Progress>();
  const [error, setError] = useState<Error>();
  const running = useRef<AbortController>(undefined);
  const save = () => {
    const started = new AbortController();
    running.current = started;
    setError(undefined);
    setProgress({ stage: 'disclosures', done: 0, total: 1 });
    wholeLedger(agency, started.signal, (done, total) => setProgress({ stage: 'disclosures', done, total }))
      .then((rows) => rows && saveFile('ledger.csv', new TextEncoder().encode(ledgerCsv(rows))))
      .catch((failed: Error) => setError(failed))
      .finally(() => setProgress(undefined));
  };
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDownload size={14} aria-hidden />}
        disabled={progress !== undefined}
        onClick={save}
      >
        Save as CSV
      </Button>
      {progress !== undefined && (
        <JobProgress label="Reading the ledger" progress={progress} onCancel={() => running.current?.abort()} />
      )}
      {error !== undefined && <ErrorNotice {...explain(error)} />}
    </>
  );
}
