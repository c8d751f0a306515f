import type { ComparisonView, Difference } from '../../../../src-shared/contract/compare.ts';
import type { Command } from '../command.ts';
import { findCase, findPartner, withVault } from '../connection.ts';
import type { Connection } from '../connection.ts';
import { checkFolderOf, readInput, writeOutput } from '../files.ts';
import { UNLOCKING } from '../passphrase.ts';
import { table } from '../print.ts';

/** Differences that are asked for at once. */
const PAGE = 1000;

const REMEDIES: { readonly [K in Difference['remedy']]: string } = {
  release: 'release again',
  ask: 'ask them to release again',
  check: 'look into it',
  none: 'nothing to do',
};

/** Where two agencies' stores differ in a case: docs/formats/compare.md. */
export const compareCommands: readonly Command[] = [
  {
    name: 'compare begin',
    summary: 'the first file of a comparison with a partner: which records differ, without showing any',
    args: ['dir'],
    options: {
      ...UNLOCKING,
      case: { value: 'NAME', isRequired: true, help: 'title or id of the case' },
      partner: { value: 'NAME', isRequired: true, help: 'who is to answer it' },
      out: { value: 'FILE', isRequired: true, help: 'the file to write (.chirocompare)' },
    },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const out = given.required('out');
        checkFolderOf(out);
        const { bytes } = await connection.call('compare.begin', {
          case: await findCase(connection, given.required('case')),
          partner: (await findPartner(connection, given.required('partner'))).agency,
        });
        writeOutput(out, bytes);
        return { json: { file: out, bytes: bytes.length }, lines: [`Wrote ${out}. Only they can open it.`] };
      }),
  },
  {
    name: 'compare open',
    summary: 'what a file of a comparison tells, and the answer to it',
    args: ['dir', 'file'],
    options: {
      ...UNLOCKING,
      case: { value: 'NAME', isRequired: true, help: 'title or id of the case' },
      answer: { value: 'FILE', help: 'write the answer here' },
    },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const answer = given.option('answer');
        if (answer !== undefined) checkFolderOf(answer);
        const bytes = readInput(given.arg('file'));
        const file = { case: await findCase(connection, given.required('case')), bytes };
        const view = await wholeView(connection, file);
        const lines = [...headLines(view), ...table(view.differences.map(cells))];
        if (answer === undefined) return { json: view, lines };
        writeOutput(answer, (await connection.call('compare.answer', file)).bytes);
        return { json: { ...view, answer }, lines: [...lines, `Wrote ${answer}. Only they can open it.`] };
      }),
  },
];

/** All of the list, page by page. */
async function wholeView(
  connection: Connection,
  file: { readonly case: string; readonly bytes: Uint8Array },
): Promise<ComparisonView> {
  const differences: Difference[] = [];
  for (;;) {
    const view = await connection.call('compare.open', { ...file, from: differences.length, limit: PAGE });
    differences.push(...view.differences);
    if (view.differences.length < PAGE) return { ...view, differences };
  }
}

function headLines({
  isSame,
  isCurrent,
  round,
  partnerName,
  ours,
  theirs,
  ranges,
  total,
  left,
  madeAt,
}: ComparisonView) {
  const what = round === 1 ? `${ranges} ranges of records` : `${total}${left > 0 ? ' or more' : ''} records`;
  return [
    isSame ? `The same as ${partnerName}.` : `Not the same as ${partnerName}: ${what} differ.`,
    `${ours} records here, ${theirs} there, as of ${madeAt}.`,
    ...(isCurrent ? [] : ['This vault has changed since the file that this one answers.']),
  ];
}

function cells({ record, what, remedy, isOurs, held }: Difference): string[] {
  return [record.slice(0, 16), isOurs ? 'ours' : 'theirs', what, held?.label ?? 'not held here', REMEDIES[remedy]];
}
