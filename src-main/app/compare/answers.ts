import { headsOf, headsText, MAX_LISTED_ENTRIES } from '../../../src-shared/bundle/comparison-file.ts';
import type { AnsweredComparison, BegunComparison } from '../../../src-shared/bundle/comparison-file.ts';
import { differingRanges, rangeOf } from '../../../src-shared/bundle/comparison-tree.ts';
import type { Heads } from '../../../src-shared/bundle/comparison-tree.ts';
import type { AgencyId, KeyId, RecordId } from '../../../src-shared/domain/ids.ts';
import type { ToldEntry } from '../../store/told-records.ts';
import type { ToldSet } from './told-set.ts';

/** What the files of a comparison say: docs/formats/compare.md §3. */

/** Who makes a file, and when. */
export type MadeBy = { readonly issuer: AgencyId; readonly kid: KeyId; readonly created: string };

/** M10. */
export function firstFile(
  by: MadeBy,
  audience: AgencyId,
  set: ToldSet,
  { depth, nodes, digest }: Heads,
): BegunComparison {
  return { ...head(by, audience, set), digest, depth, round: 1, heads: headsText(nodes) };
}

/** M11, M12. */
export function answerTo(
  by: MadeBy,
  file: BegunComparison | AnsweredComparison,
  set: ToldSet,
  { depth, nodes, digest }: Heads,
): AnsweredComparison {
  const differing = file.round === 1 ? differingRanges(headsOf(file), nodes) : file.ranges;
  const before = file.round === 1 ? 0 : file.left;
  const { ranges, entries } = fitting(differing, set, depth);
  return {
    ...head(by, file.issuer, set),
    digest,
    depth,
    round: file.round === 1 ? 2 : 3,
    answers: file.digest,
    ranges,
    left: differing.length - ranges.length + before,
    ours: listOf(entries.filter(({ isOurs }) => isOurs)),
    yours: listOf(entries.filter(({ isOurs }) => !isOurs)),
  };
}

/** What every file says. */
function head(by: MadeBy, audience: AgencyId, set: ToldSet) {
  const size = set.entries.length;
  return { ...by, v: 1, kind: 'comparison', audience, case: set.case, size } as const;
}

/** M12: ranges from the lowest on, while their entries fit into one file. */
function fitting(differing: readonly number[], { entries }: ToldSet, depth: number) {
  const byRange = new Map<number, ToldEntry[]>(differing.map((range) => [range, []]));
  for (const entry of entries) byRange.get(rangeOf(entry.id, depth))?.push(entry);
  const ranges: number[] = [];
  const listed: ToldEntry[] = [];
  for (const [range, some] of byRange) {
    if (listed.length + some.length > MAX_LISTED_ENTRIES) break;
    ranges.push(range);
    listed.push(...some);
  }
  return { ranges, entries: listed };
}

function listOf(entries: readonly ToldEntry[]): [RecordId, number][] {
  return entries.map(({ id, withheld }) => [id, withheld]);
}
