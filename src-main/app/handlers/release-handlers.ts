import { inspectSealed } from '../../../src-shared/bundle/seal.ts';
import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import { openStops } from '../../exchange/release-preview.ts';
import { inSteps } from '../in-steps.ts';
import { failure } from '../../../src-shared/errors.ts';
import type { ReleaseRequest } from '../../exchange/release-question.ts';
import { withJob } from '../jobs.ts';
import type { Job } from '../jobs.ts';
import { isCurrent } from '../release/planning.ts';
import { prepareRelease, stopsOf } from '../release/prepare-release.ts';
import type { PreparedRelease } from '../release/prepared-release.ts';
import type { OpenSession } from '../session.ts';

/** Subjects that come with the sums of a preview. */
const FIRST_SUBJECTS = 200;

/** What would leave and what stays in sums, what stops it, and the first subjects. */
export function previewRelease(
  session: OpenSession,
  input: Parsed<'release.preview'>,
): Promise<Output<'release.preview'>> {
  return looking(session, input, async (prepared, job) => {
    const { digest, subjects, sums } = prepared;
    const paging = subjects.page({ show: 'all' }, { after: 0, limit: FIRST_SUBJECTS });
    const first = await inSteps(paging, (step) => job.step(...step));
    const stops = openStops(stopsOf(session, prepared, input), input.answers);
    return { digest, subjects: first.subjects, ...sums, ...stops };
  });
}

/** Exactly what would leave and what stays, subject by subject, with the rule for each. */
export function listReleaseSubjects(
  session: OpenSession,
  input: Parsed<'release.subjects'>,
): Promise<Output<'release.subjects'>> {
  const { show, rule, after, limit } = input;
  return looking(session, input, async ({ digest, subjects }, job) => {
    const paging = subjects.page({ show, rule }, { after, limit });
    return { digest, ...(await inSteps(paging, (step) => job.step(...step))) };
  });
}

/** More records of one of them. */
export function listReleaseRecords(
  session: OpenSession,
  input: Parsed<'release.records'>,
): Promise<Output<'release.records'>> {
  const { subject, show, after, limit } = input;
  return looking(session, input, async ({ digest, plan, subjects }, job) => {
    const isProtected = plan.protected.has(subject);
    const paging = subjects.records(subject, show, { after, limit });
    return { digest, subject, isProtected, ...(await inSteps(paging, (step) => job.step(...step))) };
  });
}

/** How often something is told anew because the store changed while it was put together. */
const ATTEMPTS = 4;

/** What is told is of one state of the store. Throws what planning throws. */
function looking<T>(
  session: OpenSession,
  input: ReleaseRequest & { readonly job?: string | undefined },
  tell: (prepared: PreparedRelease, job: Job) => Promise<T>,
): Promise<T> {
  return withJob(session.jobs, input.job, async (job) => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const prepared = await prepareRelease(session, input, job, 'looking');
      const told = await tell(prepared, job);
      if (isCurrent(session, prepared)) return told;
    }
    throw failure('release.changed-since-preview', {});
  });
}

/** What a file shows to somebody without a key. */
export function inspectBundle(input: Parsed<'bundle.inspect'>): Output<'bundle.inspect'> {
  return { ...inspectSealed(input.bytes) };
}
