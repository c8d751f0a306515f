import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { everyInput } from './every-input.ts';
import { bytesToFile, FIXTURES, nameOfFile } from './fixtures.ts';

/**
 * `node tests/adversarial/make.ts`: writes the hostile inputs to files, with a table of how each must be refused. Made from fixed keys and seeds, so that they can
 * be made anew; frozen once a version of the format is out, so that later programs meet what this one met. `--add` writes only those that are not there yet.
 */
const isAddition = process.argv.includes('--add');
mkdirSync(FIXTURES, { recursive: true });
const there = new Set(readdirSync(FIXTURES));
if (!isAddition) for (const name of there) rmSync(new URL(name, FIXTURES));
const inputs = await everyInput();
for (const { name, bytes } of inputs) {
  const file = nameOfFile(name, bytes);
  if (!isAddition || !there.has(file)) writeFileSync(new URL(file, FIXTURES), bytesToFile(bytes));
}
const table = inputs.map(({ door, name, refusal, rows, bytes }) => ({
  file: nameOfFile(name, bytes),
  door,
  refusal,
  rows,
}));
const lines = table.toSorted((one, other) => (one.file < other.file ? -1 : 1)).map((row) => `  ${JSON.stringify(row)}`);
writeFileSync(new URL('../expected.json', FIXTURES), `[\n${lines.join(',\n')}\n]\n`);
process.stdout.write(`${inputs.length} files\n`);
