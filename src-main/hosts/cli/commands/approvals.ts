import { ReleaseRequest } from '../../../../src-shared/contract/methods.ts';
import type { Input, Output } from '../../../../src-shared/contract/methods.ts';
import { failure } from '../../../../src-shared/errors.ts';
import type { Answer, Command } from '../command.ts';
import { withVault } from '../connection.ts';
import type { Connection } from '../connection.ts';
import { checkFolderOf, writeOutput } from '../files.ts';
import { UNLOCKING } from '../passphrase.ts';
import { table } from '../print.ts';

type Pending = Output<'release.pending'>['pending'][number];
type Declined = Output<'release.declined'>['declined'][number];
type Subject = Output<'release.subjects'>['subjects'][number];

/** Subjects that are asked for at once. */
const PAGE = 500;
const PENDING_PAGE = 200;
const RECORDS_PAGE = 100;

/** Releases that wait for another officer (docs/formats/bundle.md K22): the same looking, yes and no as in the window. */
export const approvalCommands: readonly Command[] = [
  {
    name: 'release list',
    summary: 'releases that wait for another officer, and those that were declined lately, with the reason',
    args: ['dir'],
    options: UNLOCKING,
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const pending = await allPending(connection);
        const { declined } = await connection.call('release.declined', {});
        const lines = pending.length === 0 ? ['Nothing waits for approval.'] : table(pending.map(cellsOf));
        return { json: { pending, declined }, lines: [...lines, ...table(declined.map(declinedCells))] };
      }),
  },
  {
    name: 'release show',
    summary: 'exactly what a waiting release would let leave, and the digest that an approval is for',
    args: ['dir', 'id'],
    options: UNLOCKING,
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => shown(connection, await waiting(connection, given.arg('id')))),
  },
  {
    name: 'release approve',
    summary: 'sign with your own key for exactly what was shown',
    args: ['dir', 'id'],
    options: { ...UNLOCKING, digest: { value: 'DIGEST', isRequired: true, help: 'of what "release show" showed you' } },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const what = { id: given.arg('id'), digest: given.required('digest'), job: 'release' };
        const pending = await connection.call('release.approve', what);
        return { json: pending, lines: [`Approved. ${stateOf(pending)}`] };
      }),
  },
  {
    name: 'release decline',
    summary: 'say no to a waiting release, and why',
    args: ['dir', 'id'],
    options: { ...UNLOCKING, reason: { value: 'TEXT', isRequired: true, help: 'why; it stays in this vault' } },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const declined = { id: given.arg('id'), reason: given.required('reason') };
        await connection.call('release.decline', declined);
        return { json: { declined: declined.id }, lines: ['Declined. It waits no longer, and nothing was released.'] };
      }),
  },
  {
    name: 'release withdraw',
    summary: 'take back a release that you asked approval for',
    args: ['dir', 'id'],
    options: UNLOCKING,
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        await connection.call('release.withdraw', { id: given.arg('id') });
        return { json: { withdrawn: given.arg('id') }, lines: ['Taken back. Nothing was released.'] };
      }),
  },
  {
    name: 'release seal',
    summary: 'seal a release that was approved',
    args: ['dir', 'id'],
    options: { ...UNLOCKING, out: { value: 'FILE', isRequired: true, help: 'where the bundle goes' } },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const out = given.required('out');
        checkFolderOf(out);
        const { request, digest } = await waiting(connection, given.arg('id'));
        return releasedTo(out, await connection.call('release.seal', { ...ReleaseRequest.parse(request), digest }));
      }),
  },
];

/** What was sealed, written. */
export function releasedTo(file: string, result: Output<'release.seal'>): Answer {
  writeOutput(file, result.bytes);
  const { sequences, subjects, records, withheld } = result;
  return {
    json: { ...result, file },
    lines: [
      `Wrote ${file}: ${subjects} subjects, ${records} records, ${withheld} withheld.`,
      ...sequences.map(({ name, sequence }) => `  number ${sequence} to ${name}`),
    ],
  };
}

async function allPending(connection: Connection): Promise<Pending[]> {
  const all: Pending[] = [];
  for (let isMore = true; isMore;) {
    const page = await connection.call('release.pending', { after: all.length, limit: PENDING_PAGE });
    all.push(...page.pending);
    isMore = page.pending.length > 0 && all.length < page.total;
  }
  return all;
}

