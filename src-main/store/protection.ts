import { isClaimedMinor } from '../../src-shared/catalogue/appearance.ts';
import { disclosedValues } from '../../src-shared/catalogue/claim.ts';
import { isProtectedSubject } from '../../src-shared/catalogue/subject.ts';
import type { Claim } from '../../src-shared/domain/record.ts';

/** V45: a victim, possible victim, witness, informant or child by any claim; the same persons as src-shared/policy protects. */
export function isProtectedBy(claims: readonly Claim[]): boolean {
  return isProtectedSubject(claims) || isClaimedMinor(claims) || isTrafficked(claims);
}

function isTrafficked(claims: readonly Claim[]): boolean {
  return disclosedValues(claims, 'traffickingStatus').some((status) => status !== 'NotAVictimOfTrafficking');
}
