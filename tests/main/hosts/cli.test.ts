import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../../../build/project.ts';

const PASSPHRASE = 'correct horse battery';
let folder: string;

/** The program itself, in a process of its own, with what it wrote and how it ended. */
function chirograph(
  args: readonly string[],
  environment: Record<string, string> = { CHIROGRAPH_PASSPHRASE: PASSPHRASE },
) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'src-main/hosts/cli/main.ts'), ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...environment },
  });
  return { status, stdout, stderr };
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chirograph-test-'));
  const made = chirograph([
    'vault',
    'create',
    'north',
    '--agency',
    'Northmark Agency',
    '--country',
    'GB',
    '--user',
    'Iris',
  ]);
  expect(made).toMatchObject({ status: 0, stderr: '' });
  expect(made.stdout).toMatch(/Recovery key.*\n\n {2}([0-9A-Z]{4}-)+/);
});
afterAll(() => rmSync(folder, { recursive: true }));

test('with --json it prints exactly one object and nothing else', () => {
  const { status, stdout, stderr } = chirograph(['vault', 'status', 'north', '--json']);
  expect([status, stderr, stdout.trim().split('\n').length]).toEqual([0, '', 1]);
  expect(JSON.parse(stdout)).toMatchObject({
    agency: 'Northmark Agency',
    entities: 0,
    links: 0,
    records: 0,
    cases: 0,
    partners: 0,
  });
});

test('the passphrase may stand in the first line of a file', () => {
  writeFileSync(join(folder, 'passphrase'), `${PASSPHRASE}\nanother line\n`);
  expect(chirograph(['cases', 'north', '--passphrase-file', 'passphrase'], {})).toEqual({
    status: 0,
    stdout: 'No cases.\n',
    stderr: '',
  });
});

test('a refusal has status 1, one line on standard error and, with --json, one object on standard output', () => {
  const { status, stdout, stderr } = chirograph(['cases', 'north', '--json'], { CHIROGRAPH_PASSPHRASE: 'wrong' });
  expect([status, stderr]).toEqual([1, 'chirograph: vault.wrong-passphrase\n']);
  expect(JSON.parse(stdout)).toEqual({ error: { code: 'vault.wrong-passphrase', details: {} } });
});

test.each([
  [['no', 'such', 'command'], 'usage.unknown-command'],
  [[], 'usage.unknown-command'],
  [['vault', 'create', 'x', '--agency', 'A'], 'usage.bad-argument argument="--country" problem="missing"'],
  [['cases', 'north', '--colour'], 'usage.bad-argument argument="--colour" problem="not-needed"'],
  [
    ['import', 'north', 'x.csv', '--case', 'A', '--format', 'word'],
    'usage.bad-argument argument="--format" problem="invalid"',
  ],
])('wrong usage %j has status 2', (args, line) => {
  const { status, stdout, stderr } = chirograph(args);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr.split('\n')[0]).toBe(`chirograph: ${line}`);
});

test('without a passphrase and without a terminal it does not wait', () => {
  expect(chirograph(['cases', 'north'], {})).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('usage.no-passphrase'),
  });
});

test('a file that is not there is refused by its reason', () => {
  const { status, stderr } = chirograph(['partner', 'add', 'north', 'nowhere.card']);
  expect([status, stderr]).toEqual([1, 'chirograph: file.cannot-read reason="ENOENT"\n']);
});

test('what it writes is whole and only for this person', () => {
  expect(chirograph(['partner', 'card', 'north', '--out', 'our.card']).status).toBe(0);
  expect(readFileSync(join(folder, 'our.card')).length).toBeGreaterThan(100);
  expect(statSync(join(folder, 'our.card')).mode & 0o077).toBe(0);
});

test('--help lists every command, and names the options of one', () => {
  const all = chirograph(['--help']);
  for (const word of ['vault create', 'import', 'release', 'receive', 'recall', 'audit', 'demo'])
    expect(all.stdout).toContain(word);
  const one = chirograph(['release', '--help']);
  expect([one.status, one.stderr]).toEqual([0, '']);
  expect(one.stdout).toContain('--legal-basis CODE[,…]');
});

test.runIf(process.platform !== 'win32')('a reader that has seen enough is no error', () => {
  const program = `"${process.execPath}" "${join(ROOT, 'src-main/hosts/cli/main.ts')}" --help`;
  // the reader ends at once, long before the program has started
  const { stderr } = spawnSync('bash', ['-c', `${program} | true`], { encoding: 'utf8' });
  expect(stderr).toBe('');
});

test('what is no file is not written over', () => {
  const { status, stderr } = chirograph(['partner', 'card', 'north', '--out', folder]);
  expect([status, stderr]).toEqual([1, expect.stringContaining('file.cannot-write reason="not-a-file"')]);
});

function verifyAudit(...more: readonly string[]) {
  return chirograph(['audit', 'north', 'verify', '--json', ...more]);
}

test('[V62] audit verify proves the log against what a partner witnessed: 0 when it is that log, 1 when not, 2 when it is no checkpoint', () => {
  const { entries, root } = JSON.parse(verifyAudit().stdout) as { entries: number; root: string };
  const asked = (checkpoint: string) => {
    const { status, stdout } = verifyAudit('--checkpoint', checkpoint);
    return [status, status === 2 ? undefined : (JSON.parse(stdout) as { checkpoint: string }).checkpoint];
  };
  expect(asked(`${entries}:${root}`)).toEqual([0, 'same']);
  expect(asked(`${entries}:${'0'.repeat(64)}`)).toEqual([1, 'other']);
  expect(asked(`${entries + 900}:${root}`)).toEqual([1, 'shorter']);
  expect(asked(root)).toEqual([2, undefined]);
});
