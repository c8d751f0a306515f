import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { methods } from '../../../src-shared/contract/methods.ts';

const WHO = { locked: 'anyone', read: 'user', write: 'writer', officer: 'officer' } as const;

test('the manual says of every call what it does and who may make it', () => {
  const page = readFileSync('docs/manual/calls.md', 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z.-]+)` \| (\w+) \| \S.*\|$/gm)].map(([, name, who]) => `${name} ${who}`);
  expect(rows.toSorted()).toEqual(
    Object.entries(methods)
      .map(([name, { access }]) => `${name} ${WHO[access]}`)
      .toSorted(),
  );
});
