import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryHome } from '../../support/agency.ts';

const COMMAND_LINE = resolve('src-main/hosts/cli/main.ts');

/** Marks each command, so that its output can be told from the next one's. */
const MARK = '\u0001';

test('the transcript in the README can be typed as it stands, and prints what it says', () => {
  const blocks = [...readFileSync('README.md', 'utf8').matchAll(/^```console\n([\s\S]*?)^```$/gm)].map(
    ([, text]) => text ?? '',
  );
  const steps = blocks.join('').split(/^\$ /m).slice(1).map(readStep);
  expect(steps.length).toBeGreaterThan(15);
  const script = steps.map(({ command }) => `printf '${MARK}'\n${command}`).join('\n');
  const shell = `chirograph() { "${process.execPath}" "${COMMAND_LINE}" "$@"; }\nset -e\n${script}`;
  const { stdout, stderr, status } = spawnSync('bash', ['-c', shell], { cwd: temporaryHome(), encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  const printed = stdout.split(MARK).slice(1);
  expect(printed.map(withoutChance)).toEqual(steps.map(({ output }) => withoutChance(output)));
}, 240_000);

/** `$ ` begins a command, `> ` continues it, the rest is what it prints. The line that says how npm is called is left out: the test calls Node. */
function readStep(text: string): { command: string; output: string } {
  const [first = '', ...lines] = text.split('\n');
  const more = lines.filter((line) => line.startsWith('> ')).map((line) => line.slice(2));
  const output = lines.filter((line) => !line.startsWith('> ')).join('\n');
  const command = first.startsWith('chirograph()') ? 'true' : [first, ...more].join('\n');
  return { command, output };
}

/** Keys, ids and words differ each time, and with the ids the order of a list. */
function withoutChance(text: string): string[] {
  return text
    .replace(/\b[0-9a-f]{64}\b/g, 'HASH')
    .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'ID')
    .replace(/\b([0-9A-Z]{4}-){13}[0-9A-Z]{4}\b/g, 'RECOVERY KEY')
    .replace(/Victim [0-9A-F]{4}/g, 'PSEUDONYM')
    .replace(/^([a-z]{3,8} ){11}[a-z]{3,8}$/gm, 'TWELVE WORDS')
    .trimEnd()
    .split('\n')
    .toSorted();
}
