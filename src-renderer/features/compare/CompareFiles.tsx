import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { ComparisonView } from '../../../src-shared/contract/compare.ts';
import type { AgencyId, SubjectId } from '../../../src-shared/domain/ids.ts';
import { useAction } from '../../api/hooks.ts';
import { useJob } from '../../api/job.ts';
import { type OtherKind, explain, otherKindOf } from '../../strings/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { FileDrop } from '../../ui/FileDrop.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { ComparisonResult } from './ComparisonResult.tsx';

interface Props {
  readonly caseId: SubjectId;
  readonly partner: AgencyId;
  readonly onRelease: () => void;
  /** Where files go that are no comparison files. */
  readonly elsewhere: { readonly [K in OtherKind]?: { readonly label: string; readonly onGo: () => void } };
}

const PAGE = 200;

const save = ({ fileName, bytes }: { readonly fileName: string; readonly bytes: Uint8Array }) =>
  saveFile(fileName, bytes);

/** Which records differ: files that go to the partner and back, sealed for one reader each. */
export function CompareFiles({ caseId, partner, onRelease, elsewhere }: Props) {
  const begin = useAction('compare.begin');
  const open = useAction('compare.open');
  const answer = useAction('compare.answer');
  const job = useJob();
  const [shown, setShown] = useState<{ readonly bytes: Uint8Array; readonly view: ComparisonView }>();
  const isBusy = begin.isPending || open.isPending || answer.isPending;
  const error = begin.error ?? open.error ?? answer.error;
  const other = otherKindOf(error);
  const forget = () => [begin, open, answer].forEach((action) => action.reset());
  const read = (bytes: Uint8Array, before: ComparisonView['differences'] = []) => {
    forget();
    open.mutate(
      { case: caseId, bytes, from: before.length, limit: PAGE, job: job.begin() },
      { onSuccess: (view) => setShown({ bytes, view: { ...view, differences: [...before, ...view.differences] } }) },
    );
  };
  return (
    <section className="compare-files">
      <SectionHead title="Find what differs, by files" />
      <p className="muted">
        At most three files go back and forth: yours, their answer, and yours to that. They hold numbers that stand for
        records, no names and no values, and nothing of what was never told.
      </p>
      <div className="compare-ways">
        <Button
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          disabled={isBusy}
          onClick={() => {
            forget();
            begin.mutate({ case: caseId, partner, job: job.begin() }, { onSuccess: save });
          }}
        >
          Save a comparison file
        </Button>
        <FileDrop
          label="Open a comparison file"
          hint="Their first file, or their answer (.chirocompare)"
          accept=".chirocompare"
          isDisabled={isBusy}
          onPick={({ bytes }) => {
            setShown(undefined);
            read(bytes);
          }}
        />
      </div>
      {isBusy && <JobProgress label="Comparing" progress={job.progress} onCancel={job.cancel} />}
      {error !== null && <ErrorNotice {...explain(error)} way={other === undefined ? undefined : elsewhere[other]} />}
      {begin.data !== undefined && (
        <output className="muted">
          Saved <bdi>{begin.data.fileName}</bdi>. Only they can open it; bring it to them and open their answer here.
        </output>
      )}
      {shown !== undefined && (
        <ComparisonResult
          view={shown.view}
          isBusy={isBusy}
          onRelease={onRelease}
          onMore={() => read(shown.bytes, shown.view.differences)}
          onAnswer={() => {
            forget();
            answer.mutate({ case: caseId, bytes: shown.bytes, job: job.begin() }, { onSuccess: save });
          }}
        />
      )}
      {answer.data !== undefined && (
        <output className="muted">
          Saved <bdi>{answer.data.fileName}</bdi>. Bring it to them.
        </output>
      )}
    </section>
  );
}
