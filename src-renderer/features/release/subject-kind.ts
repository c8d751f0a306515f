import { entityKind, isKnownLinkType, linkKind } from '../../../src-shared/catalogue/kinds.ts';
import type { ReleaseSubject } from '../../../src-shared/contract/views.ts';

const KINDS = {
  case: 'Case',
  chart: 'Drawing of the case',
  identity: 'Same or not the same',
  retraction: 'Recall',
  attachment: 'Evidence file',
  permission: 'Permission to pass on',
} as const;

/** What kind of thing a subject of a release is, in words. */
export function kindOf(subject: ReleaseSubject): string {
  if (subject.kind === 'entity') return entityKind(subject.type).label;
  if (subject.kind === 'link') return isKnownLinkType(subject.type) ? `Link: ${linkKind(subject.type).label}` : 'Link';
  return KINDS[subject.kind];
}
