import { compareText } from '../crypto/hash.ts';
import { eachInSteps, sortedInSteps } from '../crypto/steps.ts';
import type { Step } from '../crypto/steps.ts';
import type { FileHash, RecordId, SubjectId } from '../domain/ids.ts';
import { MAX_BUNDLED_BYTES, MAX_BUNDLED_FILES } from '../domain/record.ts';
import type { AttachmentRecord, EvidenceFile } from '../domain/record.ts';
import { cellOf } from './judge-outlet.ts';
import type { Candidate, RecordVerdict, ReleaseQuestion } from './release-types.ts';
import { withholdBy } from './rules.ts';
import type { PolicyRule } from './rules.ts';

/** What is known of subjects when files are judged: docs/policy.md P12, P16, P33. */
type Supported = {
  /** Of which anything leaves. Asked only where there are files. */
  readonly leaving: () => Generator<Step, ReadonlySet<SubjectId>, undefined>;
  /** P5, P6: protected and not included by the officer, or an identifier of such persons only. */
  readonly isShielded: (subject: SubjectId) => boolean;
};

/** The rule that keeps the record of a file home because of what the file is; undefined where none does, and for every other record. */
export function* fileJudge(
  { candidates, context, us, files }: ReleaseQuestion,
  { leaving, isShielded }: Supported,
): Generator<Step, (candidate: Candidate) => PolicyRule | undefined, undefined> {
  if (!candidates.some(({ record }) => record.kind === 'attachment')) return () => undefined;
  const isLeaving = yield* leaving();
  const ends = new Map<SubjectId, readonly SubjectId[]>();
  yield* eachInSteps('policy', context, (record) => {
    if (record.kind === 'link') ends.set(record.subject, [record.from, record.to]);
  });
  const isAboutProtected = (subject: SubjectId): boolean => [subject, ...(ends.get(subject) ?? [])].some(isShielded);
  const ruleFor = (id: RecordId, record: AttachmentRecord): PolicyRule | undefined => {
    const outlet = record.author === us ? 'release' : 'forward';
    if (record.supports.some(isAboutProtected)) return cellOf('evidence:file about a protected person', outlet).rule;
    if (!record.supports.every((subject) => isLeaving.has(subject))) return 'P12';
    return files.here.has(id) ? undefined : cellOf('evidence:file not here', outlet).rule;
  };
  return ({ id, record }) => (record.kind === 'attachment' ? ruleFor(id, record) : undefined);
}

interface LeavingFile {
  readonly file: EvidenceFile;
  readonly isSent: boolean;
}

/** P32: what no longer fits into one bundle stays home, what everybody got before and what is large first. O(files log files). */
export function* withFittingFiles(
  verdicts: readonly RecordVerdict[],
  { sentToAll }: ReleaseQuestion['files'],
): Generator<Step, readonly RecordVerdict[], undefined> {
  const leaving: LeavingFile[] = [];
  yield* eachInSteps('policy', verdicts, ({ id, record, verdict }) => {
    if (record.kind === 'attachment' && verdict.action === 'release')
      leaving.push({ file: record.file, isSent: sentToAll.has(id) });
  });
  if (leaving.length === 0) return verdicts;
  const fitting = yield* fittingAmong(leaving);
  const judged: RecordVerdict[] = [];
  yield* eachInSteps('policy', verdicts, (each) => {
    const { record, verdict, claims } = each;
    const isTooMuch = record.kind === 'attachment' && verdict.action === 'release' && !fitting.has(record.file.sha256);
    const home = { verdict: withholdBy('P32'), conditions: [], claims: claims.map(() => withholdBy('P32')) };
    judged.push(isTooMuch ? { ...each, ...home } : each);
  });
  return judged;
}

function* fittingAmong(leaving: readonly LeavingFile[]): Generator<Step, ReadonlySet<FileHash>, undefined> {
  const ordered = yield* sortedInSteps('policy', leaving, inSendingOrder);
  const fitting = new Set<FileHash>();
  let bytes = 0;
  yield* eachInSteps('policy', ordered, ({ file }) => {
    if (fitting.has(file.sha256) || fitting.size === MAX_BUNDLED_FILES) return;
    if (bytes + file.size > MAX_BUNDLED_BYTES) return;
    fitting.add(file.sha256);
    bytes += file.size;
  });
  return fitting;
}

function inSendingOrder(one: LeavingFile, other: LeavingFile): number {
  return (
    Number(one.isSent) - Number(other.isSent) ||
    one.file.size - other.file.size ||
    compareText(one.file.sha256, other.file.sha256)
  );
}
