import { randomUUID } from 'node:crypto';
import { type WireError, failure, toWireError } from '../../../src-shared/errors.ts';
import type { Command } from './command.ts';
import { findCommand, parseGiven } from './parse-command.ts';
import { printJson, printLine, printRefusal } from './print.ts';
import type { Terminal } from './terminal.ts';
import { describeCommand, listCommands } from './usage.ts';

const EXIT = { done: 0, refused: 1, usage: 2, bug: 70 } as const;

/** Runs one command and returns the exit status. Standard output gets the answer only. */
export async function runCli(
  commands: readonly Command[],
  argv: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const asksHelp = argv.includes('--help') || argv.includes('-h') || argv[0] === 'help';
  const isJson = argv.includes('--json');
  const command = findCommand(commands, argv);
  if (asksHelp) {
    const lines = command === undefined ? listCommands(commands) : describeCommand(command);
    terminal.write(lines.map(printLine).join(''));
    return EXIT.done;
  }
  try {
    if (command === undefined) throw failure('usage.unknown-command', {});
    const answer = await command.run(parseGiven(command, argv), terminal);
    terminal.write(isJson ? printJson(answer.json) : answer.lines.map(printLine).join(''));
    return answer.isRefusal ? EXIT.refused : EXIT.done;
  } catch (error) {
    return refuse(error, isJson, terminal);
  }
}

const NOT_UPDATED =
  'The vault is of an older version, is not whole, and was not brought up to date; nothing in it was changed. ' +
  'Next: save what can be read with chirograph vault salvage, then chirograph vault from-salvage; or restore a backup.';

function refuse(error: unknown, isJson: boolean, terminal: Terminal): number {
  const wire = toWireError(error, randomUUID());
  terminal.complain(printRefusal(wire));
  if ('older' in wire.details && wire.details.older !== undefined) terminal.complain(printLine(NOT_UPDATED));
  if (wire.code.startsWith('usage.')) terminal.complain(printLine('chirograph --help lists the commands.'));
  if (isJson) terminal.write(printJson({ error: wire }));
  return exitStatus(wire);
}

function exitStatus({ code }: WireError): number {
  if (code.startsWith('usage.')) return EXIT.usage;
  return code === 'internal' ? EXIT.bug : EXIT.refused;
}
