import { Tabs } from '@mantine/core';
import { useState } from 'react';
import type { Input } from '../../../src-shared/contract/methods.ts';
import type { ReleasePreview, ReleaseSubject } from '../../../src-shared/contract/views.ts';
import { formatCount } from '../../strings/format.ts';
import { RecipientItem } from './RecipientItem.tsx';
import { RuleChoice } from './RuleChoice.tsx';
import { SubjectItem } from './SubjectItem.tsx';
import { SubjectList } from './SubjectList.tsx';
import type { Keep } from './keep.ts';
import type { Listing } from './use-subjects.ts';

interface Props {
  readonly preview: ReleasePreview;
  readonly request: Input<'release.preview'>;
  readonly tab: string | null;
  /** Undefined where somebody only looks. */
  readonly keep: Keep | undefined;
  readonly isKeptHome: (subject: ReleaseSubject) => boolean;
  readonly onTab: (tab: string | null) => void;
  readonly onLetGo: (subject: ReleaseSubject) => void;
}

const OF_OTHERS = new Set(['P3', 'P23', 'P24', 'P25']);

/** The same release four ways: all of it, what stays home, what other agencies said, and what the partner gets. */
export function ReviewTabs({ preview, request, tab, keep, isKeptHome, onTab, onLetGo }: Props) {
  const [rule, setRule] = useState<string>();
  const { totals, classes, digest } = preview;
  const hasOthers = classes.includes('third-party') || totals.byRule.some((row) => OF_OTHERS.has(row.rule));
  const subject = (isOnlyStaying: boolean) => (it: ReleaseSubject, listing: Listing) => (
    <SubjectItem
      subject={it}
      listing={listing}
      isOnlyStaying={isOnlyStaying}
      isKeptHome={isKeptHome(it)}
      keep={keep}
      onLetGo={() => onLetGo(it)}
    />
  );
  const chosen = totals.byRule.some((row) => row.rule === rule) ? rule : undefined;
  return (
    <Tabs value={tab} onChange={onTab} keepMounted={false} className="release-tabs">
      <Tabs.List>
        <Tabs.Tab value="all">
          Every subject <span className="release-count">{formatCount(preview.subjectsTotal)}</span>
        </Tabs.Tab>
        <Tabs.Tab value="home">
          What stays home{' '}
          <span className="release-count">{formatCount(totals.withheldClaims + totals.withheldRecords)}</span>
        </Tabs.Tab>
        {hasOthers && <Tabs.Tab value="others">Said by other agencies</Tabs.Tab>}
        <Tabs.Tab value="partner">As the partner sees it</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="all">
        <SubjectList label="Every subject" request={request} digest={digest} nothing="There is nothing in this case.">
          {subject(false)}
        </SubjectList>
      </Tabs.Panel>
      <Tabs.Panel value="home" className="release-home">
        <RuleChoice rows={totals.byRule} chosen={chosen} onChoose={setRule} />
        <SubjectList
          key={chosen}
          label="What stays home"
          request={{ ...request, show: 'home', ...(chosen !== undefined && { rule: chosen }) }}
          digest={digest}
          nothing="Nothing stays home: everything in the case leaves."
        >
          {subject(true)}
        </SubjectList>
      </Tabs.Panel>
      <Tabs.Panel value="others">
        <SubjectList
          label="Said by other agencies"
          request={{ ...request, show: 'third-party' }}
          digest={digest}
          nothing="Nothing here was said by another agency."
        >
          {subject(false)}
        </SubjectList>
      </Tabs.Panel>
      <Tabs.Panel value="partner">
        <SubjectList
          label="As the partner sees it"
          request={{ ...request, show: 'leaving' }}
          digest={digest}
          nothing="The partner would get nothing."
        >
          {(it, listing) => <RecipientItem subject={it} listing={listing} />}
        </SubjectList>
      </Tabs.Panel>
    </Tabs>
  );
}