/** Throws `approval.not-waiting`. */
async function waiting(connection: Connection, id: string): Promise<Pending> {
  const {
    pending: [found],
  } = await connection.call('release.pending', { id });
  if (found === undefined) throw failure('approval.not-waiting', {});
  return found;
}

/** Worked out anew for whoever looks; a refusal when it is not what was asked for any more. */
async function shown(connection: Connection, pending: Pending): Promise<Answer> {
  const request = ReleaseRequest.parse(pending.request);
  const preview = await connection.call('release.preview', { ...request, job: 'release' });
  const subjects = await subjectsOf(connection, request);
  const isSame = preview.digest === pending.digest;
  const { totals } = preview;
  return {
    json: { ...preview, ...pending, subjects, found: preview.digest, isSame },
    lines: [
      ...table([
        ['Case', pending.caseTitle],
        ['To', pending.recipients.map(({ name }) => name).join(', ')],
        ['Purpose', pending.purpose],
        ['Legal basis', request.legalBases.join(', ')],
        ['Asked by', `${pending.by}, ${pending.at}`],
        ['State', stateOf(pending)],
        ['Digest', pending.digest],
      ]),
      `Would leave: ${totals.subjects} subjects, ${totals.records} records, ${totals.claims} claims.`,
      `Withheld: ${totals.withheldRecords} records, ${totals.withheldClaims} claims.`,
      ...totals.byRule.map(({ rule, records, claims }) => `  ${rule}: ${records} records, ${claims} claims`),
      '',
      ...subjects.flatMap(subjectLines),
      ...(isSame
        ? []
        : ['This is not what was asked for any more. It cannot be approved; it has to be asked for again.']),
    ],
    ...(!isSame && { isRefusal: true as const }),
  };
}

async function subjectsOf(connection: Connection, request: Input<'release.preview'>): Promise<Subject[]> {
  const subjects: Subject[] = [];
  for (let isMore = true; isMore;) {
    const page = await connection.call('release.subjects', { ...request, after: subjects.length, limit: PAGE });
    for (const subject of page.subjects) subjects.push(await withAllRecords(connection, request, subject));
    isMore = page.subjects.length > 0 && subjects.length < page.total;
  }
  return subjects;
}

/** Exactly what leaves is shown, also of somebody who was seen a thousand times. */
async function withAllRecords(
  connection: Connection,
  request: Input<'release.preview'>,
  { subject, ...rest }: Subject,
): Promise<Subject> {
  const records = [...rest.records];
  for (let isMore = records.length < rest.recordsTotal; isMore;) {
    const page = await connection.call('release.records', {
      ...request,
      subject,
      after: records.length,
      limit: RECORDS_PAGE,
    });
    records.push(...page.records);
    isMore = page.records.length > 0 && records.length < page.total;
  }
  return { subject, ...rest, records };
}

function subjectLines({ kind, type, label, recipientLabel, records }: Subject): string[] {
  const seenAs = recipientLabel === label ? '' : ` (seen as ${recipientLabel})`;
  return [
    `${kind}  ${type}  ${label}${seenAs}`,
    ...records.flatMap(({ verdict, claims, more }) => [
      ...(verdict.action === 'withhold' ? [`  stays as a whole: ${verdict.rule}`] : []),
      ...claims.map((claim) => `  ${outcomeOf(verdict, claim.verdict)}  ${claim.label}: ${claim.display}`),
      ...(more === undefined ? [] : [`  and ${more.leaving} more that leave, ${more.withheld} that stay`]),
    ]),
  ];
}

type Verdict = Subject['records'][number]['verdict'];

function outcomeOf(record: Verdict, claim: Verdict): string {
  const staying = [record, claim].find(({ action }) => action === 'withhold');
  return staying === undefined ? 'leaves' : `stays (${staying.rule})`;
}

function cellsOf(pending: Pending): string[] {
  const to = pending.recipients.map(({ name }) => name).join(', ');
  return [pending.id, pending.caseTitle, `to ${to}`, `asked by ${pending.by}`, stateOf(pending)];
}

function declinedCells({ id, caseTitle, by, declinedBy, reason }: Declined): string[] {
  return [id, caseTitle, `asked by ${by}`, `declined by ${declinedBy}: ${reason}`];
}

function stateOf({ needed, given, isComplete }: Pending): string {
  const by = given.length === 0 ? 'nobody yet' : given.map(({ user, kid }) => `${user}, key ${kid}`).join('; ');
  return `${isComplete ? 'approved' : 'waits'}: ${given.length} of ${needed} (${by})`;
}
