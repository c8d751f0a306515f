import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { failure } from '../../../../src-shared/errors.ts';
import { runDemo } from '../../../app/demo.ts';
import type { Command } from '../command.ts';
import { world } from '../connection.ts';
import { printLine } from '../print.ts';

const BENCH = fileURLToPath(new URL('../../../../bench/main.ts', import.meta.url));

/** Showing what it does, and how fast. */
export const tourCommands: readonly Command[] = [
  {
    name: 'demo',
    summary: 'two agencies, the sample case, a full exchange and a recall, in a temporary folder',
    args: [],
    options: {},
    async run(given, terminal) {
      const say = (line: string) => (given.has('json') ? terminal.complain : terminal.write)(printLine(line));
      return { json: await runDemo(world, say), lines: [] };
    },
  },
  {
    name: 'bench',
    summary: 'the benchmarks, each with its peer in the same run',
    args: ['[name…]'],
    options: { size: { value: 'N', help: 'on so many things instead of the usual number' } },
    async run(given) {
      const size = given.option('size');
      const args = [BENCH, ...given.rest('name'), '--json', ...(size === undefined ? [] : ['--size', size])];
      const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
      if (status === 2) throw failure('usage.bad-argument', { argument: 'name', problem: 'invalid' });
      const json: object = JSON.parse(stdout);
      return {
        json,
        lines: JSON.stringify(json, null, 2).split('\n'),
        ...(status !== 0 && { isRefusal: true as const }),
      };
    },
  },
];
