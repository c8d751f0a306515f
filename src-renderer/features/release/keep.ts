import type { ReleaseSubject } from '../../../src-shared/contract/views.ts';
import { type Kept, type KeptThing, type ReleaseChoice, keeping, lettingGo } from './release-request.ts';

type Record = ReleaseSubject['records'][number];
type Claim = Record['claims'][number];

/** Keeps something home and lets it go again; what is kept is listed, and every step can be undone. */
export interface Keep {
  readonly add: (more: Partial<Kept>) => void;
  /** What the officer keeps home that takes this value along: the narrowest. */
  readonly keptFor: (subject: ReleaseSubject, record: Record, claim: Claim) => KeptThing | undefined;
  readonly letGo: (kept: KeptThing) => void;
}

export function keepOf(choice: ReleaseChoice, onChange: (choice: ReleaseChoice) => void): Keep {
  const { claims, properties, subjects } = choice.kept;
  return {
    add: (more) => onChange(keeping(choice, more)),
    keptFor: ({ subject, type }, { record }, { claim, property }) =>
      claims.find((kept) => kept.record === record && kept.claim === claim) ??
      properties.find((kept) => kept.type === type && kept.property === property) ??
      subjects.find((kept) => kept.subject === subject),
    letGo: (kept) => onChange(lettingGo(choice, kept)),
  };
}

/** This value alone; undefined where the record is committed as a whole. */
export function thisValue(record: Record, claim: Claim): Partial<Kept> | undefined {
  if (claim.claim === undefined) return undefined;
  return { claims: [{ record: record.record, claim: claim.claim, words: `${claim.label}: ${claim.display}` }] };
}

/** Every value of its property, wherever it stands in the release. */
export function everySuchValue(subject: ReleaseSubject, kind: string, claim: Claim): Partial<Kept> {
  const words = `Every ${claim.label.toLowerCase()} (${kind.toLowerCase()})`;
  return { properties: [{ type: subject.type, property: claim.property, words }] };
}

export function wholeSubject({ subject, label }: ReleaseSubject): Partial<Kept> {
  return { subjects: [{ subject, words: label }] };
}
