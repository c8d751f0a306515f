import { type ComponentProps, type ReactNode, startTransition, useState } from 'react';
import type { ReviewChart } from '../../../src-shared/contract/review.ts';
import type { ReceivePlan } from '../../../src-shared/contract/views.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import { useMethod } from '../../api/hooks.ts';
import { Notice } from '../../ui/Notice.tsx';
import { CheckStep } from './CheckStep.tsx';
import { ReceiveInbox } from './ReceiveInbox.tsx';
import { ReviewScreen } from './ReviewScreen.tsx';
import './receive.css';

interface Props {
  /** Draws what a file would add. */
  readonly preview: (chart: ReviewChart) => ReactNode;
  readonly elsewhere: ComponentProps<typeof ReceiveInbox>['elsewhere'];
  readonly onClose: () => void;
  readonly onOpenCase: (caseId: SubjectId) => void;
}

type Step =
  | { readonly name: 'inbox'; readonly note?: string }
  | { readonly name: 'check'; readonly plan: ReceivePlan; readonly size: number | undefined }
  | { readonly name: 'review'; readonly plan: ReceivePlan };

/** A file from a partner: proved, held apart, reviewed item by item, and only then applied. */
export function ReceiveScreen({ preview, elsewhere, onClose, onOpenCase }: Props) {
  const [step, setStep] = useState<Step>({ name: 'inbox' });
  const status = useMethod('vault.status', {});
  const partners = useMethod('partner.list', {});
  const leave = () =>
    setStep({ name: 'inbox', note: 'Cancelled: nothing in your case was changed. The file waits in quarantine.' });

  if (status.data !== undefined && status.data.role !== 'officer') {
    return (
      <section className="screen" aria-label="Receive">
        <Notice tone="info" title="Receiving is for exchange officers.">
          The agency’s key opens what partners send. Ask an exchange officer to unlock and receive the file.
        </Notice>
      </section>
    );
  }
  if (step.name === 'check') {
    return (
      <CheckStep
        plan={step.plan}
        size={step.size}
        sender={partners.data?.partners.find((partner) => partner.agency === step.plan.issuer)}
        onCancel={step.plan.verdict === 'review' ? leave : () => setStep({ name: 'inbox' })}
        // so much comes at once that it is made in pieces, between which the page answers
        onReview={() => startTransition(() => setStep({ name: 'review', plan: step.plan }))}
      />
    );
  }
  if (step.name === 'review') {
    return (
      <ReviewScreen
        key={step.plan.quarantine}
        plan={step.plan}
        preview={preview}
        onCancel={leave}
        onClose={onClose}
        onOpenCase={onOpenCase}
      />
    );
  }
  return (
    <ReceiveInbox
      elsewhere={elsewhere}
      {...(step.note !== undefined && { note: step.note })}
      onOpened={(plan, size) => setStep({ name: 'check', plan, size })}
    />
  );
}
