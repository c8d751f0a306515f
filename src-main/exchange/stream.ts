/** What the stream says of one incoming bundle: docs/formats/bundle.md §11, Q1–Q8. Pure; told from what is known, never from the order of arrival. */

export type StreamFinding =
  | 'first'
  | 'next'
  | 'gap'
  | 'late'
  | 'replay'
  | 'fork'
  | 'rollback'
  | 'fast-forward'
  | 'new-epoch';

/** A place in a stream. */
export interface Place {
  readonly epoch: number;
  readonly sequence: number;
}

/** A data bundle of the issuer that we know of, whatever became of it. `previous` is undefined when an older program did not keep it. */
export interface KnownBundle extends Place {
  readonly manifest: string;
  readonly previous?: string | null;
  readonly verdict: string;
}

/** Q1: what a manifest of the issuer says of both streams. `place` of a receipt is that of `sent`. */
export interface Statement {
  readonly manifest: string;
  readonly kind: 'data' | 'receipt';
  readonly epoch: number;
  /** 0 in a receipt of somebody who has sealed nothing for us; undefined when it does not say. */
  readonly sequence?: number;
  readonly saidAt: string;
  /** What it has of our stream; undefined when it says that it has nothing. */
  readonly ack?: Place & { readonly manifest: string };
  /** B33; undefined when it does not say. */
  readonly log?: TreeHead;
}

/** Of an audit log (vault.md V61). */
export interface TreeHead {
  readonly size: number;
  readonly root: string;
}

export interface IncomingBundle extends Place {
  readonly manifest: string;
  readonly previous: string | null;
  readonly saidAt: string;
  readonly ack?: Place & { readonly manifest: string };
}

export interface StreamPosition {
  readonly finding: StreamFinding;
  /** Sequence numbers that we should have had before this one and have not; at most `LISTED` of them. */
  readonly missing: readonly number[];
  readonly missingCount: number;
}

export const LISTED = 100;
/** Q7. */
export const WINDOW = 1000;
/** Q2, Q5: clocks are set, and not all at once (B11). */
export const DAY = 24 * 60 * 60 * 1000;
/** B8: epochs after the first are seconds since then. */
const EPOCHS_SINCE = Date.UTC(2026, 0, 1);

/** `known` and `statements` are those of the bundle's issuer. O(known + statements). */
export function positionInStream(
  bundle: IncomingBundle,
  known: readonly KnownBundle[],
  statements: readonly Statement[],
  now: Date,
): StreamPosition {
  const others = known.filter((row) => row.manifest !== bundle.manifest);
  const numbers = knownNumbers(others, bundle.epoch);
  const missing = missingBelow(bundle.sequence, numbers);
  return { finding: findingOf(bundle, known, others, numbers, missing, statements, now), ...missing };
}

function findingOf(
  bundle: IncomingBundle,
  known: readonly KnownBundle[],
  others: readonly KnownBundle[],
  numbers: ReadonlySet<number>,
  { missingCount }: Pick<StreamPosition, 'missingCount'>,
  statements: readonly Statement[],
  now: Date,
): StreamFinding {
  if (known.some((row) => row.manifest === bundle.manifest && row.verdict === 'applied')) return 'replay';
  if (isFork(bundle, others)) return 'fork';
  if (isFastForward(bundle, others, now)) return 'fast-forward';
  if (isRollback(bundle, statements)) return 'rollback';
  if (isNewEpoch(bundle.epoch, others)) return 'new-epoch';
  const highest = highestOf(numbers);
  const isLeftEpoch = others.some((row) => row.epoch > bundle.epoch);
  if (bundle.sequence < highest || isLeftEpoch) return 'late';
  if (missingCount > 0) return 'gap';
  return bundle.sequence === 1 ? 'first' : 'next';
}

/** Q8: a fork does not make a number known that was not. */
export function knownNumbers(known: readonly KnownBundle[], epoch: number): ReadonlySet<number> {
  return new Set(known.filter((row) => row.epoch === epoch && row.verdict !== 'fork').map((row) => row.sequence));
}

