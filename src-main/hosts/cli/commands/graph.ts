import type { Output } from '../../../../src-shared/contract/methods.ts';
import type { Command } from '../command.ts';
import { withVault } from '../connection.ts';
import { badArgument } from '../parse-command.ts';
import { UNLOCKING } from '../passphrase.ts';
import { table } from '../print.ts';

/** Questions about the whole network. */
export const graphCommands: readonly Command[] = [
  {
    name: 'graph',
    summary: 'path: the fewest links between two entities of the whole store',
    args: ['dir', 'question', 'from', 'to'],
    options: UNLOCKING,
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        if (given.arg('question') !== 'path') throw badArgument('question', 'invalid');
        if (given.arg('from') === given.arg('to')) throw badArgument('to', 'invalid');
        const found = await connection.call('graph.path', { from: given.arg('from'), to: given.arg('to') });
        return { json: found, lines: describe(found) };
      }),
  },
];

function describe({ paths }: Output<'graph.path'>): readonly string[] {
  const [path] = paths;
  if (path === undefined) return ['No path: nothing that is stored ties the two together.'];
  return table(path.nodes.map(({ type, label, id }) => [type, label, id]));
}
