import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../../build/project.ts';
import { ruleText } from '../../../src-renderer/strings/rules.ts';
import { POLICY_RULES } from '../../../src-shared/policy/rules.ts';

const hasSentence = (rule: string) => ruleText(rule) !== `Rule ${rule}`;

test('every policy rule has a sentence', () => {
  expect(POLICY_RULES.filter((rule) => !hasSentence(rule))).toEqual([]);
});

test('every import rule that leaves a row out or warns has a sentence', () => {
  const folder = join(ROOT, 'src-shared/convert');
  const sources = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const rules = sources.flatMap((source) =>
    [...source.matchAll(/(?:reject|warn)\([^;]*?'(I\d+)'/g)].map(([, rule]) => rule ?? ''),
  );
  expect(rules.length).toBeGreaterThan(9);
  expect([...new Set(rules)].filter((rule) => !hasSentence(rule))).toEqual([]);
});

test('a rule without a sentence is shown by its id', () => {
  expect(ruleText('Z99')).toBe('Rule Z99');
});
