import { expect, test } from 'vitest';
import type { Command } from '../../../src-main/hosts/cli/command.ts';
import { findCommand, parseGiven } from '../../../src-main/hosts/cli/parse-command.ts';
import { printJson, printLine, printRefusal } from '../../../src-main/hosts/cli/print.ts';
import { describeCommand } from '../../../src-main/hosts/cli/usage.ts';

const base = { summary: 'does', options: {}, run: async () => ({ json: {}, lines: [] }) };
const command: Command = {
  ...base,
  name: 'vault user add',
  args: ['dir', 'id…'],
  options: {
    name: { help: 'who', value: 'NAME', isRequired: true },
    role: { help: 'what', value: 'ROLE', choices: ['lead', 'analyst'] },
    code: { help: 'codes', value: 'CODE', isList: true },
    quick: { help: 'a flag' },
  },
};

function parse(...argv: readonly string[]) {
  return parseGiven(command, ['vault', 'user', 'add', ...argv]);
}

function refusal(argument: string, problem: string) {
  return expect.objectContaining({ code: 'usage.bad-argument', details: { argument, problem } });
}

test('the longest command whose words match is the one that is meant', () => {
  const commands = ['vault', 'vault user', 'vault user add'].map((name): Command => ({ ...base, name, args: [] }));
  expect(findCommand(commands, ['vault', 'user', 'add', 'x'])?.name).toBe('vault user add');
  expect(findCommand(commands, ['vault', 'userx'])?.name).toBe('vault');
  expect(findCommand(commands, ['user'])).toBeUndefined();
});

test('arguments, lists, flags and choices come out as they were given', () => {
  const given = parse('here', 'a', 'b', '--name', 'Iris', '--code', 'H0,H1', '--code=P', '--quick', '--role', 'lead');
  expect([given.arg('dir'), given.rest('id')]).toEqual(['here', ['a', 'b']]);
  expect([given.required('name'), given.option('role'), given.has('quick')]).toEqual(['Iris', 'lead', true]);
  expect(given.list('code')).toEqual(['H0', 'H1', 'P']);
});

test('what stands after -- is an argument even when it looks like an option', () => {
  expect(parse('here', '--name', 'Iris', '--', '--x').rest('id')).toEqual(['--x']);
});

test.each([
  [['here'], 'id…', 'missing'],
  [['here', 'a'], '--name', 'missing'],
  [['here', 'a', '--name'], '--name', 'invalid'],
  [['here', 'a', '--name', 'x', '--role', 'king'], '--role', 'invalid'],
  [['here', 'a', '--name', 'x', '--quick=1'], '--quick', 'invalid'],
  [['here', 'a', '--name', 'x', '--colour', 'red'], '--colour', 'not-needed'],
  [['here', 'a', '--name', 'x', '--Maria', 'red'], 'option', 'not-needed'],
])('the arguments %j are refused at %s as %s', (argv, argument, problem) => {
  expect(() => parse(...argv)).toThrow(refusal(argument, problem));
});

test('an argument too many is refused', () => {
  const single: Command = { ...base, name: 'show', args: ['dir'] };
  expect(() => parseGiven(single, ['show', 'here', 'there'])).toThrow(refusal('argument 2', 'not-needed'));
});

test('--help names every option, and which are required', () => {
  const usage = describeCommand(command).join('\n');
  for (const name of Object.keys(command.options)) expect(usage).toContain(`--${name}`);
  expect(usage).toMatch(/--name NAME +who \(required\)/);
});

test('a label cannot steer the terminal or turn the line around', () => {
  const hostile = 'a\u001B[2Jb\u009Bc\u202Ed\ne\r';
  expect(printLine(hostile)).toBe('a\\u001b[2Jb\\u009bc\\u202ed e\\u000d\n');
  const json = printJson({ label: hostile });
  expect(json).not.toMatch(/[\u0000-\u0009\u001B\u009B\u202E]/);
  expect(JSON.parse(json)).toEqual({ label: hostile });
});

test('an answer is one JSON object on one line, without the bytes that went to a file', () => {
  expect(printJson({ file: 'x', bytes: new Uint8Array(3) })).toBe('{"file":"x"}\n');
});

test('a refusal is one line: chirograph, code, details', () => {
  expect(printRefusal({ code: 'store.not-found', details: { what: 'case' } })).toBe(
    'chirograph: store.not-found what="case"\n',
  );
});
