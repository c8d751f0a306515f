import { z } from 'zod';
import { homeFolder } from '../../../app/home-folder.ts';
import type { Input, Output } from '../../../../src-shared/contract/methods.ts';
import { failure } from '../../../../src-shared/errors.ts';
import type { Answer, Command, Given } from '../command.ts';
import { type Connection, connect, findCase, findPartner, withVault } from '../connection.ts';
import { checkFolderOf, readInput, writeOutput } from '../files.ts';
import { badArgument, readNumber } from '../parse-command.ts';
import { UNLOCKING } from '../passphrase.ts';
import { table } from '../print.ts';
import { releasedTo } from './approvals.ts';

type Request = Input<'release.preview'>;

const PROTECTED: readonly Request['include'][number][] = ['victims', 'witnesses', 'informants'];
const ACTIONS: readonly Input<'record.retract'>['action'][] = ['correct', 'suppress', 'erase'];

const VERDICTS: Readonly<Record<Output<'receive.open'>['verdict'], string>> = {
  review: 'nothing was accepted yet.',
  known: 'we have it already; nothing to do.',
  receipt: 'a receipt for what we sent, noted.',
};

/** Of a release of more subjects it is told how far it is. */
const WORTH_TELLING = 2000;
const FILES = { comes: 'came along', held: 'held already', absent: 'the file is not here' } as const;

