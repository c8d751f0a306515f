import type { Progress } from '../store/copy-rows.ts';
import type { Job } from './jobs.ts';

/** From where to where each step of writing a vault anew goes, in percent: about what they cost. */
const SHARES: Readonly<Record<string, readonly [from: number, to: number]>> = {
  copying: [0, 35],
  defining: [35, 40],
  checking: [40, 48],
  updating: [48, 52],
  projection: [52, 80],
  search: [80, 86],
  indexes: [86, 90],
  commit: [90, 92],
  proving: [92, 97],
  files: [97, 100],
};

/** One percentage for all steps, which never goes back. */
export function inPercent(job: Job): Progress {
  let reached = 0;
  return async (stage, done, total) => {
    const [from, to] = SHARES[stage] ?? [reached, reached];
    const share = total > 0 ? Math.min(1, done / total) : 0;
    reached = Math.max(reached, Math.floor(from + (to - from) * share));
    await job.step(stage, reached, 100);
  };
}
