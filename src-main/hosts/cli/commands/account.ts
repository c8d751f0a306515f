import { parseCheckpoint } from '../../../../src-shared/contract/checkpoint.ts';
import { ledgerCsv } from '../../../../src-shared/contract/ledger-csv.ts';
import type { Input, Output } from '../../../../src-shared/contract/methods.ts';
import type { Answer, Command } from '../command.ts';
import { findCase, findPartner, withVault } from '../connection.ts';
import type { Connection } from '../connection.ts';
import { checkFolderOf, writeOutput } from '../files.ts';
import { badArgument, readNumber } from '../parse-command.ts';
import { UNLOCKING } from '../passphrase.ts';
import { table } from '../print.ts';

/** Disclosures that are asked for at once. */
const PAGE = 1000;

/** Giving account: who holds what, who did what, and whether two agencies see the same. */
export const accountCommands: readonly Command[] = [
  {
    name: 'ledger',
    summary: 'who holds what of ours, on what basis, since when',
    args: ['dir'],
    options: {
      ...UNLOCKING,
      subject: { value: 'ID', help: 'only about this subject' },
      partner: { value: 'NAME', help: 'only this partner' },
      out: { value: 'FILE', help: 'all of it as CSV, with the terms and without names of subjects' },
    },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const [subject, name] = [given.option('subject'), given.option('partner')];
        const filter = {
          ...(subject !== undefined && { subject }),
          ...(name !== undefined && { agency: (await findPartner(connection, name)).agency }),
        };
        const out = given.option('out');
        if (out !== undefined) return ledgerTo(out, connection, filter);
        const { disclosures, total } = await connection.call('ledger.list', { limit: PAGE, ...filter });
        const rows = disclosures.map((told) => [
          told.releasedAt,
          told.partnerName,
          told.subjectLabel,
          `${told.records} records`,
          told.purposeCode ?? '',
          told.legalBases.join(' '),
          `until ${told.validUntil.slice(0, 10)}`,
          told.isConfirmed ? 'confirmed' : 'no receipt',
        ]);
        return { json: { disclosures, total }, lines: rows.length === 0 ? ['Nothing was released.'] : table(rows) };
      }),
  },
  {
    name: 'audit',
    summary: 'check the chain of the audit log (verify), or print it (list)',
    args: ['dir', 'verify|list'],
    options: {
      ...UNLOCKING,
      limit: { value: 'N', help: 'list at most so many, newest first (default 50)' },
      checkpoint: { value: 'SIZE:ROOT', help: 'verify also that it is the log of which a partner holds this' },
    },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const what = given.arg('verify|list');
        if (what === 'list') {
          const { entries } = await connection.call('audit.list', { limit: readNumber(given, 'limit', 1, 500) ?? 50 });
          const rows = entries.map(({ sequence, at, actor, role, action }) => [sequence, at, actor, role, action]);
          return { json: { entries }, lines: table(rows) };
        }
        if (what !== 'verify') throw badArgument('verify|list', 'invalid');
        return verifyLog(connection, given.option('checkpoint'));
      }),
  },
  {
    name: 'fingerprint',
    summary: 'the words two leads read to each other to know that they see the same case',
    args: ['dir'],
    options: {
      ...UNLOCKING,
      case: { value: 'NAME', isRequired: true, help: 'title or id of the case' },
      partner: { value: 'NAME', help: 'over what we and this partner told each other, not over all that is held' },
    },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const name = given.option('partner');
        const found = await connection.call('case.fingerprint', {
          case: await findCase(connection, given.required('case')),
          ...(name !== undefined && { partner: (await findPartner(connection, name)).agency }),
        });
        return { json: found, lines: [found.words, found.digest] };
      }),
  },
];

const WITNESSED = {
  same: 'It is the log that the partner witnessed.',
  shorter: 'It has fewer entries than the partner witnessed: it was cut or put back, or the vault was restored since.',
  other:
    'It is another log than the partner witnessed: it was written anew or put back, or the vault was restored since.',
} as const;

/** V60, V62. */
async function verifyLog(connection: Connection, text: string | undefined): Promise<Answer> {
  const checkpoint = text === undefined ? undefined : parseCheckpoint(text);
  if (text !== undefined && checkpoint === undefined) throw badArgument('--checkpoint', 'invalid');
  const found = await connection.call('audit.verify', { ...(checkpoint !== undefined && { checkpoint }) });
  const { ok, entries, firstBad, root = '' } = found;
  const lines = [
    ok
      ? `The audit log is whole: ${entries} entries.`
      : `The audit log is broken at entry ${firstBad ?? 0} of ${entries}.`,
    ...(ok ? [`${entries}:${root}`] : []),
    ...(found.checkpoint === undefined ? [] : [WITNESSED[found.checkpoint]]),
  ];
  const isWitnessed = found.checkpoint === undefined || found.checkpoint === 'same';
  return { json: found, lines, ...(!(ok && isWitnessed) && { isRefusal: true as const }) };
}

type Filter = Omit<Input<'ledger.list'>, 'from' | 'limit'>;

/** All of it, page by page, written. */
async function ledgerTo(file: string, connection: Connection, filter: Filter): Promise<Answer> {
  checkFolderOf(file);
  const rows: Output<'ledger.list'>['disclosures'] = [];
  for (let isMore = true; isMore;) {
    const page = await connection.call('ledger.list', { ...filter, from: rows.length, limit: PAGE });
    rows.push(...page.disclosures);
    isMore = page.disclosures.length === PAGE;
  }
  writeOutput(file, new TextEncoder().encode(ledgerCsv(rows)));
  return { json: { file, disclosures: rows.length }, lines: [`Wrote ${file}: ${rows.length} disclosures.`] };
}
