import type { Command, OptionSpec } from './command.ts';
import { COMMON } from './parse-command.ts';
import { table } from './print.ts';

const PASSPHRASE = [
  'The passphrase comes from --passphrase-file, CHIROGRAPH_PASSPHRASE or a prompt, never from an argument.',
  'Exit status: 0 done, 1 refused, 2 wrong usage, 70 a bug.',
];

/** All commands, one a line. */
export function listCommands(commands: readonly Command[]): readonly string[] {
  const rows = commands.map((command) => [`  ${[command.name, ...placeholders(command)].join(' ')}`, command.summary]);
  return ['chirograph <command>', '', ...table(rows), '', 'chirograph <command> --help tells more.', ...PASSPHRASE];
}

/** One command with every option it takes. */
export function describeCommand(command: Command): readonly string[] {
  const options = Object.entries({ ...command.options, ...COMMON }).map(([name, option]) => [
    `  --${name}${option.value === undefined ? '' : ` ${option.value}`}`,
    helpOf(option),
  ]);
  return [`chirograph ${[command.name, ...placeholders(command)].join(' ')}`, command.summary, '', ...table(options)];
}

function placeholders({ args, options }: Command): readonly string[] {
  const required = Object.entries(options).filter(([, { isRequired }]) => isRequired);
  return [
    ...args.map((arg) => (arg.startsWith('[') ? arg : `<${arg}>`)),
    ...required.map(([name, { value }]) => `--${name} ${value}`),
  ];
}

function helpOf({ help, isRequired, choices }: OptionSpec): string {
  return [help, choices && `(${choices.join(', ')})`, isRequired && '(required)'].filter(Boolean).join(' ');
}
