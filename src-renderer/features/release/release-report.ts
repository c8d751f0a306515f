import type { ReleaseSubject } from '../../../src-shared/contract/views.ts';
import { countOf, formatCount } from '../../strings/format.ts';

type Record = ReleaseSubject['records'][number];

/** True when at least one record of the subject leaves. */
export function isLeaving({ counts }: ReleaseSubject): boolean {
  return counts.leaving > 0;
}

/** How many values and whole records of a subject stay home. */
export function withheldCount({ counts }: ReleaseSubject): number {
  return counts.home + counts.withheld;
}

/**
 * What is said of the values of a record that are not shown: how many they are, what becomes of them, and where they can be seen; undefined where all
 * are shown. The numbers add up. `isOnlyStaying`: values that leave are not spoken of.
 */
export function restWords(record: Record, shown: Record['claims'], isOnlyStaying: boolean): string | undefined {
  const isHome = record.verdict.action === 'withhold';
  const more = record.more ?? { leaving: 0, withheld: 0 };
  const folded = record.claims.filter((claim) => !shown.includes(claim));
  const foldedHome = folded.filter((claim) => isHome || claim.verdict.action === 'withhold').length;
  const unlistedHome = isHome ? more.leaving + more.withheld : more.withheld;
  const home = foldedHome + unlistedHome;
  const leaving = isOnlyStaying ? 0 : folded.length - foldedHome + more.leaving + more.withheld - unlistedHome;
  if (home + leaving === 0) return undefined;
  const parts = [
    leaving > 0 && `${formatCount(leaving)} ${leaving === 1 ? 'leaves' : 'leave'}`,
    home > 0 && `${formatCount(home)} ${home === 1 ? 'stays home' : 'stay home'}`,
  ].filter((part) => part !== false);
  const unlisted = unlistedHome + (isOnlyStaying ? 0 : more.leaving + more.withheld - unlistedHome);
  return `${countOf(home + leaving, 'more value')}: ${parts.join(', ')}. ${whereOf(home + leaving, unlisted)}`;
}

function whereOf(rest: number, unlisted: number): string {
  if (unlisted === 0) return 'Open the subject to see them.';
  if (unlisted === rest) return 'Too many values to list them all.';
  return `Open the subject to see ${formatCount(rest - unlisted)} of them; the others are too many to be listed.`;
}
