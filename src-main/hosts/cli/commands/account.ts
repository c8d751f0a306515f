import type { Command } from '../command.ts';
import { findCase, findPartner, withVault } from '../connection.ts';
import { badArgument, readNumber } from '../parse-command.ts';
import { UNLOCKING } from '../passphrase.ts';
import { table } from '../print.ts';

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
    },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const [subject, name] = [given.option('subject'), given.option('partner')];
        const { disclosures, total } = await connection.call('ledger.list', {
          limit: 1000,
          ...(subject !== undefined && { subject }),
          ...(name !== undefined && { agency: (await findPartner(connection, name)).agency }),
        });
        const rows = disclosures.map((told) => [
          told.releasedAt,
          told.partnerName,
          told.subjectLabel,
          `${told.records} records`,
          told.legalBases.join(' '),
          told.isConfirmed ? 'confirmed' : 'no receipt',
        ]);
        return { json: { disclosures, total }, lines: rows.length === 0 ? ['Nothing was released.'] : table(rows) };
      }),
  },
  {
    name: 'audit',
    summary: 'check the chain of the audit log (verify), or print it (list)',
    args: ['dir', 'verify|list'],
    options: { ...UNLOCKING, limit: { value: 'N', help: 'list at most so many, newest first (default 50)' } },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const what = given.arg('verify|list');
        if (what === 'list') {
          const { entries } = await connection.call('audit.list', { limit: readNumber(given, 'limit', 1, 500) ?? 50 });
          const rows = entries.map(({ sequence, at, actor, role, action }) => [sequence, at, actor, role, action]);
          return { json: { entries }, lines: table(rows) };
        }
        if (what !== 'verify') throw badArgument('verify|list', 'invalid');
        const found = await connection.call('audit.verify', {});
        if (found.ok) return { json: found, lines: [`The audit log is whole: ${found.entries} entries.`] };
        const lines = [`The audit log is broken at entry ${found.firstBad ?? 0} of ${found.entries}.`];
        return { json: found, lines, isRefusal: true };
      }),
  },
  {
    name: 'fingerprint',
    summary: 'the words two leads read to each other to know that they see the same case',
    args: ['dir'],
    options: { ...UNLOCKING, case: { value: 'NAME', isRequired: true, help: 'title or id of the case' } },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const found = await connection.call('case.fingerprint', {
          case: await findCase(connection, given.required('case')),
        });
        return { json: found, lines: [found.words, found.digest] };
      }),
  },
];
