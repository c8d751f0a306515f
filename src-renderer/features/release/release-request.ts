import { findCode } from '../../../src-shared/catalogue/code-list.ts';
import { type LegalBasis, legalBases } from '../../../src-shared/catalogue/lists/legal-bases.ts';
import type { Input } from '../../../src-shared/contract/methods.ts';
import type { AgencyId, SubjectId } from '../../../src-shared/domain/ids.ts';

export type ProtectedClass = Input<'release.preview'>['include'][number];

/** What the officer decided so far. */
export interface ReleaseChoice {
  readonly to: readonly AgencyId[];
  readonly purpose: string;
  readonly gateways: readonly string[];
  /** Duties and contexts that are cited as well; never enough alone. */
  readonly additions: readonly string[];
  readonly include: readonly ProtectedClass[];
  readonly exclude: readonly SubjectId[];
}

export const NO_CHOICE: ReleaseChoice = { to: [], purpose: '', gateways: [], additions: [], include: [], exclude: [] };

export function releaseRequest(caseId: SubjectId, choice: ReleaseChoice): Input<'release.preview'> {
  return {
    case: caseId,
    to: [...choice.to],
    purpose: choice.purpose.trim(),
    legalBases: [...choice.gateways, ...choice.additions],
    include: [...choice.include],
    exclude: [...choice.exclude],
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
