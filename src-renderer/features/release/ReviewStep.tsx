import { Button, Group } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useState } from 'react';
import type { z } from 'zod';
import type { Input } from '../../../src-shared/contract/methods.ts';
import type { PartnerView, ReleasePreview, ReleaseSubject } from '../../../src-shared/contract/views.ts';
import type { Progress } from '../../api/job.ts';
import { explain } from '../../strings/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { ReleaseOptions } from './ReleaseOptions.tsx';
import { ReviewTabs } from './ReviewTabs.tsx';
import { Stops } from './Stops.tsx';
import { keepOf } from './keep.ts';
import { lettingGo } from './release-request.ts';
import type { ReleaseChoice } from './release-request.ts';

interface Work {
  readonly progress: Progress | undefined;
  readonly onCancel: () => void;
}

interface Props {
  readonly preview: ReleasePreview | undefined;
  readonly request: Input<'release.preview'>;
  readonly isStale: boolean;
  readonly isDrawingUnsaved: boolean;
  readonly partners: readonly z.infer<typeof PartnerView>[];
  readonly choice: ReleaseChoice;
  readonly answers: readonly string[];
  readonly error: Error | null;
  /** It takes long to work out what would leave. */
  readonly planning: Work | undefined;
  readonly sealing: Work | undefined;
  readonly canUndo: boolean;
  readonly onUndo: () => void;
  readonly onChange: (choice: ReleaseChoice) => void;
  readonly onAnswer: (answers: readonly string[]) => void;
  readonly onBack: () => void;
  readonly onSeal: () => void;
  /** Asks another officer to approve it. */
  readonly onAsk: () => void;
}

/** The exact closure, record by record and value by value. Sealing waits until the report of what stays home was opened. */
export function ReviewStep(props: Props) {
  const { preview, request, isDrawingUnsaved, partners, choice, answers, error, planning, sealing, onChange } = props;
  const isStale = props.isStale || isDrawingUnsaved;
  const [tab, setTab] = useState<string | null>('all');
  const [seen, setSeen] = useState('');
  useHotkeys([['mod+Z', props.onUndo]]);
  const withheld = (preview?.totals.withheldClaims ?? 0) + (preview?.totals.withheldRecords ?? 0);
  const mustLook = withheld > 0 && tab !== 'home' && seen !== preview?.digest;
  const unanswered = preview?.stops.filter(({ key }) => !answers.includes(key)) ?? [];
  const isListed = preview?.stopsTotal === preview?.stops.length;
  const needsApproval = unanswered.some(({ rule }) => rule === 'P30');
  const isAnswered = !isStale && !mustLook && isListed && unanswered.every(({ rule }) => rule === 'P30');
  const canAsk = needsApproval && isAnswered;
  const isReady = preview !== undefined && isAnswered && !needsApproval;
  const openTab = (name: string | null) => {
    if (preview !== undefined && (tab === 'home' || name === 'home')) setSeen(preview.digest);
    setTab(name);
  };
  const keptSubject = ({ subject }: ReleaseSubject) => choice.kept.subjects.find((kept) => kept.subject === subject);
  const letGo = (subject: ReleaseSubject) => {
    const kept = keptSubject(subject);
    if (kept !== undefined) onChange(lettingGo(choice, kept));
  };
  return (
    <div className="release-review" aria-busy={isStale}>
      {preview !== undefined && (
        <ReleaseOptions
          preview={preview}
          partners={partners}
          choice={choice}
          canUndo={props.canUndo}
          onUndo={props.onUndo}
          onChange={onChange}
        />
      )}
      <div className="release-middle">
        {error !== null && <ErrorNotice {...explain(error)} />}
        {planning !== undefined && <JobProgress label="Working out what would leave" {...planning} />}
        {planning === undefined && preview === undefined && error === null && (
          <p className="muted">Working out what would leave…</p>
        )}
        {preview !== undefined && (
          <>
            <Stops
              stops={preview.stops}
              total={preview.stopsTotal}
              partners={partners}
              answers={answers}
              onAnswer={props.onAnswer}
            />
            <ReviewTabs
              preview={preview}
              request={request}
              tab={tab}
              keep={keepOf(choice, onChange)}
              isKeptHome={(subject) => keptSubject(subject) !== undefined}
              onTab={openTab}
              onLetGo={letGo}
            />
          </>
        )}
        {sealing !== undefined && <JobProgress label="Signing and sealing" {...sealing} />}
        <Group justify="flex-end" gap={8} className="release-actions">
          {isDrawingUnsaved && <span className="muted">The drawing of the case is being saved.</span>}
          {mustLook && <span className="muted">Open “What stays home” before you seal.</span>}
          {!mustLook && unanswered.some(({ rule }) => rule !== 'P30') && (
            <span className="muted">Something above waits for an answer.</span>
          )}
          <Button variant="default" onClick={props.onBack} disabled={sealing !== undefined}>
            Back
          </Button>
          {needsApproval ? (
            <Button onClick={props.onAsk} disabled={!canAsk}>
              Ask for approval
            </Button>
          ) : (
            <Button onClick={props.onSeal} disabled={!isReady || sealing !== undefined}>
              Seal and save
            </Button>
          )}
        </Group>
      </div>
    </div>
  );
}
