import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReleaseSubject } from '../../../src-shared/contract/views.ts';
import { countOf } from '../../strings/format.ts';
import { EntityIcon } from '../../ui/EntityIcon.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { useItemTabIndex } from '../../ui/active-item.ts';
import { MoreRecords } from './MoreRecords.tsx';
import { RecordItem } from './RecordItem.tsx';
import { isLeaving, withheldCount } from './release-report.ts';
import { wholeSubject } from './keep.ts';
import type { Keep } from './keep.ts';
import { kindOf } from './subject-kind.ts';
import type { Listing } from './use-subjects.ts';

interface Props {
  readonly subject: ReleaseSubject;
  readonly listing: Listing;
  /** Only what stays home of it. */
  readonly isOnlyStaying: boolean;
  readonly isKeptHome: boolean;
  readonly keep: Keep | undefined;
  readonly onLetGo: () => void;
}

/** One subject: how we know it, how the partner would see it, and every record about it. */
export function SubjectItem({ subject, listing, isOnlyStaying, isKeptHome, keep, onLetGo }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const tabIndex = useItemTabIndex();
  const leaves = isLeaving(subject);
  const withheld = withheldCount(subject);
  const isRenamed = leaves && subject.recipientLabel !== subject.label;
  const recordItem = (record: ReleaseSubject['records'][number]) => (
    <RecordItem
      key={record.record}
      subject={subject}
      record={record}
      isOpen={isOpen}
      isOnlyStaying={isOnlyStaying}
      keep={keep}
    />
  );
  return (
    <article className="release-subject" aria-label={subject.label}>
      <header>
        {subject.kind === 'entity' && (
          <EntityIcon type={subject.type} subjectCategory={subject.subjectCategory} size={18} />
        )}
        <button
          type="button"
          tabIndex={tabIndex}
          dir="auto"
          className="title-button"
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          {subject.label}
        </button>
        <span className="muted">{kindOf(subject)}</span>
        {subject.isProtected && <Tag tone="warning">Protected</Tag>}
        <Tag tone={leaves ? 'good' : 'neutral'}>{leaves ? 'Leaves' : 'Stays home'}</Tag>
        {leaves && withheld > 0 && (
          <span className="muted">{countOf(withheld, 'part stays home', 'parts stay home')}</span>
        )}
        {keep !== undefined && KEPT_ALONE.has(subject.kind) && (
          <Button
            variant="subtle"
            tabIndex={tabIndex}
            className="release-keep"
            aria-label={`${isKeptHome ? 'Let leave again' : 'Keep home'}: ${subject.label}`}
            onClick={isKeptHome ? onLetGo : () => keep.add(wholeSubject(subject))}
          >
            {isKeptHome ? 'Let leave again' : 'Keep home'}
          </Button>
        )}
      </header>
      {isRenamed && (
        <p className="release-seen">
          The partner sees{' '}
          <b>
            <bdi>{subject.recipientLabel}</bdi>
          </b>
        </p>
      )}
      {subject.records.map(recordItem)}
      <MoreRecords subject={subject} listing={listing}>
        {recordItem}
      </MoreRecords>
    </article>
  );
}

/** What the officer may keep home by itself. */
const KEPT_ALONE: ReadonlySet<ReleaseSubject['kind']> = new Set(['entity', 'link', 'attachment']);
