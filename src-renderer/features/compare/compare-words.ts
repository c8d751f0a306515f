import type { ComparisonView, Difference } from '../../../src-shared/contract/compare.ts';
import { countOf } from '../../strings/format.ts';

/** docs/formats/compare.md M20, in words. */
export const KINDS: { readonly [K in Difference['what']]: string } = {
  'missing-there': 'Released to them; they do not have it',
  'withdrawn-here': 'Withdrawn here; they still count it',
  'changed-here': 'Replaced here; they still count the old one',
  'unsent-here': 'They have it from somebody else',
  'unknown-here': 'They have it from us; this vault does not know it',
  'missing-here': 'Released to us; we do not have it',
  'ended-here': 'Withdrawn or replaced here by their word; they still count it',
  'gone-there': 'Live here; they do not count it any more',
  'out-of-case': 'Held here, but not as a part of this case',
  'fewer-there': 'They have fewer values of it than were released',
  'more-there': 'They have more values of it than one release gave',
  'fewer-here': 'We have fewer values of it than they released',
  'more-here': 'We have more values of it than they released',
};

export const REMEDIES: { readonly [K in Difference['remedy']]: string } = {
  release: 'Release again',
  ask: 'Ask them to release again',
  check: 'Look into it',
  none: 'Nothing',
};

/** What has to be known before a row is acted on. */
export const ADVICE: { readonly [K in Difference['what']]?: string } = {
  'unknown-here': 'This vault may be older than what they have seen: look at Audit → Streams.',
  'out-of-case': 'The case has other members there: compare its member list.',
  'withdrawn-here': 'The release carries the withdrawal. Its answer is under Audit → Recalls.',
  'missing-here': 'Look under Receive first: it may wait for a decision.',
};

export const RECORD_KINDS: Readonly<Record<string, string>> = { entity: 'Entity', link: 'Link', case: 'Case' };

export function verdictOf({ isSame, round, ranges, total, left, partnerName }: ComparisonView): string {
  if (isSame) return `You and ${partnerName} have the same.`;
  if (round === 1) return `You and ${partnerName} differ in ${countOf(ranges, 'range')} of records.`;
  return `You and ${partnerName} differ in ${countOf(total, 'record')}${left > 0 ? ' or more' : ''}.`;
}
