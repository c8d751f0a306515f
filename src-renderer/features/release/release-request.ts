import { findCode } from '../../../src-shared/catalogue/code-list.ts';
import { type LegalBasis, legalBases } from '../../../src-shared/catalogue/lists/legal-bases.ts';
import type { Input } from '../../../src-shared/contract/methods.ts';
import type { ReleasePreview } from '../../../src-shared/contract/views.ts';
import type { AgencyId, ClaimHash, RecordId, SubjectId } from '../../../src-shared/domain/ids.ts';

export type ProtectedClass = Input<'release.preview'>['include'][number];
export type Stop = ReleasePreview['stops'][number];

/** A value that the officer keeps home, and what the screen calls it. */
export interface KeptClaim {
  readonly record: RecordId;
  readonly claim: ClaimHash;
  readonly words: string;
}

/** Every value of a property of a kind of thing. */
export interface KeptProperty {
  readonly type: string;
  readonly property: string;
  readonly words: string;
}

export interface KeptSubject {
  readonly subject: SubjectId;
  readonly words: string;
}

export type KeptThing = KeptSubject | KeptClaim | KeptProperty;

/** What the officer keeps home beyond what the rules do: it can be taken back step by step. */
export interface Kept {
  readonly subjects: readonly KeptSubject[];
  readonly claims: readonly KeptClaim[];
  readonly properties: readonly KeptProperty[];
}

/** What the officer decided so far. */
export interface ReleaseChoice {
  readonly to: readonly AgencyId[];
  readonly purpose: string;
  readonly purposeCode: string;
  readonly gateways: readonly string[];
  /** Duties and contexts that are cited as well; never enough alone. */
  readonly additions: readonly string[];
  readonly include: readonly ProtectedClass[];
  readonly kept: Kept;
}

const NOTHING_KEPT: Kept = { subjects: [], claims: [], properties: [] };

export const NO_CHOICE: ReleaseChoice = {
  to: [],
  purpose: '',
  purposeCode: 'investigation',
  gateways: [],
  additions: [],
  include: [],
  kept: NOTHING_KEPT,
};

/** A release of withdrawals for a partner that got what they withdraw. */
export function recallChoice(agency: AgencyId): ReleaseChoice {
  return { ...NO_CHOICE, to: [agency], purpose: 'Recall of what was withdrawn' };
}

export function releaseRequest(caseId: SubjectId, choice: ReleaseChoice): Input<'release.preview'> {
  return {
    case: caseId,
    to: [...choice.to],
    purpose: choice.purpose.trim(),
    purposeCode: choice.purposeCode,
    legalBases: [...choice.gateways, ...choice.additions],
    include: [...choice.include],
    exclude: choice.kept.subjects.map(({ subject }) => subject),
    withhold: {
      claims: choice.kept.claims.map(({ record, claim }) => ({ record, claim })),
      properties: choice.kept.properties.map(({ type, property }) => ({ type, property })),
    },
  };
}

/** The choice with one more thing kept home. */
export function keeping(choice: ReleaseChoice, more: Partial<Kept>): ReleaseChoice {
  const { subjects, claims, properties } = choice.kept;
  return {
    ...choice,
    kept: {
      subjects: [...subjects, ...(more.subjects ?? [])],
      claims: [...claims, ...(more.claims ?? [])],
      properties: [...properties, ...(more.properties ?? [])],
    },
  };
}

/** The choice without one of the things that it keeps home. */
export function lettingGo(choice: ReleaseChoice, gone: KeptThing): ReleaseChoice {
  const { subjects, claims, properties } = choice.kept;
  return {
    ...choice,
    kept: {
      subjects: subjects.filter((each) => each !== gone),
      claims: claims.filter((each) => each !== gone),
      properties: properties.filter((each) => each !== gone),
    },
  };
}

/** What is missing before a preview can be made, by field. */
export function missingIn(choice: ReleaseChoice): {
  readonly to?: string;
  readonly purpose?: string;
  readonly gateways?: string;
} {
  return {
    ...(choice.to.length === 0 && { to: 'Choose at least one partner.' }),
    ...(choice.purpose.trim() === '' && { purpose: 'Say what the partner may use it for.' }),
    ...(choice.gateways.length === 0 && { gateways: 'Choose a legal basis that allows sharing.' }),
  };
}

export function legalBasis(code: string): LegalBasis | undefined {
  return findCode(legalBases, code);
}
