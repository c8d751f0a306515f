import { useState } from 'react';
import type { ReceivePlan } from '../../../src-shared/contract/views.ts';
import { useAction, useMethod } from '../../api/hooks.ts';
import { useJob } from '../../api/job.ts';
import { type OtherKind, agencyOf, explain, otherKindOf } from '../../strings/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { FileDrop, type PickedFile } from '../../ui/FileDrop.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ScreenHead } from '../../ui/ScreenHead.tsx';
import { DiscardDialog } from './DiscardDialog.tsx';
import { QuarantineTable } from './QuarantineTable.tsx';
import { WithdrawnNotice } from './WithdrawnNotice.tsx';

interface Props {
  readonly note?: string;
  /** Where files go that are no bundles. */
  readonly elsewhere: { readonly [K in OtherKind]?: { readonly label: string; readonly onGo: () => void } };
  readonly onOpened: (plan: ReceivePlan, size: number | undefined) => void;
}

/** Takes a file in, and lists those that wait for a review. */
export function ReceiveInbox({ note, elsewhere, onOpened }: Props) {
  const [discarding, setDiscarding] = useState<{ readonly quarantine: string; readonly sender: string }>();
  const waiting = useMethod('receive.list', {});
  const open = useAction('receive.open');
  const resume = useAction('receive.plan');
  const partners = useMethod('partner.list', {});
  const job = useJob();
  const isBusy = open.isPending || resume.isPending;
  const failed = open.error ?? resume.error ?? waiting.error;
  const sender = partners.data?.partners.find(({ agency }) => agency === agencyOf(failed));
  const other = otherKindOf(failed);
  const pick = ({ bytes }: PickedFile) => {
    resume.reset();
    open.mutate({ bytes, job: job.begin() }, { onSuccess: (plan) => onOpened(plan, bytes.length) });
  };
  const take = (quarantine: string) => {
    open.reset();
    resume.mutate({ quarantine, job: job.begin() }, { onSuccess: (plan) => onOpened(plan, undefined) });
  };
  const quarantined = waiting.data?.quarantined ?? [];
  return (
    <section className="screen" aria-label="Receive">
      <ScreenHead title="Receive">
        A .chiro file or a receipt from a partner. It is checked and held apart; nothing enters a case before you have
        reviewed it.
      </ScreenHead>
      <div className="screen-stack">
        {note !== undefined && <Notice tone="info">{note}</Notice>}
        <FileDrop label="Choose a .chiro file or receipt" accept=".chiro" isDisabled={isBusy} onPick={pick} />
        {isBusy && <JobProgress label="Opening and checking" progress={job.progress} onCancel={job.cancel} />}
        {failed !== null && (
          <ErrorNotice
            {...explain(failed)}
            way={other === undefined ? undefined : elsewhere[other]}
            {...(sender !== undefined && {
              about: (
                <>
                  It is from <bdi>{sender.name}</bdi>.
                </>
              ),
            })}
          />
        )}
        <WithdrawnNotice files={waiting.data?.withdrawn ?? []} />
        <h2 className="receive-head">Waiting for a review</h2>
        {quarantined.length > 0 ? (
          <QuarantineTable
            files={quarantined}
            isBusy={isBusy}
            onReview={take}
            onDiscard={({ quarantine, issuerName }) => setDiscarding({ quarantine, sender: issuerName })}
          />
        ) : (
          <p className="muted">
            Nothing is waiting. Files that were checked but not yet reviewed stay here, apart from your cases.
          </p>
        )}
      </div>
      {discarding !== undefined && <DiscardDialog {...discarding} onClose={() => setDiscarding(undefined)} />}
    </section>
  );
}
