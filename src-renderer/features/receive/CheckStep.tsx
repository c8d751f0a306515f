import { Button, Group } from '@mantine/core';
import type { z } from 'zod';
import { findCode } from '../../../src-shared/catalogue/code-list.ts';
import { legalBases } from '../../../src-shared/catalogue/lists/legal-bases.ts';
import type { PartnerView, ReceivePlan } from '../../../src-shared/contract/views.ts';
import { filesWords, formatInstant, formatSize, withheldWords } from '../../strings/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { ScreenHead } from '../../ui/ScreenHead.tsx';
import { Steps } from '../../ui/Steps.tsx';
import { TlpBadge } from '../../ui/TlpBadge.tsx';
import { CheckedFact } from './CheckedFact.tsx';
import { approvalWords, receiptWords, streamWords } from './plan-words.ts';

interface Props {
  readonly plan: ReceivePlan;
  /** Of the file, when it was opened just now. */
  readonly size: number | undefined;
  readonly sender: z.infer<typeof PartnerView> | undefined;
  readonly onCancel: () => void;
  readonly onReview: () => void;
}

/** What was checked, one fact a line. A file that fails a check never gets here: it is refused with its reason. */
export function CheckStep({ plan, size, sender, onCancel, onReview }: Props) {
  const approval = approvalWords(plan);
  const stream = streamWords(plan);
  const confirmed = sender?.confirmed;
  return (
    <section className="screen" aria-label="Receive">
      <ScreenHead title={plan.verdict === 'receipt' ? 'A receipt' : 'Check'}>
        From <bdi>{plan.issuerName}</bdi>
      </ScreenHead>
      <div className="screen-stack receive-narrow">
        {plan.verdict === 'review' && <Steps steps={['Check', 'Review', 'Apply']} current={0} />}
        {plan.verdict === 'receipt' && (
          <Notice tone="ok" title="The receipt was entered in the ledger.">
            <bdi>{plan.issuerName}</bdi> states that it received your file. {receiptWords(plan)} A receipt proves the
            statement, not what the partner does with the data.
          </Notice>
        )}
        {plan.verdict === 'known' && (
          <Notice tone="info" title="This file was received before.">
            Everything in it is known already. Nothing was changed.
          </Notice>
        )}
        {plan.verdict === 'review' && !plan.isKept && (
          <Notice tone="warn" title="This file is not kept here.">
            It holds a record that its author has erased. Review it now; when the vault locks, the file has to be opened
            again.
          </Notice>
        )}
        <ul className="checks" aria-label="What was checked">
          <CheckedFact isFine>It was sealed for this agency and nobody changed it since.</CheckedFact>
          <CheckedFact isFine>
            Signed by{' '}
            <b>
              <bdi>{plan.issuerName}</bdi>
            </b>
            {sender?.isSample === true && ', an invented agency'}
            {sender?.isSample === false &&
              confirmed !== undefined &&
              `, whose keys ${confirmed.by} confirmed with ${confirmed.with} (${confirmed.channel}) on ${formatInstant(confirmed.at)}`}
            .
          </CheckedFact>
          {plan.verdict !== 'receipt' && (
            <>
              <CheckedFact isFine>Every record in it is covered by its author’s signature.</CheckedFact>
              {plan.totals.files > 0 && (
                <CheckedFact isFine>
                  Every evidence file in it is, byte by byte, the one that its record names.
                </CheckedFact>
              )}
              <CheckedFact isFine={approval.isFine}>{approval.text}</CheckedFact>
              <CheckedFact isFine={stream.isFine}>{stream.text}</CheckedFact>
            </>
          )}
        </ul>
        <dl className="facts">
          <dt>Made on</dt>
          <dd>{formatInstant(plan.createdAt)}</dd>
          {plan.verdict !== 'receipt' && (
            <>
              <dt>Purpose</dt>
              <dd>
                <bdi>{plan.purpose}</bdi>
              </dd>
              <dt>Legal basis</dt>
              <dd>{plan.legalBases.map((code) => findCode(legalBases, code)?.label ?? code).join('; ')}</dd>
              <dt>Marking</dt>
              <dd>
                <TlpBadge tlp={plan.tlp} />
              </dd>
              <dt>Approved by</dt>
              <dd>
                {plan.approvals.by.length === 0 && 'Nobody'}
                {plan.approvals.by.map((kid, at) => (
                  <span key={kid}>
                    {at > 0 && ', '}
                    officer’s key <code dir="ltr">{kid}</code>
                  </span>
                ))}
              </dd>
              {plan.totals.files > 0 && (
                <>
                  <dt>Files</dt>
                  <dd>{filesWords(plan.totals.files, plan.totals.fileBytes)}</dd>
                </>
              )}
              <dt>Withheld by the sender</dt>
              <dd>{withheldWords(plan.withheld.records, plan.withheld.claims)}</dd>
            </>
          )}
          {size !== undefined && (
            <>
              <dt>Size</dt>
              <dd>{formatSize(size)}</dd>
            </>
          )}
        </dl>
        <Group justify="flex-end" gap={8}>
          {plan.verdict === 'review' ? (
            <>
              <span className="receive-hint">Cancel leaves everything as it was.</span>
              <Button variant="default" onClick={onCancel}>
                Cancel
              </Button>
              <Button onClick={onReview}>Go to review</Button>
            </>
          ) : (
            <Button onClick={onCancel}>Close</Button>
          )}
        </Group>
      </div>
    </section>
  );
}
