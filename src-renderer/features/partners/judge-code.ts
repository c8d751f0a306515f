import type { z } from 'zod';
import type { PartnerView } from '../../../src-shared/contract/views.ts';

type Partner = Pick<z.infer<typeof PartnerView>, 'agency' | 'name' | 'code'>;

/** What a text that was read is to the partner whose card is being confirmed: docs/formats/bundle.md K21. */
export type CodeVerdict =
  | { readonly kind: 'same' }
  /** Of the same agency, but another card than the one that is held. */
  | { readonly kind: 'differs' }
  | { readonly kind: 'ours' }
  | { readonly kind: 'another'; readonly name: string | undefined }
  /** A whole card. */
  | { readonly kind: 'card' }
  | { readonly kind: 'no-code' };

/** K21, said before anything is confirmed; the vault process compares again. `ours` is the code of our own card. */
export function judgeCode(
  read: string,
  {
    partner,
    partners,
    ours,
  }: { readonly partner: Partner; readonly partners: readonly Partner[]; readonly ours: string },
): CodeVerdict {
  const text = read.trim().toUpperCase();
  if (text === partner.code) return { kind: 'same' };
  if (text.startsWith('{')) return { kind: 'card' };
  const agency = agencyIn(text, ours);
  if (agency === undefined) return { kind: 'no-code' };
  if (agency === agencyIn(ours, ours)) return { kind: 'ours' };
  if (agency === agencyIn(partner.code, ours)) return { kind: 'differs' };
  return { kind: 'another', name: partners.find(({ code }) => agencyIn(code, ours) === agency)?.name };
}

/** The agency that a code is of: every code has the form of ours. */
function agencyIn(code: string, ours: string): string | undefined {
  const [name, version, agency, hash, more] = code.split(':');
  const [ourName, ourVersion] = ours.split(':');
  const isCode = name === ourName && version === ourVersion && isHash(agency) && isHash(hash) && more === undefined;
  return isCode ? agency : undefined;
}

function isHash(text: string | undefined): boolean {
  return text !== undefined && /^[0-9A-F]{64}$/.test(text);
}
