import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../build/project.ts';
import { expected } from '../adversarial/fixtures.ts';

/** Rules that no test is named after, and where they show. Whoever writes such a test takes its line away. */
const SHOWN_ELSEWHERE: { readonly [rule: string]: string } = {
  B7: 'J6 leaves a manifest one spelling: its bytes as they came and encoded again are the same',
  I1: 'half a gigabyte is too much for a test; limits of this kind: I7, I22',
  I24: 'tests/golden/import/network.graphml',
  I25: 'tests/golden/import/network.graphml',
  I27: 'tests/golden/import/network.graphml',
  M31: 'follows from S1 and R10',
  M33: 'says what a list is worth: M21',
  S4: 'says what a seal does not prove: B9 does',
  U11: 'says how a backup is read, not what is in it: U7, U8',
  U24: 'numbers that are missing are those of any gap: Q3, Q8',
  V2: 'npm run torture -- kills and faults (V108)',
  V10: 'a box that does not open shows as its slot: V8, V11',
  V24: 'says what numbers of a store mean: B27 and M30 would break with it',
  V35: 'what was taken back of a received batch: V33',
  V50: 'V51, V53 and V55 are told by it',
  V77: 'tests/golden/vault: vaults of that schema open',
  V80: 'what is found, and how it is ranked: V82, V88',
  V96: 'npm run torture -- rollbacks (V108)',
  V107: 'npm run torture -- kills (V108)',
  V108: 'is about the torture tests themselves',
  V133: 'tests/golden/vault: vaults of every older schema open',
  V138: 'what a disk keeps cannot be read back; that the old files are gone: V137',
  V139: 'refers to backup.md',
  V142: 'two rows of one transaction: V25; what the card says: K14',
  V172: 'says that findings are not kept: Q3, Q9, Q20 are worked out anew in every test',
  V173: 'tests/golden/vault: vaults without statements open',
  W4: 'every row comes back from a salvage file: W9',
  W6: 'every proof comes back from a salvage file: W9',
  W11: 'numbers of a stream that are not known: U23',
};

const DOCUMENTS = [
  ...readdirSync(join(ROOT, 'docs/formats'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/formats/${name}`),
  'docs/policy.md',
];

/** A rule is said where a line begins with it, in bold or as the first cell of a table. */
function rulesOf(document: string): string[] {
  const found = readFileSync(join(ROOT, document), 'utf8').matchAll(/^(?:- )?\*\*([A-Z]\d+)\*\*|^\| ([A-Z]\d+) \|/gm);
  return [...found].map(([, bold, cell]) => bold ?? cell ?? '');
}

/** `[B29–B31] [K5, K6]` at the beginning of a name, and the refusals after which the frozen files of tests/adversarial and tests/golden are named. */
function citedRules(): ReadonlySet<string> {
  const names = filesIn('tests', '.test.ts', '.test.tsx').flatMap((text) =>
    [...text.matchAll(/['"`]((?:\[[A-Z]\d[^\]]*\][ ,]*(?:and )?)+)/g)].map(([, rules]) => rules ?? ''),
  );
  const golden = filesIn('tests/golden', '_fail.txt').map((text) => text.slice(0, text.indexOf('\n\n')));
  return new Set([...names, ...golden, ...expected().map(({ refusal }) => refusal)].flatMap(rulesIn));
}

function filesIn(folder: string, ...ends: readonly string[]): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ends.some((end) => entry.name.endsWith(end)))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

function rulesIn(text: string): string[] {
  return [...text.matchAll(/\b([A-Z])(\d+)(?:–\1?(\d+))?/g)].flatMap(([, letter = '', from = '', to = from]) =>
    Array.from({ length: Number(to) - Number(from) + 1 }, (_, i) => `${letter}${Number(from) + i}`),
  );
}

test('every rule of docs/formats and docs/policy.md is cited by a test, or it is said where it shows', () => {
  const cited = citedRules();
  const rules = new Set(DOCUMENTS.flatMap(rulesOf));
  expect(rules.size).toBeGreaterThan(330);
  expect([...rules].filter((rule) => !cited.has(rule) && SHOWN_ELSEWHERE[rule] === undefined)).toEqual([]);
  expect(Object.keys(SHOWN_ELSEWHERE).filter((rule) => cited.has(rule) || !rules.has(rule))).toEqual([]);
});
