import { comparePlaces, DAY, highestOf, isNewEpoch, knownNumbers, missingBelow } from './stream.ts';
import type { KnownBundle, Place, Statement } from './stream.ts';
import { newestLog, rewrittenLogs } from './stream-logs.ts';
import type { WitnessedLog } from './stream-logs.ts';
import { contradictions } from './stream-rollbacks.ts';

/** Where both streams of one partner stand: docs/formats/bundle.md §11, Q4–Q12. Pure. */

type Arrived = { readonly at: string };
type Sent = Place & Arrived & { readonly manifest: string; readonly bundle: string };

export interface StreamFacts {
  readonly received: readonly (KnownBundle & Arrived)[];
  readonly statements: readonly (Statement & Arrived)[];
  /** Receipts for manifests that we do not know. */
  readonly unknownReceipts: readonly { readonly manifest: string; readonly at: string }[];
  readonly sent: readonly Sent[];
  /** Our manifests that a receipt of this partner answers, with when it came. */
  readonly answered: ReadonlyMap<string, string>;
  readonly ourEpoch: number;
  /** When anything came last. */
  readonly heardAt?: string;
  readonly now: Date;
}

export interface Gap {
  readonly epoch: number;
  /** At most 100. */
  readonly numbers: readonly number[];
  readonly count: number;
  /** When the first higher number came. */
  readonly since: string;
}

/** Two statements that cannot both be true, or one that nobody but us could have caused. */
export interface Alarm {
  readonly kind: 'fork' | 'rollback' | 'ours-older' | 'log-rewritten';
  readonly epoch: number;
  readonly sequence: number;
  /** What proves it: manifests that we hold, the earlier one first. */
  readonly manifests: readonly string[];
  /** Q13: how many entries each of the two says that the log had. */
  readonly entries?: readonly [number, number];
  readonly at: string;
}

export interface StreamReport {
  readonly incoming: {
    readonly last?: Place & Arrived;
    readonly gaps: readonly Gap[];
    /** Q9: numbers that the partner says it sealed for us, above the last one that came. */
    readonly behind?: Place & { readonly from: number; readonly since: string };
    /** Q6: an epoch that nobody has agreed to yet. */
    readonly newEpoch?: number;
    /** Q14: the newest tree head of its audit log that we witnessed. */
    readonly log?: WitnessedLog;
    readonly isFrozen: boolean;
  };
  readonly outgoing: {
    readonly last?: Place & Arrived;
    /** The highest of ours that the partner says it has. */
    readonly acknowledged?: Place;
    readonly lastReceiptAt?: string;
    /** Sealed bundles that no receipt answers. */
    readonly unanswered: readonly (Place & Arrived & { readonly isLate: boolean })[];
    readonly isFrozen: boolean;
  };
  readonly alarms: readonly Alarm[];
  readonly heardAt?: string;
  /** Whole days since then; undefined when nothing ever went either way. */
  readonly silentDays?: number;
}

/** Q9: after so long, what is on its way is called kept back. */
const FREEZE = 7 * DAY;
const LISTED_ALARMS = 100;

/** O(n log n) in what is known of the partner. */
export function streamReport(facts: StreamFacts): StreamReport {
  const { now, heardAt, sent } = facts;
  const began = heardAt ?? sent[0]?.at;
  return {
    incoming: incomingOf(facts),
    outgoing: outgoingOf(facts),
    alarms: [
      ...forks(facts.received),
      ...rollbacks(facts.statements),
      ...logs(facts.statements),
      ...unknownOfOurs(facts),
    ].slice(0, LISTED_ALARMS),
    ...(heardAt !== undefined && { heardAt }),
    ...(began !== undefined && { silentDays: Math.max(0, Math.floor((now.getTime() - Date.parse(began)) / DAY)) }),
  };
}

function incomingOf(facts: StreamFacts): StreamReport['incoming'] {
  const { received, now } = facts;
  const last = highestPlace(received.filter(({ verdict }) => verdict !== 'fork'));
  const gaps = [...new Set(received.map(({ epoch }) => epoch))]
    .toSorted((a, b) => a - b)
    .flatMap((epoch) => gapOf(received, epoch));
  const behind = behindOf(facts, last);
  const newest = highestOf(received.map(({ epoch }) => epoch));
  const log = newestLog(facts.statements);
  const isLate = (since: string | undefined): boolean =>
    since !== undefined && now.getTime() - Date.parse(since) > FREEZE;
  return {
    ...(last !== undefined && { last: { epoch: last.epoch, sequence: last.sequence, at: last.at } }),
    gaps,
    ...(behind !== undefined && { behind }),
    ...(newest > 0 && isNewEpoch(newest, received) && { newEpoch: newest }),
    ...(log !== undefined && { log }),
    isFrozen: isLate(behind?.since) || gaps.some(({ since }) => isLate(since)),
  };
}

/** Q8. */
function gapOf(received: StreamFacts['received'], epoch: number): Gap[] {
  const numbers = knownNumbers(received, epoch);
  const { missing, missingCount } = missingBelow(highestOf(numbers), numbers);
  const lowest = missing[0];
  if (lowest === undefined) return [];
  const above = received.filter((row) => row.epoch === epoch && row.sequence > lowest && row.verdict !== 'fork');
  return [{ epoch, numbers: missing, count: missingCount, since: earliest(above) }];
}

