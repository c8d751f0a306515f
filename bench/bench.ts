/** One comparison with a peer on the same data in the same run. */
export interface Bench {
  readonly name: string;
  /** What is measured, in words. */
  readonly summary: string;
  /** How many things are worked on unless `--size` says otherwise. */
  readonly size: number;
  /** How anybody can run the peer. */
  readonly peerCommand: string;
  /** Ours divided by the peer must not be more. */
  readonly goal: number;
  /** Makes the data; not measured. */
  readonly prepare: (size: number) => Contest;
}

export interface Contest {
  readonly ours: () => void;
  readonly peer: () => void;
}

export interface Measured {
  readonly name: string;
  readonly n: number;
  readonly ours: number;
  readonly peer: number;
  readonly peerCommand: string;
  readonly unit: 'ms CPU';
  readonly ratio: number;
  readonly goal: number;
  readonly met: boolean;
}

const RUNS = 5;

/** Both sides alternate, so that a busy machine slows both; the median of their processor time counts, never wall time. */
export function measure({ name, size, peerCommand, goal, prepare }: Bench, asked: number | undefined): Measured {
  const n = asked ?? size;
  const contest = prepare(n);
  contest.ours();
  contest.peer();
  const runs = Array.from({ length: RUNS }, () => ({ ours: cpuOf(contest.ours), peer: cpuOf(contest.peer) }));
  const ours = median(runs.map((run) => run.ours));
  const peer = median(runs.map((run) => run.peer));
  const ratio = ours / peer;
  return { name, n, ours, peer, peerCommand, unit: 'ms CPU', ratio, goal, met: ratio <= goal };
}

function cpuOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
