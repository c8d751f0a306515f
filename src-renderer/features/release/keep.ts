import type { ReleaseSubject } from '../../../src-shared/contract/views.ts';
import type { Kept } from './release-request.ts';

/** Keeps something home; what is kept is listed, and every step can be undone. */
export type Keep = (more: Partial<Kept>) => void;

type Record = ReleaseSubject['records'][number];

/** This value alone; undefined where the record is committed as a whole. */
export function thisValue(record: Record, claim: Record['claims'][number]): Partial<Kept> | undefined {
  if (claim.claim === undefined) return undefined;
  return { claims: [{ record: record.record, claim: claim.claim, words: `${claim.label}: ${claim.display}` }] };
}

/** Every value of its property, wherever it stands in the release. */
export function everySuchValue(subject: ReleaseSubject, kind: string, claim: Record['claims'][number]): Partial<Kept> {
  const words = `Every ${claim.label.toLowerCase()} (${kind.toLowerCase()})`;
  return { properties: [{ type: subject.type, property: claim.property, words }] };
}

export function wholeSubject({ subject, label }: ReleaseSubject): Partial<Kept> {
  return { subjects: [{ subject, words: label }] };
}