/** Q8: numbers below one that are unknown, lowest first. O(known), however high the number is. */
export function missingBelow(
  sequence: number,
  numbers: ReadonlySet<number>,
): { readonly missing: readonly number[]; readonly missingCount: number } {
  const below = [...numbers].filter((number) => number < sequence).length;
  const missing: number[] = [];
  for (let number = 1; number < sequence && missing.length < LISTED; number += 1)
    if (!numbers.has(number)) missing.push(number);
  return { missing, missingCount: Math.max(0, sequence - 1) - below };
}

/** 0 when there is none. */
export function highestOf(numbers: Iterable<number>): number {
  let highest = 0;
  for (const number of numbers) highest = Math.max(highest, number);
  return highest;
}

/** Q4: two manifests with one number, or one that names another before it than there is. */
function isFork({ epoch, sequence, manifest, previous }: IncomingBundle, others: readonly KnownBundle[]): boolean {
  const at = (number: number) => others.filter((row) => row.epoch === epoch && row.sequence === number);
  if (at(sequence).length > 0) return true;
  const before = at(sequence - 1);
  if (before.length > 0 && !before.some((row) => row.manifest === previous)) return true;
  const after = at(sequence + 1).filter((row) => row.previous !== undefined);
  return after.length > 0 && !after.some((row) => row.previous === manifest);
}

/** Q7. */
function isFastForward({ epoch, sequence }: IncomingBundle, others: readonly KnownBundle[], now: Date): boolean {
  const last = highestOf(knownNumbers(others, epoch));
  if (sequence > last + WINDOW) return true;
  const highest = highestOf(others.map((row) => row.epoch));
  return epoch > highest + WINDOW && epoch > Math.floor((now.getTime() + DAY - EPOCHS_SINCE) / 1000);
}

/** Q5. */
function isRollback(bundle: IncomingBundle, statements: readonly Statement[]): boolean {
  const place: Statement = { ...bundle, kind: 'data' };
  return statements.some(
    (said) => said.manifest !== bundle.manifest && (contradictsAck(said, place) || contradictsEpoch(said, place)),
  );
}

/** Q5: a statement before another has a higher ack of our stream. */
export function contradictsAck(earlier: Statement, later: Statement): boolean {
  return isBefore(earlier, later) && comparePlaces(earlier.ack, later.ack) > 0;
}

/** Q5: the issuer goes on, a day or more later, in an epoch that it had left. */
export function contradictsEpoch(said: Statement, lower: Statement): boolean {
  return said.kind === 'data' && said.epoch > lower.epoch && Date.parse(lower.saidAt) > Date.parse(said.saidAt) + DAY;
}

/** Q2; only within one epoch of the issuer, because acks may go down where it was restored (Q6). */
export function isBefore(one: Statement, other: Statement): boolean {
  if (one.epoch !== other.epoch || one.sequence === undefined || other.sequence === undefined) return false;
  const [before, after] = [rankOf(one), rankOf(other)];
  if (before !== after) return before < after;
  return Date.parse(one.saidAt) + DAY < Date.parse(other.saidAt);
}

/** Q2: a receipt stands right after the data manifest that it names. */
export function rankOf({ kind, sequence = 0 }: Statement): number {
  return kind === 'data' ? 2 * sequence : 2 * sequence + 1;
}

/** Higher epochs first, then higher numbers; undefined is below all. */
export function comparePlaces(one: Place | undefined, other: Place | undefined): number {
  if (one === undefined || other === undefined) return Number(one !== undefined) - Number(other !== undefined);
  return one.epoch - other.epoch || one.sequence - other.sequence;
}

/** Q6: an epoch above every one of which a bundle was applied, while a lower one is known. */
export function isNewEpoch(epoch: number, known: readonly KnownBundle[]): boolean {
  const isAccepted = known.some((row) => row.verdict === 'applied' && row.epoch >= epoch);
  return !isAccepted && known.some((row) => row.epoch < epoch);
}