/** What leaves, what comes in, and what is taken back. */
export const exchangeCommands: readonly Command[] = [
  {
    name: 'release',
    summary: 'seal a case for partners; what protects victims is withheld unless included',
    args: ['dir'],
    options: {
      ...UNLOCKING,
      'case': { value: 'NAME', isRequired: true, help: 'title or id of the case' },
      'to': { value: 'PARTNER[,…]', isRequired: true, isList: true, help: 'names or ids of confirmed partners' },
      'purpose': { value: 'TEXT', isRequired: true, help: 'what the partners may use it for' },
      'purpose-code': { value: 'CODE', help: 'code of the purpose of processing (investigation)' },
      'legal-basis': { value: 'CODE[,…]', isRequired: true, isList: true, help: 'codes of the legal basis' },
      'include': { value: 'CLASS[,…]', isList: true, choices: PROTECTED, help: 'disclose what is withheld by default' },
      'exclude': { value: 'ID[,…]', isList: true, help: 'subjects that stay here' },
      'withhold': { value: 'TYPE.PROPERTY[,…]', isList: true, help: 'properties whose every value stays here' },
      'answer': { value: 'KEY[,…]|all', isList: true, help: 'stops that the preview shows and that you answer for' },
      'withdrawals-only': { help: 'nothing but withdrawals of what the partners got' },
      'out': { value: 'FILE', help: 'where the bundle goes (required unless --preview or --ask)' },
      'preview': { help: 'only show what would leave and what would be withheld' },
      'ask': { help: 'ask the other officers to approve exactly this, instead of sealing it' },
    },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const out = given.option('out');
        if (out === undefined && !given.has('preview') && !given.has('ask')) throw badArgument('--out', 'missing');
        if (given.has('ask') && (out !== undefined || given.has('preview'))) throw badArgument('--ask', 'not-needed');
        if (out !== undefined) checkFolderOf(out);
        const request = await readRequest(connection, given);
        const preview = await connection.call('release.preview', { ...request, job: 'release' });
        const stops = unanswered(preview, given.list('answer'));
        const answers = given.list('answer').includes('all') ? answerable(preview) : [...given.list('answer')];
        const { digest, subjectsTotal } = preview;
        const previewedNow = { ...request, answers, digest, ...(subjectsTotal > WORTH_TELLING && { job: 'release' }) };
        if (given.has('ask')) return asked(await connection.call('release.ask', previewedNow));
        if (given.has('preview') || out === undefined) return previewed({ ...preview, stops });
        return releasedTo(out, await connection.call('release.seal', previewedNow));
      }),
  },
  {
    name: 'inspect',
    summary: 'what can be known of a bundle without a vault',
    args: ['file'],
    options: {},
    async run(given, terminal) {
      const connection = connect(homeFolder(terminal.environment, process.platform));
      const found = await connection.call('bundle.inspect', { bytes: readInput(given.arg('file')) });
      return { json: found, lines: table(Object.entries(found)) };
    },
  },
  {
    name: 'receive',
    summary: 'verify and quarantine a bundle, show its plan, and accept it when told to',
    args: ['dir', 'file'],
    options: {
      ...UNLOCKING,
      plan: { help: 'only show what it would bring (the default)' },
      accept: { value: 'all|FILE', help: 'accept everything, or the items listed in a JSON file' },
      case: { value: 'NAME', help: 'also put what is accepted into this case' },
      epoch: { value: 'N', help: 'agree to this new epoch of a sender whose store was restored' },
      discard: { help: 'drop it without taking anything of it; its sender learns that from the receipt' },
      reason: { value: 'TEXT', help: 'why it is discarded; it stays in this vault' },
      receipt: { value: 'FILE', help: 'where the sealed receipt for the sender goes' },
    },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const [accept, receipt] = [given.option('accept'), given.option('receipt')];
        if (accept !== undefined && given.has('plan')) throw badArgument('--plan', 'not-needed');
        const reason = readReason(given);
        if (receipt !== undefined) checkFolderOf(receipt);
        const plan = await connection.call('receive.open', { bytes: readInput(given.arg('file')) });
        if (reason !== undefined) return discarded(connection, plan, reason, receipt);
        if (accept === undefined || plan.verdict !== 'review') return planned(plan, await itemsOf(connection, plan));
        const title = given.option('case');
        const epoch = readNumber(given, 'epoch', 1, 2 ** 31 - 1);
        const result = await connection.call('receive.apply', {
          quarantine: plan.quarantine,
          accept: readAccepted(accept),
          ...(title !== undefined && { case: await findCase(connection, title) }),
          ...(epoch !== undefined && { epoch }),
        });
        if (receipt !== undefined && result.bytes !== undefined) writeOutput(receipt, result.bytes);
        return applied(result, result.bytes === undefined ? undefined : receipt);
      }),
  },
  {
    name: 'recall',
    summary: 'withdraw our own records; whoever holds them is told in the next bundle',
    args: ['dir', 'id…'],
    options: {
      ...UNLOCKING,
      reason: { value: 'TEXT', isRequired: true, help: 'why' },
      action: { value: 'ACTION', isRequired: true, choices: ACTIONS, help: 'what the holders must do' },
    },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const action = ACTIONS.find((one) => one === given.required('action')) ?? 'correct';
        const records = (await Promise.all(given.rest('id').map((id) => recordsOf(connection, id)))).flat();
        const result = await connection.call('record.retract', { records, action, reason: given.required('reason') });
        const told = `Held by ${result.releasedTo.length} partners, who learn it from the next bundle they get.`;
        return { json: result, lines: [`Retracted ${result.retracted} records (${action}).`, told] };
      }),
  },
];

async function readRequest(connection: Connection, given: Given): Promise<Request> {
  const partners = await Promise.all(given.list('to').map((name) => findPartner(connection, name)));
  return {
    case: await findCase(connection, given.required('case')),
    to: partners.map(({ agency }) => agency),
    purpose: given.required('purpose'),
    ...(given.option('purpose-code') !== undefined && { purposeCode: given.required('purpose-code') }),
    legalBases: [...given.list('legal-basis')],
    include: PROTECTED.filter((one) => given.list('include').includes(one)),
    exclude: [...given.list('exclude')],
    ...(given.has('withdrawals-only') && { only: 'withdrawals' as const }),
    withhold: { claims: [], properties: given.list('withhold').map(propertyOf) },
  };
}

