/** One benchmark: one or more comparisons with a peer on the same data in the same run. */
export interface Bench {
  readonly name: string;
  /** What is measured, in words. */
  readonly summary: string;
  /** How many things are worked on unless `--size` says otherwise; each size is a run of its own. */
  readonly sizes: readonly number[];
  /** Row by row, so that what is broken off has told what it measured. `keep`: a folder in which what was made stays, to be looked at. */
  readonly run: (size: number, keep?: string) => Iterable<Measured> | AsyncIterable<Measured>;
}

export interface Measured {
  readonly name: string;
  readonly n: number;
  readonly ours: number;
  readonly peer: number;
  /** How anybody can run the peer, or where a limit comes from. */
  readonly peerCommand: string;
  readonly unit: 'ms CPU' | 'ms' | 'MB';
  readonly ratio: number;
  /** Ours divided by the peer must not be more; absent where a figure is reported and nothing was promised. */
  readonly goal?: number;
  readonly met: boolean;
  /** How often both sides ran; the figures are medians. */
  readonly runs: number;
}

export interface Contest {
  readonly ours: () => void;
  readonly peer: () => void;
}

const RUNS = 5;

/** Both sides alternate, so that a busy machine slows both; the median of their processor time counts, never wall time. */
export function alternate(contest: Contest, runs = RUNS): { readonly ours: number; readonly peer: number } {
  contest.ours();
  contest.peer();
  const figures = Array.from({ length: runs }, () => ({ ours: cpuOf(contest.ours), peer: cpuOf(contest.peer) }));
  return { ours: median(figures.map(({ ours }) => ours)), peer: median(figures.map(({ peer }) => peer)) };
}

/** A row of the report. */
export function compared(row: Omit<Measured, 'ratio' | 'met'>): Measured {
  const ratio = row.ours / row.peer;
  return { ...row, ratio, met: row.goal === undefined || ratio <= row.goal };
}

/** Processor time, in ms, that this process spends on some work. */
export function cpuOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  return cpuSince(before);
}

export function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
