import { Button, Group, Tabs } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { z } from 'zod';
import type { PartnerView, ReleasePreview } from '../../../src-shared/contract/views.ts';
import type { Progress } from '../../api/job.ts';
import { explain } from '../../strings/errors.ts';
import { formatCount } from '../../strings/format.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { ReleaseOptions } from './ReleaseOptions.tsx';
import { Stops } from './Stops.tsx';
import { SubjectItem } from './SubjectItem.tsx';
import { WithheldReport } from './WithheldReport.tsx';
import { inReadingOrder, withNames } from './release-report.ts';
import type { ReleaseChoice } from './release-request.ts';

interface Props {
  readonly preview: ReleasePreview | undefined;
  readonly isStale: boolean;
  readonly partners: readonly z.infer<typeof PartnerView>[];
  readonly choice: ReleaseChoice;
  readonly error: Error | null;
  readonly sealing: { readonly progress: Progress | undefined; readonly onCancel: () => void } | undefined;
  readonly onChange: (choice: ReleaseChoice) => void;
  readonly onBack: () => void;
  readonly onSeal: () => void;
}

/** The exact closure, record by record and value by value. Sealing waits until the report of what stays home was opened. */
export function ReviewStep({
  preview: answer,
  isStale,
  partners,
  choice,
  error,
  sealing,
  onChange,
  onBack,
  onSeal,
}: Props) {
  const preview = useMemo(() => (answer === undefined ? undefined : withNames(answer)), [answer]);
  const [tab, setTab] = useState<string | null>('all');
  const [seen, setSeen] = useState('');
  const withheld = (preview?.totals.withheldClaims ?? 0) + (preview?.totals.withheldRecords ?? 0);
  const mustLook = withheld > 0 && tab !== 'home' && seen !== preview?.digest;
  const isReady = preview !== undefined && !isStale && preview.stops.length === 0 && !mustLook;
  const openTab = (name: string | null) => {
    if (preview !== undefined && (tab === 'home' || name === 'home')) setSeen(preview.digest);
    setTab(name);
  };
  const toggleHome = (subject: ReleaseChoice['exclude'][number]) =>
    onChange({
      ...choice,
      exclude: choice.exclude.includes(subject)
        ? choice.exclude.filter((kept) => kept !== subject)
        : [...choice.exclude, subject],
    });
  return (
    <div className="release-review" aria-busy={isStale}>
      {preview !== undefined && (
        <ReleaseOptions preview={preview} partners={partners} choice={choice} onChange={onChange} />
      )}
      <div className="release-middle">
        {error !== null && <ErrorNotice {...explain(error)} />}
        {preview === undefined && error === null && (
          <JobProgress label="Working out what would leave" progress={undefined} />
        )}
        {preview !== undefined && (
          <>
            <Stops stops={preview.stops} partners={partners} />
            <Tabs value={tab} onChange={openTab} className="release-tabs">
              <Tabs.List>
                <Tabs.Tab value="all">
                  Every subject <span className="release-count">{formatCount(preview.subjects.length)}</span>
                </Tabs.Tab>
                <Tabs.Tab value="home">
                  What stays home <span className="release-count">{formatCount(withheld)}</span>
                </Tabs.Tab>
              </Tabs.List>
              <Tabs.Panel value="all">
                <VirtualList
                  label="Every subject"
                  items={inReadingOrder(preview.subjects)}
                  keyOf={(it) => it.subject}
                  estimate={120}
                >
                  {(subject) => (
                    <SubjectItem
                      subject={subject}
                      isKeptHome={choice.exclude.includes(subject.subject)}
                      onToggleHome={() => toggleHome(subject.subject)}
                    />
                  )}
                </VirtualList>
              </Tabs.Panel>
              <Tabs.Panel value="home">
                <WithheldReport preview={preview} />
              </Tabs.Panel>
            </Tabs>
          </>
        )}
        {sealing !== undefined && <JobProgress label="Signing and sealing" {...sealing} />}
        <Group justify="flex-end" gap={8} className="release-actions">
          {mustLook && <span className="muted">Open “What stays home” before you seal.</span>}
          <Button variant="default" onClick={onBack} disabled={sealing !== undefined}>
            Back
          </Button>
          <Button onClick={onSeal} disabled={!isReady || sealing !== undefined}>
            Seal and save
          </Button>
        </Group>
      </div>
    </div>
  );
}