function earliest(rows: readonly Arrived[]): string {
  return rows.reduce((first, { at }) => (at < first ? at : first), rows[0]?.at ?? '');
}

/** Q9: above the last number that came, in the epoch that the partner speaks of. */
function behindOf({ received, statements }: StreamFacts, last: Place | undefined): StreamReport['incoming']['behind'] {
  const said = highestPlace(
    statements.flatMap((row) =>
      row.kind === 'receipt' && row.sequence !== undefined && row.sequence > 0
        ? [{ ...row, sequence: row.sequence }]
        : [],
    ),
  );
  if (said === undefined || comparePlaces(said, last) <= 0) return undefined;
  const known = highestOf(knownNumbers(received, said.epoch));
  const since = earliest(
    statements.filter((row) => row.kind === 'receipt' && row.epoch === said.epoch && (row.sequence ?? 0) > known),
  );
  return { epoch: said.epoch, sequence: said.sequence, from: known + 1, since };
}

function outgoingOf({ sent, statements, answered, ourEpoch, now }: StreamFacts): StreamReport['outgoing'] {
  const last = highestPlace(sent);
  const acks = statements.flatMap(({ ack }) => (ack === undefined ? [] : [ack]));
  const answers = sent.filter(({ manifest }) => answered.has(manifest));
  const acknowledged = highestPlace([...acks, ...answers]);
  const lastReceiptAt = [...answered.values()].toSorted().at(-1);
  const unanswered = sent
    .filter(({ epoch, manifest }) => epoch === ourEpoch && !answered.has(manifest))
    .map(({ epoch, sequence, at }) => {
      const isAbove = comparePlaces({ epoch, sequence }, acknowledged) > 0;
      return { epoch, sequence, at, isLate: isAbove && now.getTime() - Date.parse(at) > FREEZE };
    });
  return {
    ...(last !== undefined && { last: { epoch: last.epoch, sequence: last.sequence, at: last.at } }),
    ...(acknowledged !== undefined && {
      acknowledged: { epoch: acknowledged.epoch, sequence: acknowledged.sequence },
    }),
    ...(lastReceiptAt !== undefined && { lastReceiptAt }),
    unanswered,
    isFrozen: unanswered.some(({ isLate }) => isLate),
  };
}

function highestPlace<P extends Place>(places: readonly P[]): P | undefined {
  return places.reduce<P | undefined>(
    (highest, place) => (comparePlaces(place, highest) > 0 ? place : highest),
    undefined,
  );
}

/** Q4: every pair that contradicts itself; the one that came first is named first. */
function forks(received: StreamFacts['received']): Alarm[] {
  const byPlace = Map.groupBy(received, ({ epoch, sequence }) => `${epoch} ${sequence}`);
  return [...byPlace.values()].flatMap((rows): Alarm[] => {
    const [first, ...twins] = rows.toSorted((a, b) => compare(a.at, b.at) || compare(a.manifest, b.manifest));
    if (first === undefined) return [];
    const { epoch, sequence } = first;
    const next = byPlace.get(`${epoch} ${sequence + 1}`) ?? [];
    const strangers = next.filter(
      ({ previous }) => previous !== undefined && !rows.some(({ manifest }) => manifest === previous),
    );
    const named = twins.map(({ manifest, at }) => ({ sequence, manifests: [first.manifest, manifest], at }));
    const denied = strangers.map(({ manifest, at }) => ({ sequence, manifests: [first.manifest, manifest], at }));
    return [...named, ...denied].map((pair) => ({ kind: 'fork', epoch, ...pair }));
  });
}

/** Q5. */
function rollbacks(statements: StreamFacts['statements']): Alarm[] {
  return contradictions(statements).map(({ earlier, later: { epoch, sequence = 0, manifest, at } }) => ({
    kind: 'rollback',
    epoch,
    sequence,
    manifests: [earlier.manifest, manifest],
    at,
  }));
}

/** Q13. */
function logs(statements: StreamFacts['statements']): Alarm[] {
  return rewrittenLogs(statements).map(({ earlier, later: { epoch, sequence = 0, manifest, at, log } }) => ({
    kind: 'log-rewritten',
    epoch,
    sequence,
    manifests: [earlier.manifest, manifest],
    entries: [earlier.log.size, log.size],
    at,
  }));
}

/** Q10: what the partner has of ours and we do not know, unless it was lost by the restore that began our epoch. */
function unknownOfOurs({ statements, sent, unknownReceipts, ourEpoch }: StreamFacts): Alarm[] {
  const ours = new Set(sent.map(({ manifest }) => manifest));
  const acked = statements.flatMap(({ ack, manifest, at }): Alarm[] =>
    ack === undefined || ours.has(ack.manifest) || ack.epoch < ourEpoch
      ? []
      : [{ kind: 'ours-older', epoch: ack.epoch, sequence: ack.sequence, manifests: [manifest], at }],
  );
  const told = new Set(acked.flatMap(({ manifests }) => manifests));
  const receipts = unknownReceipts
    .filter(({ manifest }) => !told.has(manifest))
    .map(({ manifest, at }): Alarm => ({
      kind: 'ours-older',
      epoch: ourEpoch,
      sequence: 0,
      manifests: [manifest],
      at,
    }));
  return [...acked, ...receipts];
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
