import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { ReceivePlan } from '../../../src-shared/contract/views.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import { useAction, useMethod } from '../../api/hooks.ts';
import { useJob } from '../../api/job.ts';
import { explain } from '../../strings/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { Steps } from '../../ui/Steps.tsx';
import { CaseTarget } from './CaseTarget.tsx';
import { ReceiveDone } from './ReceiveDone.tsx';
import { ReviewPanes } from './ReviewPanes.tsx';
import { applyWords } from './plan-words.ts';
import { acceptedInput, receivedCase, tally } from './review.ts';

interface Props {
  readonly plan: ReceivePlan;
  readonly onCancel: () => void;
  readonly onClose: () => void;
  readonly onOpenCase: (caseId: SubjectId) => void;
}

const NOTHING: ReadonlySet<string> = new Set();

/** Item by item: accepted or left out. Nothing is accepted until a person says so; Apply is one transaction. */
export function ReviewScreen({ plan, onCancel, onClose, onOpenCase }: Props) {
  const [accepted, setAccepted] = useState(NOTHING);
  const [target, setTarget] = useState<SubjectId>();
  const cases = useMethod('case.list', {});
  const apply = useAction('receive.apply');
  const job = useJob();
  const counts = tally(plan, accepted);
  const opens = target ?? receivedCase(plan, accepted);
  const write = () =>
    apply.mutate({
      quarantine: plan.quarantine,
      accept: acceptedInput(plan, accepted),
      job: job.begin(),
      ...(target !== undefined && { case: target }),
    });

  if (apply.data !== undefined) {
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
      <ReviewPanes plan={plan} accepted={accepted} isBusy={apply.isPending} onAccepted={setAccepted} />
      {apply.error !== null && <ErrorNotice {...explain(apply.error)} />}
      {apply.isPending && <JobProgress label="Applying" progress={job.progress} />}
      <Group className="review-actions" gap={8}>
        <output className="review-sentence">
          {applyWords(counts)}
          {plan.counts.refused > 0 && ` ${plan.counts.refused} refused by rule.`}
        </output>
        <CaseTarget cases={cases.data?.cases ?? []} plan={plan} value={target} onChange={setTarget} />
        <span className="receive-hint">Cancel leaves everything as it was.</span>
        <Button variant="default" onClick={onCancel} disabled={apply.isPending}>
          Cancel
        </Button>
        <Button onClick={write} disabled={accepted.size === 0 || apply.isPending}>
          Apply
        </Button>
      </Group>
    </section>
  );
}
