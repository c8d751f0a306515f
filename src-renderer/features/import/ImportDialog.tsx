import { Modal } from '@mantine/core';
import { useState } from 'react';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import { useAction, useMethod } from '../../api/hooks.ts';
import { useJob } from '../../api/job.ts';
import { explain } from '../../strings/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { FileDrop, type PickedFile } from '../../ui/FileDrop.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { Steps } from '../../ui/Steps.tsx';
import { ImportDone } from './ImportDone.tsx';
import { importProgress } from './import-progress.ts';
import { type ImportChoice, firstChoice, importRequest } from './import-choice.ts';
import { OriginStep } from './OriginStep.tsx';
import { PreviewStep } from './PreviewStep.tsx';
import './import.css';
import '../../ui/screen.css';

interface Props {
  /** The case that is open, if one is. */
  readonly caseId?: SubjectId;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onDone: (caseId: SubjectId) => void;
}

const STEPS = ['Choose a file', 'Say where it comes from', 'Preview and apply'];

/** Choose a file, say where it comes from, look at what it would become. Nothing is written until Apply. */
export function ImportDialog({ caseId, opened, onClose, onDone }: Props) {
  const [file, setFile] = useState<PickedFile>();
  const [choice, setChoice] = useState<ImportChoice>();
  const cases = useMethod('case.list', {}, { enabled: opened });
  const preview = useAction('import.preview');
  const apply = useAction('import.apply');
  const job = useJob();
  const isBusy = preview.isPending || apply.isPending;
  const failed = apply.error ?? preview.error;
  const step = preview.data !== undefined || apply.isPending ? 2 : choice === undefined ? 0 : 1;

  const pick = (picked: PickedFile) => {
    setFile(picked);
    setChoice(firstChoice(picked.name, caseId));
  };
  const look = (chosen: ImportChoice) => {
    setChoice(chosen);
    const request = file && importRequest(file, chosen);
    if (request !== undefined) preview.mutate({ ...request, job: job.begin() });
  };
  const write = () => {
    const request = file && choice && importRequest(file, choice);
    if (request !== undefined) apply.mutate({ ...request, job: job.begin() });
  };
  /** Who closes it in the middle has changed his mind: what is under way stops and leaves nothing. */
  const close = () => {
    if (isBusy) job.cancel();
    onClose();
  };
  const backToOrigin = () => {
    preview.reset();
    apply.reset();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title="Import"
      size={940}
      lockScroll={false}
      closeOnClickOutside={false}
      closeOnEscape={!isBusy}
    >
      {apply.data !== undefined ? (
        <ImportDone result={apply.data} onOpenCase={() => onDone(apply.data.case)} onClose={onClose} />
      ) : (
        <div className="screen-stack">
          <Steps steps={STEPS} current={step} />
          <p className="import-safe">
            Nothing is written until Apply. Close this at any time and the case stays as it is.
          </p>
          {step === 0 && (
            <FileDrop
              label="Choose a CSV or GraphML file"
              hint="Node lists, edge lists and GraphML as other programs write them"
              accept=".csv,.tsv,.txt,.graphml,.xml"
              onPick={pick}
            />
          )}
          {failed !== null && <ErrorNotice {...explain(failed)} />}
          {isBusy && (
            <JobProgress
              {...importProgress(job.progress, apply.isPending ? 'Importing' : 'Reading the file')}
              onCancel={job.cancel}
            />
          )}
          {step === 1 && choice !== undefined && file !== undefined && (
            <OriginStep
              fileName={file.name}
              size={file.bytes.length}
              cases={cases.data?.cases ?? []}
              choice={choice}
              isBusy={isBusy}
              onChange={setChoice}
              onBack={() => setChoice(undefined)}
              onPreview={() => look(choice)}
            />
          )}
          {preview.data !== undefined && choice !== undefined && (
            <PreviewStep
              preview={preview.data}
              isAttached={choice.isAttached}
              isBusy={isBusy}
              onAttach={(isAttached) => look({ ...choice, isAttached })}
              onBack={backToOrigin}
              onApply={write}
            />
          )}
        </div>
      )}
    </Modal>
  );
}
