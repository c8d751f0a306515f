import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../../src-main/hosts/cli/commands.ts';
import { findCommand } from '../../../src-main/hosts/cli/parse-command.ts';

const page = readFileSync('docs/manual/command-line.md', 'utf8');
const table = page.slice(page.indexOf('| command | does |'), page.indexOf('## What the JSON answers'));
const rows = table
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => {
    const [, first = '', says = ''] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    return { calls: [...first.matchAll(/`([^`]+)`/g)].map(([, call = '']) => call), says };
  });

function commandOf(call: string) {
  return findCommand(COMMANDS, call.split(' '));
}

test('the manual has every command, and no other', () => {
  const named = rows.flatMap(({ calls }) => calls);
  expect(named.map((call) => commandOf(call)?.name ?? call).toSorted()).toEqual(
    COMMANDS.map(({ name }) => name).toSorted(),
  );
});

test('every option that the manual gives to a command is one of it, and every required one is given', () => {
  for (const { calls, says } of rows) {
    const commands = calls.flatMap((call) => commandOf(call) ?? []);
    for (const name of optionsIn(says)) {
      expect([name, commands.some(({ options }) => name in options)]).toEqual([name, true]);
    }
    for (const call of calls) {
      const options = commandOf(call)?.options ?? {};
      const given = optionsIn(call);
      expect(given.filter((name) => !(name in options))).toEqual([]);
      const required = Object.keys(options).filter((name) => options[name]?.isRequired === true);
      expect([call, required.filter((name) => !given.includes(name))]).toEqual([call, []]);
    }
  }
});

function optionsIn(text: string): string[] {
  return [...text.matchAll(/--([a-z-]+)/g)].map(([, name = '']) => name);
}
