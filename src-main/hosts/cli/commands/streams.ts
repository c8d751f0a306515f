import { checkpointText } from '../../../../src-shared/contract/checkpoint.ts';
import type { Output } from '../../../../src-shared/contract/methods.ts';
import type { Command } from '../command.ts';
import { findPartner, withVault } from '../connection.ts';
import { checkFolderOf, writeOutput } from '../files.ts';
import { badArgument } from '../parse-command.ts';
import { UNLOCKING } from '../passphrase.ts';
import { table } from '../print.ts';

type Streams = Output<'stream.list'>['partners'][number];
type Recall = Output<'recall.board'>['rows'][number];

const ALARMS: { readonly [K in Streams['alarms'][number]['kind']]: string } = {
  'fork': 'FORK: two files have one place',
  'rollback': 'ROLLBACK: it forgot what it confirmed',
  'ours-older': 'UNKNOWN: it has files of ours that we never sent',
  'log-rewritten': 'LOG: its audit log is not the one that it told of before',
};
const ANSWERS: { readonly [A in Recall['answer']]: string } = {
  applied: 'applied, it says',
  pending: 'not applied by their officer',
  refused: 'refused',
  unclear: 'its receipt does not say',
  none: 'no receipt',
};

/** What partners' streams tell, and what became of withdrawals. */
export const streamCommands: readonly Command[] = [
  {
    name: 'streams',
    summary: 'where the files from and to partners stand: gaps, forks, rollbacks, silence',
    args: ['dir'],
    options: {
      ...UNLOCKING,
      partner: { value: 'NAME', help: 'only this partner' },
      evidence: { value: 'FILE', help: 'write the signed manifests that prove the partner’s first alarm' },
    },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const [name, file] = [given.option('partner'), given.option('evidence')];
        if (file !== undefined && name === undefined) throw badArgument('--partner', 'missing');
        if (file !== undefined) checkFolderOf(file);
        const agency = name === undefined ? undefined : (await findPartner(connection, name)).agency;
        const { partners } = await connection.call('stream.list', { ...(agency !== undefined && { agency }) });
        const lines = partners.flatMap(streamLines);
        const alarm = partners[0]?.alarms[0];
        if (file === undefined || agency === undefined) return { json: { partners }, lines };
        if (alarm === undefined) throw badArgument('--evidence', 'not-needed');
        const proof = await connection.call('stream.evidence', { agency, manifests: [...alarm.manifests] });
        writeOutput(file, proof.bytes);
        return { json: { partners, evidence: file }, lines: [...lines, `Evidence written to ${file}.`] };
      }),
  },
  {
    name: 'recall board',
    summary: 'what became of withdrawals at every partner that was sent what they withdraw',
    args: ['dir'],
    options: {
      ...UNLOCKING,
      partner: { value: 'NAME', help: 'only this partner' },
      open: { help: 'only those that nobody said to have applied' },
    },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const name = given.option('partner');
        const board = await connection.call('recall.board', {
          limit: 1000,
          isOpen: given.has('open'),
          ...(name !== undefined && { agency: (await findPartner(connection, name)).agency }),
        });
        const lines =
          board.rows.length === 0 ? ['No withdrawal has reached a partner.'] : table(board.rows.map(recallCells));
        return { json: board, lines: [...lines, 'A receipt proves what a partner stated, not what it did.'] };
      }),
  },
];

function streamLines({ name, incoming, outgoing, alarms, silentDays }: Streams): string[] {
  const { last, gaps, behind, newEpoch, log } = incoming;
  return [
    `${name}: ${last === undefined ? 'nothing came' : `last came ${last.epoch}/${last.sequence}`}, ${
      outgoing.last === undefined ? 'nothing went' : `last went ${outgoing.last.epoch}/${outgoing.last.sequence}`
    }${silentDays === undefined ? '' : `, silent for ${silentDays} days`}`,
    ...alarms.map(
      ({ kind, epoch, sequence, manifests }) => `  ${ALARMS[kind]} (${epoch}/${sequence}) ${manifests.join(' ')}`,
    ),
    ...gaps.map(
      ({ epoch, numbers, count }) =>
        `  missing of epoch ${epoch}: ${numbers.join(' ')}${count > numbers.length ? ` … (${count})` : ''}`,
    ),
    ...(behind === undefined
      ? []
      : [`  it says that it sealed up to ${behind.epoch}/${behind.sequence}; nothing came from ${behind.from} on`]),
    ...(newEpoch === undefined ? [] : [`  epoch ${newEpoch} waits for an officer`]),
    ...(incoming.isFrozen ? ['  FROZEN: what it sealed has not come for more than 7 days'] : []),
    ...(outgoing.isFrozen ? ['  FROZEN: what we sealed is not acknowledged for more than 7 days'] : []),
    ...(log === undefined ? [] : [`  its audit log, as its receipt of ${log.at} says: ${checkpointText(log)}`]),
    ...(outgoing.unansweredCount > 0 ? [`  without a receipt: ${outgoing.unansweredCount}`] : []),
  ];
}

function recallCells(row: Recall): (string | number)[] {
  return [
    row.partnerName,
    row.action,
    row.createdAt.slice(0, 10),
    `holds ${row.held.epoch}/${row.held.sequence}${row.held.isRedacted ? ' (redacted)' : ''}`,
    row.sent === undefined ? 'not sent yet' : `sent in ${row.sent.epoch}/${row.sent.sequence}`,
    `${ANSWERS[row.answer]}${row.rule === undefined ? '' : ` (${row.rule})`}${row.isRestoredSince ? ', restored since' : ''}`,
    `silent ${row.silentDays} days`,
    row.withdrawal,
  ];
}
