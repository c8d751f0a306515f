import type { Output } from '../../src-shared/contract/methods.ts';

type Declined = Output<'release.declined'>['declined'][number];

/** How long who asked is told in the bar that a release was declined, unless the list was opened; it stays in the list after that. */
const DAYS = 7;

/** What this officer asked for and another one declined lately. */
export function freshDeclines(declined: readonly Declined[], now: number): readonly Declined[] {
  const oldest = now - DAYS * 24 * 60 * 60 * 1000;
  return declined.filter(({ isYours, declinedAt }) => isYours && Date.parse(declinedAt) >= oldest);
}
