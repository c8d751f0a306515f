import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { planWholeImport } from '../../../src-shared/convert/plan-import.ts';

const folder = fileURLToPath(new URL('../../golden/import/', import.meta.url));

test.for([
  ['nodes.csv', undefined],
  ['edges.csv', 'phone'],
  ['network.graphml', undefined],
] as const)('%s gives the plan that is written beside it', async ([name, entityType]) => {
  const plan = planWholeImport({ bytes: readFileSync(`${folder}${name}`), options: { entityType } });
  await expect(`${JSON.stringify(plan, null, 2)}\n`).toMatchFileSnapshot(`${folder}${name}.plan.json`);
});
