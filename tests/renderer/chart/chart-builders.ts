import type { EntityView, LinkView } from '../../../src-shared/contract/views.ts';
import { AgencyId, SubjectId } from '../../../src-shared/domain/ids.ts';

export const OURS = AgencyId.parse('a'.repeat(64));
export const THEIRS = AgencyId.parse('b'.repeat(64));

/** The subject with this number. */
export function subject(number: number): SubjectId {
  return SubjectId.parse(`00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`);
}

export function entity(number: number, more: Partial<EntityView> = {}): EntityView {
  return {
    id: subject(number),
    type: 'person',
    label: `Person ${number}`,
    isProtected: false,
    authors: [OURS],
    grades: [],
    tlp: 'TLP:AMBER',
    degree: 0,
    conflicts: 0,
    withheld: 0,
    ...more,
  };
}

/** Links are numbered from 1000, so that they never share an id with an entity. */
export function link(number: number, from: number, to: number, more: Partial<LinkView> = {}): LinkView {
  return {
    id: subject(1000 + number),
    type: 'associate-of',
    from: subject(from),
    to: subject(to),
    directed: false,
    confidence: 'tentative',
    authors: [OURS],
    grades: [],
    tlp: 'TLP:AMBER',
    ...more,
  };
}
