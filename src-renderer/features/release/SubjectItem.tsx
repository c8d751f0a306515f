import { Button } from '@mantine/core';
import { useState } from 'react';
import { entityKind, isKnownLinkType, linkKind } from '../../../src-shared/catalogue/kinds.ts';
import type { ReleaseSubject } from '../../../src-shared/contract/views.ts';
import { countOf } from '../../strings/format.ts';
import { EntityIcon } from '../../ui/EntityIcon.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { RecordItem } from './RecordItem.tsx';
import { isLeaving, withheldCount } from './release-report.ts';

interface Props {
  readonly subject: ReleaseSubject;
  readonly isKeptHome: boolean;
  readonly onToggleHome: () => void;
}

const KINDS = {
  case: 'Case',
  chart: 'Drawing of the case',
  identity: 'Same or not the same',
  retraction: 'Recall',
  attachment: 'Evidence file',
  permission: 'Permission to pass on',
} as const;

/** One subject: how we know it, how the partner would see it, and every record about it. */
export function SubjectItem({ subject, isKeptHome, onToggleHome }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const leaves = isLeaving(subject);
  const withheld = withheldCount(subject);
  const isRenamed = leaves && subject.recipientLabel !== subject.label;
  return (
    <article className="release-subject" aria-label={subject.label}>
      <header>
        {subject.kind === 'entity' && (
          <EntityIcon type={subject.type} subjectCategory={subject.subjectCategory} size={18} />
        )}
        <button
          type="button"
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
        {(subject.kind === 'entity' || subject.kind === 'link') && (
          <Button
            variant="subtle"
            className="release-keep"
            aria-label={`${isKeptHome ? 'Let leave again' : 'Keep home'}: ${subject.label}`}
            onClick={onToggleHome}
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
      {subject.records.map((record) => (
        <RecordItem key={record.record} record={record} isOpen={isOpen} />
      ))}
    </article>
  );
}

function kindOf(subject: ReleaseSubject): string {
  if (subject.kind === 'entity') return entityKind(subject.type).label;
  if (subject.kind === 'link') return isKnownLinkType(subject.type) ? `Link: ${linkKind(subject.type).label}` : 'Link';
  return KINDS[subject.kind];
}
