import { Modal } from '@mantine/core';
import { useState } from 'react';
import type { AgencyId, SubjectId } from '../../../src-shared/domain/ids.ts';
import { useAction, useMethod } from '../../api/hooks.ts';
import { useJob } from '../../api/job.ts';
import { useLongMethod } from '../../api/long-method.ts';
import { saveFile } from '../../ui/save-file.ts';
import { Steps } from '../../ui/Steps.tsx';
import { AudienceStep } from './AudienceStep.tsx';
import { ReleaseDone } from './ReleaseDone.tsx';
import { ReviewStep } from './ReviewStep.tsx';
import { NO_CHOICE, recallChoice, releaseRequest } from './release-request.ts';
import { useUndoable } from './use-undoable.ts';
import '../../ui/screen.css';
import './release.css';

interface Props {
  readonly caseId: SubjectId;
  /** Nothing but withdrawals, for this partner to begin with. */
  readonly recallFor?: AgencyId;
  /** Its drawing is about to be stored, which changes what would leave. */
  readonly isDrawingUnsaved: boolean;
  readonly onClose: () => void;
  /** Another officer was asked to approve it. */
  readonly onAsked: () => void;
}

const STEPS = ['To whom and why', 'What leaves, what stays home', 'Sealed'];

/** Decides what of a case leaves, to whom and on what basis. Nothing leaves that was not shown. */
export function ReleaseScreen({ caseId, recallFor, isDrawingUnsaved, onClose, onAsked }: Props) {
  const choices = useUndoable(recallFor === undefined ? NO_CHOICE : recallChoice(recallFor));
  const choice = choices.value;
  const [answers, setAnswers] = useState<readonly string[]>([]);
  const [isReviewing, setIsReviewing] = useState(false);
  const request = {
    ...releaseRequest(caseId, choice),
    ...(recallFor !== undefined && { only: 'withdrawals' as const }),
  };
  const partners = useMethod('partner.list', {});
  const status = useMethod('vault.status', {});
  const { query: preview, working } = useLongMethod('release.preview', request, {
    enabled: isReviewing,
    keepsPrevious: true,
  });
  const seal = useAction('release.seal');
  const ask = useAction('release.ask');
  const job = useJob();
  const sealed = seal.data;

  const sealAndSave = () => {
    if (preview.data === undefined || preview.isPlaceholderData) return;
    seal.mutate(
      { ...request, answers: [...answers], digest: preview.data.digest, job: job.begin() },
      { onSuccess: ({ fileName, bytes }) => saveFile(fileName, bytes) },
    );
  };
  const askAndTell = () => {
    if (preview.data === undefined || preview.isPlaceholderData) return;
    ask.mutate(
      { ...request, answers: [...answers], digest: preview.data.digest, job: job.begin() },
      { onSuccess: onAsked },
    );
  };
  /** Back to what was last shown: the choice before, or the first step. */
  const cancelPreview = () => {
    if (preview.isPlaceholderData && choices.canUndo) choices.undo();
    else setIsReviewing(false);
  };
  const isActing = seal.isPending || ask.isPending;
  return (
    <Modal
      opened
      fullScreen
      className="release"
      title={recallFor === undefined ? 'Release' : 'Release of withdrawals only'}
      lockScroll={false}
      closeOnEscape={!isActing}
      onClose={onClose}
    >
      <Steps steps={STEPS} current={sealed !== undefined ? 2 : isReviewing ? 1 : 0} />
      {sealed !== undefined && <ReleaseDone result={sealed} choice={choice} onClose={onClose} />}
      {sealed === undefined && !isReviewing && (
        <AudienceStep
          partners={partners.data?.partners ?? []}
          canSign={status.data?.canSign ?? false}
          choice={choice}
          onChange={choices.begin}
          onCancel={onClose}
          onPreview={() => setIsReviewing(true)}
        />
      )}
      {sealed === undefined && isReviewing && (
        <ReviewStep
          preview={preview.data}
          request={request}
          isDrawingUnsaved={isDrawingUnsaved}
          isStale={preview.isPlaceholderData || preview.isFetching}
          partners={partners.data?.partners ?? []}
          choice={choice}
          answers={answers}
          canUndo={choices.canUndo}
          onUndo={choices.undo}
          onAnswer={setAnswers}
          error={seal.error ?? ask.error ?? preview.error}
          planning={working && { ...working, onCancel: cancelPreview }}
          sealing={isActing ? { progress: job.progress, onCancel: job.cancel } : undefined}
          onChange={choices.set}
          onBack={() => setIsReviewing(false)}
          onSeal={sealAndSave}
          onAsk={askAndTell}
        />
      )}
    </Modal>
  );
}