function propertyOf(text: string): { readonly type: string; readonly property: string } {
  const [, type, property] = /^([a-z][a-z0-9-]*)\.([a-z][A-Za-z0-9]*)$/.exec(text) ?? [];
  if (type === undefined || property === undefined) throw badArgument('--withhold', 'invalid');
  return { type, property };
}

function answerable({ stops }: Output<'release.preview'>): string[] {
  return stops.filter((stop) => stop.answerable).map(({ key }) => key);
}

function unanswered(
  preview: Output<'release.preview'>,
  answers: readonly string[],
): Output<'release.preview'>['stops'] {
  const given = new Set(answers.includes('all') ? answerable(preview) : answers);
  return preview.stops.filter(({ key }) => !given.has(key));
}

function previewed(preview: Output<'release.preview'>): Answer {
  const { subjects, totals, stops } = preview;
  const { withheldRecords, withheldClaims, byRule } = totals;
  return {
    json: { ...preview, preview: true },
    lines: [
      'Nothing was released (preview).',
      `Would leave: ${totals.subjects} subjects, ${totals.records} records, ${totals.claims} claims.`,
      ...(totals.files > 0 ? [`With them: ${totals.files} evidence files, ${totals.fileBytes} bytes.`] : []),
      `Withheld: ${withheldRecords} records, ${withheldClaims} claims.`,
      ...byRule.map(({ rule, records, claims }) => `  ${rule}: ${records} records, ${claims} claims`),
      ...stops.map(stopLine),
      '',
      ...table(subjects.map(({ kind, type, label, recipientLabel }) => [`  ${kind}`, type, label, recipientLabel])),
      ...table(subjects.flatMap(fileLine)),
    ],
    ...(stops.length > 0 && { isRefusal: true as const }),
  };
}

/** What of a file leaves or stays, by which rule, and what it is about. */
function fileLine({ label, records }: Output<'release.preview'>['subjects'][number]): (string | number)[][] {
  return records.flatMap(({ file, verdict }) =>
    file === undefined
      ? []
      : [[`  file ${label}`, file.size, `${verdict.action} ${verdict.rule}`, file.supports.join(', ')]],
  );
}

function stopLine({
  rule,
  key,
  answerable: isAnswerable,
  agency,
  words,
}: Output<'release.preview'>['stops'][number]): string {
  if (isAnswerable) return `Waits for your answer: --answer '${key}'${words === undefined ? '' : ` (${words})`}`;
  return `Stopped by ${rule}${agency === undefined ? '' : ` for ${agency}`}`;
}

function asked({ id, missing }: Output<'release.ask'>): Answer {
  return { json: { id, missing }, lines: [id, `Nothing was released. It waits for ${missing} more approvals.`] };
}

/** Why a bundle is discarded; undefined when it is not to be. */
function readReason(given: Given): string | undefined {
  const reason = given.option('reason');
  if (!given.has('discard')) {
    if (reason !== undefined) throw badArgument('--reason', 'not-needed');
    return undefined;
  }
  const other = ['accept', 'plan', 'case', 'epoch'].find((name) => given.has(name) || given.option(name) !== undefined);
  if (other !== undefined) throw badArgument(`--${other}`, 'not-needed');
  if (reason === undefined) throw badArgument('--reason', 'missing');
  return reason;
}

/** bundle.md B34: only what waits for a review can be discarded; anything else is said as it is, and is a refusal. */
async function discarded(
  connection: Connection,
  plan: Plan,
  reason: string,
  file: string | undefined,
): Promise<Answer> {
  const { quarantine, issuer, issuerName, sequence, verdict } = plan;
  if (verdict !== 'review') return { ...planned(plan, []), isRefusal: true };
  const { bytes } = await connection.call('receive.discard', { quarantine, reason });
  const receipt = bytes === undefined ? undefined : file;
  if (receipt !== undefined && bytes !== undefined) writeOutput(receipt, bytes);
  return {
    json: {
      verdict: 'discarded',
      issuer,
      sequence,
      hasReceipt: bytes !== undefined,
      ...(receipt !== undefined && { receipt }),
    },
    lines: [
      `Discarded bundle number ${sequence} of ${issuerName}. Nothing of it was taken.`,
      ...(receipt === undefined ? [] : [`Wrote the receipt to ${receipt}.`]),
      ...(bytes === undefined ? ['There is no receipt: its place in the stream needs a person first.'] : []),
    ],
  };
}

