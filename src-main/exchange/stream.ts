import type { ManifestRow } from '../store/types.ts';

/** Where a bundle stands in its issuer's stream to us. docs/formats/bundle.md, B8 */
export type StreamFinding = 'first' | 'next' | 'gap' | 'replay' | 'older' | 'fork';

export interface StreamPosition {
  readonly finding: StreamFinding;
  /** Sequence numbers that we should have had before this one and have not. */
  readonly missing: readonly number[];
}

/** At most so many missing numbers are listed; the count is in the finding's range anyway. */
const LISTED = 100;

/**
 * Pure. `seen` are the data manifests from that issuer in that epoch, whatever became of them. A fork is two manifests with one number: this one
 * and one that we have seen, or the one that it names as the one before and the one that we have seen there.
 */
export function positionInStream(
  manifest: { readonly sequence: number; readonly hash: string; readonly previous: string | null },
  seen: readonly Pick<ManifestRow, 'sequence' | 'manifest'>[],
): StreamPosition {
  const numbers = new Set(seen.map((row) => row.sequence));
  const missing = missingBefore(manifest.sequence, numbers);
  const twin = seen.filter((row) => row.sequence === manifest.sequence);
  if (twin.some((row) => row.manifest !== manifest.hash)) return { finding: 'fork', missing };
  if (twin.length > 0) return { finding: 'replay', missing };
  const before = seen.filter((row) => row.sequence === manifest.sequence - 1);
  if (before.length > 0 && !before.some((row) => row.manifest === manifest.previous))
    return { finding: 'fork', missing };
  const last = seen.reduce((highest, row) => Math.max(highest, row.sequence), 0);
  if (manifest.sequence < last) return { finding: 'older', missing };
  if (missing.length > 0) return { finding: 'gap', missing };
  return { finding: manifest.sequence === 1 ? 'first' : 'next', missing };
}

function missingBefore(sequence: number, numbers: ReadonlySet<number>): number[] {
  const missing: number[] = [];
  for (let number = 1; number < sequence && missing.length < LISTED; number += 1)
    if (!numbers.has(number)) missing.push(number);
  return missing;
}
