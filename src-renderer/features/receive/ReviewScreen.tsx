import { Button, Group } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { ReviewChart, ReviewFilter } from '../../../src-shared/contract/review.ts';
import type { ReceivePlan } from '../../../src-shared/contract/views.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import { useAction, useMethod } from '../../api/hooks.ts';
import { useJob } from '../../api/job.ts';
import { explain } from '../../strings/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { Later } from '../../ui/Later.tsx';
import { Steps } from '../../ui/Steps.tsx';
import { ApplyDialog } from './ApplyDialog.tsx';
import { CaseTarget } from './CaseTarget.tsx';
import { EpochQuestion } from './EpochQuestion.tsx';
import { ReceiveDone } from './ReceiveDone.tsx';
import { ReviewFilters } from './ReviewFilters.tsx';
import { ReviewPanes } from './ReviewPanes.tsx';
import { ReviewPreview } from './ReviewPreview.tsx';
import { applyWords, leftWords } from './plan-words.ts';
import { sumOf, tallyOf } from './review.ts';
import { useChoices } from './use-review.ts';

interface Props {
  readonly plan: ReceivePlan;
  readonly preview: (chart: ReviewChart) => ReactNode;
  readonly onCancel: () => void;
  readonly onClose: () => void;
  readonly onOpenCase: (caseId: SubjectId) => void;
}

/** Item by item or by rule: accepted, held or undecided. Nothing is accepted until a person says so; Apply is one transaction. */
export function ReviewScreen({ plan: opened, preview, onCancel, onClose, onOpenCase }: Props) {
  const [filter, setFilter] = useState<ReviewFilter>({});
  const [isDrawn, setDrawn] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [isAgreed, setAgreed] = useState(false);
  const [target, setTarget] = useState<SubjectId>();
  const cases = useMethod('case.list', {});
  const apply = useAction('receive.apply');
  const job = useJob();
  const isOver = apply.isPending || apply.data !== undefined;
  const { quarantine } = opened;
  const plan = useMethod('receive.plan', { quarantine }, { enabled: !isOver }).data ?? opened;
  const choices = useChoices(quarantine, !isOver);
  const { tally, isCurrent, error } = choices;
  const accepted = tally === undefined ? 0 : sumOf(tally.accepted);
  const write = () => {
    setAsking(false);
    apply.mutate({
      quarantine,
      accept: { choices: [...choices.all] },
      digest: plan.digest,
      job: job.begin(),
      ...(target !== undefined && { case: target }),
      ...(isAgreed && { epoch: plan.epoch }),
    });
  };

  if (apply.data !== undefined) {
    const opens = target ?? apply.data.case;
    return (
      <ReceiveDone
        result={apply.data}
        sender={plan.issuerName}
        onClose={onClose}
        {...(opens !== undefined && { onOpenCase: () => onOpenCase(opens) })}
      />
    );
  }
  return (
    <section className="review" aria-label="Review">
      <header className="review-head">
        <h1>
          Review of number {plan.sequence} from <bdi>{plan.issuerName}</bdi>
        </h1>
        <Steps steps={['Check', 'Review', 'Apply']} current={apply.isPending ? 2 : 1} />
      </header>
      <EpochQuestion plan={plan} isAgreed={isAgreed} onAgree={setAgreed} />
      <ReviewFilters
        plan={plan}
        filter={filter}
        isBusy={apply.isPending}
        isDrawn={isDrawn}
        hasChoice={choices.all.length > 0}
        onFilter={setFilter}
        onDrawn={setDrawn}
        onDecide={choices.decide}
        onUndo={choices.undo}
      />
      {isDrawn ? (
        <ReviewPreview quarantine={quarantine} filter={filter} preview={preview} />
      ) : (
        <ReviewPanes plan={plan} filter={filter} choices={choices} isBusy={apply.isPending} />
      )}
      {error !== null && !apply.isPending && <ErrorNotice {...explain(error)} />}
      {apply.error !== null && <ErrorNotice {...explain(apply.error)} />}
      {apply.isPending && <JobProgress label="Applying" progress={job.progress} onCancel={job.cancel} />}
      <Group className="review-actions" gap={8}>
        <output className="review-sentence">
          {tally !== undefined && `${applyWords(tallyOf(tally))} ${leftWords(tally, plan.counts.refused)}`}
        </output>
        <Later>
          <CaseTarget cases={cases.data?.cases ?? []} plan={plan} value={target} onChange={setTarget} />
        </Later>
        <span className="receive-hint">Cancel leaves everything as it was.</span>
        <Button variant="default" onClick={onCancel} disabled={apply.isPending}>
          Cancel
        </Button>
        <Button
          onClick={tally !== undefined && sumOf(tally.undecided) > 0 ? () => setAsking(true) : write}
          disabled={accepted === 0 || !isCurrent || apply.isPending || (plan.stream === 'new-epoch' && !isAgreed)}
        >
          Apply
        </Button>
      </Group>
      {isAsking && tally !== undefined && (
        <ApplyDialog tally={tally} onConfirm={write} onClose={() => setAsking(false)} />
      )}
    </section>
  );
}