/** The items a reviewer chose: a JSON list of the `item`s of a plan. */
function readAccepted(accept: string): Input<'receive.apply'>['accept'] {
  if (accept === 'all') return 'all';
  try {
    return z.array(z.string()).parse(JSON.parse(Buffer.from(readInput(accept)).toString('utf8')));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) throw badArgument('--accept', 'invalid');
    throw error;
  }
}

type Plan = Output<'receive.open'>;
type Items = Output<'receive.items'>['items'];

/** Items that are asked for at once. */
const PAGE = 500;

/** All of them, page by page. */
async function itemsOf(connection: Connection, { quarantine, verdict }: Plan): Promise<Items> {
  const items: Items = [];
  for (let isMore = verdict === 'review'; isMore;) {
    const page = await connection.call('receive.items', { quarantine, from: items.length, limit: PAGE });
    items.push(...page.items);
    isMore = page.items.length > 0 && items.length < page.total;
  }
  return items;
}

function planned(plan: Plan, items: Items): Answer {
  const { counts, issuerName, sequence, verdict, approvals, withheld, totals } = plan;
  const heading = `Bundle number ${sequence} of ${issuerName}: ${VERDICTS[verdict]}`;
  const json = { ...plan, ...counts, items };
  if (verdict !== 'review') return { json, lines: [heading] };
  return {
    json,
    lines: [
      heading,
      ...table(Object.entries(counts).map(([state, count]) => [`  ${state}`, count])),
      `  approved by ${approvals.by.length === 0 ? 'nobody' : approvals.by.join(', ')} (we require ${approvals.required})`,
      `  withheld by the sender: ${withheld.records} records, ${withheld.claims} claims`,
      ...totals.rules.map(({ rule, count }) => `  refused by ${rule}: ${count} records`),
      '',
      ...table(items.map(({ state, type, label, item }) => [`  ${state}`, type, label, item])),
      ...table(
        items.flatMap(({ label, file }) =>
          file === undefined ? [] : [[`  file ${label}`, file.size, FILES[file.state], file.supports.join(', ')]],
        ),
      ),
    ],
  };
}

function applied(result: Output<'receive.apply'>, receipt: string | undefined): Answer {
  const { verdict, changed, conflicting, known, held } = result;
  const refused = result.refused.reduce((sum, { count }) => sum + count, 0);
  const also =
    result.alsoAccepted === 0 ? '' : ` ${result.alsoAccepted} of them accepted because a link or a file needs them.`;
  const counts = `${result.new} new, ${changed} changed, ${conflicting} conflicting, ${known} known`;
  return {
    json: { ...result, ...(receipt !== undefined && { receipt }) },
    lines: [
      `${verdict}: ${counts}, ${held} held back, ${refused} refused.${also}`,
      ...(receipt === undefined ? [] : [`Wrote the receipt to ${receipt}.`]),
    ],
  };
}

/** A record id stands for itself, a subject id for what we ourselves say of it now. */
async function recordsOf(connection: Connection, id: string): Promise<readonly string[]> {
  if (/^[0-9a-f]{64}$/.test(id)) return [id];
  const { history } = await connection.call('subject.show', { subject: id });
  const ours = history.filter(({ isOurs, state }) => isOurs && state === 'live').map(({ record }) => record);
  if (ours.length === 0) throw failure('store.not-found', { what: 'record' });
  return ours;
}
