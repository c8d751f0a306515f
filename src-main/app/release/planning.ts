import type { Step } from '../../../src-shared/crypto/steps.ts';
import { failure } from '../../../src-shared/errors.ts';
import { readHead } from '../../store/head-row.ts';
import type { Job } from '../jobs.ts';
import type { OpenSession } from '../session.ts';
import type { PreparedRelease } from './prepared-release.ts';

/**
 * The one plan of a session: made once for all who ask the same, and kept until the store changes or something else is asked. Slices of one plan are
 * never of two states of the store.
 */

/** `looking`: whoever looks at another release before this one is worked out does not wait for it any more. */
export type Asker = 'looking' | 'acting';

export interface Question {
  /** Equal for the same release on the same day. */
  readonly key: string;
  readonly work: () => Generator<Step, ReleaseWork, undefined>;
}

/** What is worked out; `from` is what the store said when it was. */
type ReleaseWork = Omit<PreparedRelease, 'from'>;

type Outcome =
  | { readonly state: 'made'; readonly prepared: PreparedRelease }
  | { readonly state: 'failed'; readonly error: unknown }
  /** The store changed, or nobody waits for it any more. */
  | { readonly state: 'dropped' };

interface Planning {
  readonly key: string;
  /** What the store said when it was begun. */
  readonly content: string;
  told: Step;
  waiting: number;
  /** Somebody looks at another release. */
  isOver: boolean;
  outcome: Outcome | undefined;
}

const plannings = new WeakMap<OpenSession, Planning>();

/** How often a release is planned anew because something came or went meanwhile. */
const ATTEMPTS = 4;

/** The plan for a question, of the store as it is. Throws `request.cancelled`, `release.changed-since-preview`, `vault.busy`. */
export async function planned(
  session: OpenSession,
  question: Question,
  job: Job,
  asker: Asker,
): Promise<PreparedRelease> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const planning = planningOf(session, question, asker);
    const outcome = await waitedFor(planning, job);
    if (outcome.state === 'failed') throw outcome.error;
    if (outcome.state === 'made' && isCurrent(session, outcome.prepared)) return outcome.prepared;
    if (planning.isOver && asker === 'looking') throw failure('request.cancelled', { job: '' });
  }
  throw failure('release.changed-since-preview', {});
}

/** Whether the store is what it was when this was worked out: what follows at once is about exactly this. */
export function isCurrent(session: OpenSession, { from }: PreparedRelease): boolean {
  return from === contentOf(session);
}

/** For what nobody will ask for again: a large plan is hundreds of megabytes. */
export function forgetPlan(session: OpenSession): void {
  plannings.delete(session);
}

/** The one that is there, or a new one in its place. */
function planningOf(session: OpenSession, question: Question, asker: Asker): Planning {
  const content = contentOf(session);
  const kept = plannings.get(session);
  const isKept = kept?.key === question.key && kept.content === content && kept.outcome?.state !== 'dropped';
  if (isKept && !kept.isOver) return kept;
  if (kept !== undefined && asker === 'looking') kept.isOver = true;
  const told: Step = ['records', 0, 0];
  const planning: Planning = { key: question.key, content, told, waiting: 0, isOver: false, outcome: undefined };
  plannings.set(session, planning);
  void carryOut(session, planning, question.work());
  return planning;
}

/** Goes on by itself as long as somebody waits. The first slice is done at once: most releases have no other. */
async function carryOut(
  session: OpenSession,
  planning: Planning,
  work: Generator<Step, ReleaseWork, undefined>,
): Promise<void> {
  const others = session.jobs.begin(undefined);
  try {
    for (;;) {
      const step = work.next();
      if (step.done === true) {
        planning.outcome = { state: 'made', prepared: { ...step.value, from: planning.content } };
        return;
      }
      planning.told = step.value;
      await others.step(...step.value);
      if (planning.isOver || planning.waiting === 0 || planning.content !== contentOf(session)) {
        planning.outcome = { state: 'dropped' };
        return;
      }
    }
  } catch (error) {
    planning.outcome = { state: 'failed', error };
    if (plannings.get(session) === planning) plannings.delete(session);
  }
}

/** So few are over before anybody has read how far it is. */
const FEW = 5000;

async function waitedFor(planning: Planning, job: Job): Promise<Outcome> {
  planning.waiting += 1;
  try {
    for (;;) {
      if (planning.outcome !== undefined) return planning.outcome;
      const [stage, done, total] = planning.told;
      await job.step(stage, done, total < FEW ? 0 : total);
    }
  } finally {
    planning.waiting -= 1;
  }
}

/** The store without its audit log: that somebody was shown whom does not make a plan old. Throws `vault.busy`. */
function contentOf({ store }: OpenSession): string {
  if (store.sqlite.inTransaction) throw failure('vault.busy', {});
  return readHead(store).content;
}
