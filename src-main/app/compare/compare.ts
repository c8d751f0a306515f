import { headsOf } from '../../../src-shared/bundle/comparison-file.ts';
import type { AnsweredComparison, BegunComparison } from '../../../src-shared/bundle/comparison-file.ts';
import { depthFor, differingRanges } from '../../../src-shared/bundle/comparison-tree.ts';
import type { Heads } from '../../../src-shared/bundle/comparison-tree.ts';
import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import { fromHex } from '../../../src-shared/crypto/hash.ts';
import { wordsOf } from '../../../src-shared/crypto/words.ts';
import { failure } from '../../../src-shared/errors.ts';
import { caseFingerprint } from '../../store/fingerprint.ts';
import { requireCase } from '../handlers/case-handlers.ts';
import { requirePartner } from '../handlers/partner-handlers.ts';
import { withJob } from '../jobs.ts';
import { ourCard } from '../our-keys.ts';
import type { OpenSession } from '../session.ts';
import { answerTo, firstFile } from './answers.ts';
import type { MadeBy } from './answers.ts';
import { told } from './differences.ts';
import { sealFor } from './files.ts';
import { openedFile } from './opened-file.ts';
import { headsOfSet, toldSet } from './told-set.ts';

/** docs/formats/compare.md: what of a case we and a partner told each other, whether it is the same, and if not, what differs. */

/**
 * A digest and twelve words that two agencies with the same records share: of the whole case (vault.md V48), or of what we and one partner told each
 * other in it (M7).
 */
export async function fingerprintOfCase(
  session: OpenSession,
  input: Parsed<'case.fingerprint'>,
): Promise<Output<'case.fingerprint'>> {
  requireCase(session, input.case);
  if (input.partner === undefined) return inWords(caseFingerprint(session.store, input.case));
  const { agency } = requirePartner(session, input.partner);
  return withJob(session.jobs, input.job, async (job) => {
    const set = await toldSet(session, input.case, agency, job);
    const { digest } = await headsOfSet(set, 0, job);
    return { ...inWords(digest), records: set.entries.length };
  });
}

function inWords(digest: string) {
  return { words: wordsOf(fromHex(digest)), digest };
}

/** The first file. Throws `partner.not-confirmed`. */
export async function beginComparison(
  session: OpenSession,
  input: Parsed<'compare.begin'>,
): Promise<Output<'compare.begin'>> {
  requireCase(session, input.case);
  return withJob(session.jobs, input.job, async (job) => {
    const set = await toldSet(session, input.case, input.partner, job);
    const heads = await headsOfSet(set, depthFor(set.entries.length), job);
    return sealFor(session, firstFile(madeBy(session), input.partner, set, heads), 'compare.begin');
  });
}

/** What a file tells, page by page. Nothing is stored, and nothing leaves. */
export async function showComparison(
  session: OpenSession,
  input: Parsed<'compare.open'>,
): Promise<Output<'compare.open'>> {
  requireCase(session, input.case);
  return withJob(session.jobs, input.job, async (job) => {
    const { statement, partner, set, heads, lines } = await openedFile(session, input, job);
    const { round, created, size } = statement;
    return {
      partner: partner.agency,
      partnerName: partner.name,
      round,
      madeAt: created,
      isSame: statement.digest === heads.digest,
      isCurrent: round === 1 || statement.answers === heads.digest,
      ours: set.entries.length,
      theirs: size,
      ...rangesOf(statement, heads),
      differences: told(session, lines.slice(input.from, input.from + input.limit)),
      total: lines.length,
    };
  });
}

/** The answer to a file. Throws `compare.last-file` where there is none to give. */
export async function answerComparison(
  session: OpenSession,
  input: Parsed<'compare.answer'>,
): Promise<Output<'compare.answer'>> {
  requireCase(session, input.case);
  return withJob(session.jobs, input.job, async (job) => {
    const { statement, set, heads } = await openedFile(session, input, job);
    if (statement.round === 3) throw failure('compare.last-file', {});
    return sealFor(session, answerTo(madeBy(session), statement, set, heads), 'compare.answer');
  });
}

function madeBy(session: OpenSession): MadeBy {
  return { issuer: session.us, kid: ourCard(session).kid, created: session.context.now().toISOString() };
}

function rangesOf(
  statement: BegunComparison | AnsweredComparison,
  { nodes }: Heads,
): { readonly ranges: number; readonly left: number } {
  if (statement.round !== 1) return { ranges: statement.ranges.length + statement.left, left: statement.left };
  return { ranges: differingRanges(headsOf(statement), nodes).length, left: 0 };
}
