import { type ParseArgsConfig, parseArgs } from 'node:util';
import { failure } from '../../../src-shared/errors.ts';
import type { Command, Given, OptionSpec } from './command.ts';

/** Every command takes these. */
export const COMMON: Readonly<Record<string, OptionSpec>> = {
  json: { help: 'print exactly one JSON object' },
  help: { help: 'show how the command is used' },
};

/** The command whose words the arguments start with (the longest one), or undefined. */
export function findCommand(commands: readonly Command[], argv: readonly string[]): Command | undefined {
  return commands
    .filter(({ name }) => name.split(' ').every((word, i) => argv[i] === word))
    .sort((one, other) => other.name.length - one.name.length)[0];
}

/** Checks what follows the command's words against its table. Throws `usage.bad-argument`. */
export function parseGiven(command: Command, argv: readonly string[]): Given {
  const words = command.name.split(' ').length;
  const { values, positionals } = parseStrictly(command, argv.slice(words));
  const args = readArguments(command, positionals);
  for (const [name, { isRequired, choices }] of Object.entries(command.options)) {
    const given = listOf(values[name]);
    if (isRequired && given.length === 0) throw badArgument(`--${name}`, 'missing');
    if (choices && !given.every((value) => choices.includes(value))) throw badArgument(`--${name}`, 'invalid');
  }
  return {
    arg: (name) => args.get(name)?.[0] ?? '',
    rest: (name) => args.get(name) ?? [],
    has: (option) => values[option] === true,
    option: (option) => textOf(values[option]),
    required: (option) => textOf(values[option]) ?? '',
    list: (option) => listOf(values[option]),
  };
}

/** A number in a range, or undefined when the option was not given. */
export function readNumber(given: Given, option: string, least: number, most: number): number | undefined {
  const text = given.option(option);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) throw badArgument(`--${option}`, 'invalid');
  return value;
}

export function badArgument(argument: string, problem: 'invalid' | 'missing' | 'not-needed'): Error {
  return failure('usage.bad-argument', { argument, problem });
}

type Values = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

function parseStrictly(command: Command, args: readonly string[]): { values: Values; positionals: string[] } {
  const options: NonNullable<ParseArgsConfig['options']> = {};
  for (const [name, spec] of Object.entries({ ...COMMON, ...command.options })) {
    options[name] = spec.value !== undefined ? { type: 'string', multiple: spec.isList === true } : { type: 'boolean' };
  }
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: true });
  } catch (error) {
    const named = /'(-{1,2}[a-z][a-z-]*)/.exec(error instanceof Error ? error.message : '')?.[1] ?? 'option';
    throw badArgument(named, named.slice(2) in options ? 'invalid' : 'not-needed');
  }
}

function readArguments({ args }: Command, positionals: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const read = new Map<string, readonly string[]>();
  for (const [i, arg] of args.entries()) {
    const isRest = arg.includes('…');
    const given = isRest ? positionals.slice(i) : positionals.slice(i, i + 1);
    if (given.length === 0 && !arg.startsWith('[')) throw badArgument(arg, 'missing');
    read.set(arg.replaceAll(/[[\]…]/g, ''), given);
    if (isRest) return read;
  }
  if (positionals.length > args.length) throw badArgument(`argument ${args.length + 1}`, 'not-needed');
  return read;
}

function textOf(value: Values[string]): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function listOf(value: Values[string]): readonly string[] {
  const all = Array.isArray(value) ? value : [value];
  return all.filter((one) => typeof one === 'string').flatMap((one) => one.split(','));
}
