import { inspectSealed } from '../../../src-shared/bundle/seal.ts';
import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import { releaseSums } from '../../exchange/release-preview.ts';
import { prepareRelease } from '../release/prepare-release.ts';
import type { OpenSession } from '../session.ts';

/** Subjects that come with the sums of a preview. */
const FIRST_SUBJECTS = 200;

/** What would leave and what stays in sums, what stops it, and the first subjects. */
export function previewRelease(session: OpenSession, input: Parsed<'release.preview'>): Output<'release.preview'> {
  const { plan, digest, subjects } = prepareRelease(session, input);
  const first = subjects().page({ show: 'all' }, 0, FIRST_SUBJECTS);
  return { digest, subjects: first.subjects, ...releaseSums(plan, input.answers) };
}

/** Exactly what would leave and what stays, subject by subject, with the rule for each. */
export function listReleaseSubjects(
  session: OpenSession,
  input: Parsed<'release.subjects'>,
): Output<'release.subjects'> {
  const { show, rule, after, limit, ...request } = input;
  const { digest, subjects } = prepareRelease(session, request);
  return { digest, ...subjects().page({ show, rule }, after, limit) };
}

/** What a file shows to somebody without a key. */
export function inspectBundle(input: Parsed<'bundle.inspect'>): Output<'bundle.inspect'> {
  return { ...inspectSealed(input.bytes) };
}
