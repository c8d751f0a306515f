import type { ReleaseSubject } from '../../../src-shared/contract/views.ts';
import { EntityIcon } from '../../ui/EntityIcon.tsx';
import { ReceivedRecord } from './ReceivedRecord.tsx';
import { MoreRecords } from './MoreRecords.tsx';
import { kindOf } from './subject-kind.ts';
import type { Listing } from './use-subjects.ts';

interface Props {
  readonly subject: ReleaseSubject;
  readonly listing: Listing;
}

/** A subject with nothing but what the recipients get: its name there, the values that leave, and how many are withheld. */
export function RecipientItem({ subject, listing }: Props) {
  return (
    <article className="release-subject" aria-label={subject.recipientLabel}>
      <header>
        {subject.kind === 'entity' && (
          <EntityIcon type={subject.type} subjectCategory={subject.subjectCategory} size={18} />
        )}
        <b dir="auto">{subject.recipientLabel}</b>
        <span className="muted">{kindOf(subject)}</span>
      </header>
      {subject.records.map((record) => (
        <ReceivedRecord key={record.record} record={record} />
      ))}
      <MoreRecords subject={subject} listing={listing}>
        {(record) => <ReceivedRecord key={record.record} record={record} />}
      </MoreRecords>
    </article>
  );
}
