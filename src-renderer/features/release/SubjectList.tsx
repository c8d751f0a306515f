import type { ReactNode } from 'react';
import type { ReleaseSubject } from '../../../src-shared/contract/views.ts';
import { explain } from '../../strings/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { SparseList } from '../../ui/SparseList.tsx';
import { useSubjects } from './use-subjects.ts';
import type { Listing, SubjectsRequest } from './use-subjects.ts';

interface Props {
  readonly label: string;
  readonly request: SubjectsRequest;
  /** Of the preview that the list belongs to. */
  readonly digest: string;
  /** What is said when there is nothing. */
  readonly nothing: string;
  readonly children: (subject: ReleaseSubject, listing: Listing) => ReactNode;
}

/** The subjects of a preview that pass, read as they come into sight: a hundred thousand are as quick as ten. */
export function SubjectList({ label, request, digest, nothing, children }: Props) {
  const { total, at, onSight, error } = useSubjects(request, digest);
  if (error !== null) return <ErrorNotice {...explain(error)} />;
  if (total === 0) return <p className="muted">{nothing}</p>;
  return (
    <SparseList
      label={label}
      count={total ?? 1}
      itemAt={at}
      keyOf={(it) => it.subject}
      estimate={120}
      onSight={onSight}
    >
      {(it) => children(it, { request, digest })}
    </SparseList>
  );
}
