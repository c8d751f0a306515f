import { run, say } from './project.ts';

/** `npm run check`, the only gate: every step runs, and all must pass. */
const ROOTS = ['src-shared', 'src-main', 'src-renderer', 'tests', 'build', 'bench'];
const CONFIGS = ['electron.vite.config.ts', 'vitest.config.ts'];

const STEPS: readonly (readonly [name: string, command: string, args: readonly string[]])[] = [
  ['types of src-shared', 'tsc', ['-p', 'src-shared']],
  ['types of src-main', 'tsc', ['-p', 'src-main']],
  ['types of src-renderer', 'tsc', ['-p', 'src-renderer']],
  ['types of tests and build', 'tsc', ['-p', 'tests']],
  ['lint', 'oxlint', [...ROOTS, ...CONFIGS]],
  ['format', 'oxfmt', ['--check', ...ROOTS, ...CONFIGS]],
  ['layers', 'depcruise', [...ROOTS]],
  ['dead code', 'knip', []],
  ['tests', 'node', ['build/test.ts']],
];

const results = STEPS.map(([name, command, args]) => {
  say(`\n== ${name}`);
  return { name, isPassed: run(command, args) === 0 };
});
say('');
for (const { name, isPassed } of results) say(`${isPassed ? 'passed' : 'FAILED'}  ${name}`);
process.exitCode = results.every(({ isPassed }) => isPassed) ? 0 : 1;
