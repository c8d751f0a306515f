import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addEntity, openCase } from '../../support/case-steps.ts';
import { PASSPHRASE, createdAgency } from '../../support/agency.ts';
import { ROOT } from '../../../build/project.ts';

test('a script limits a search as the window does, and is told why each hit is one', async () => {
  const agency = await createdAgency('Northmark Agency');
  const lamp = await openCase(agency);
  await addEntity(agency, lamp, 'person', { name: 'Marta Kowalska', alias: 'Wróbel' });
  await agency.call('vault.lock', {});
  const vault = join(agency.home, readdirSync(agency.home).find((name) => !name.startsWith('.')) ?? '');
  expect(search(vault, 'wrob', '--json').json).toMatchObject({
    hits: [
      {
        kind: 'person',
        label: 'Marta Kowalska',
        matched: { by: 'alias', value: 'Wróbel', ranges: [[0, 4]] },
        sources: [{ authorName: 'Northmark Agency', grade: { source: 'B', information: '2' } }],
      },
    ],
    more: false,
    isComplete: true,
  });
  const limits = ['--kind', 'person', '--case', 'Operation Test Lamp', '--agency', 'Northmark Agency'];
  const more = [...limits, '--grade', 'europol:B2', '--tlp', 'amber'];
  expect(search(vault, 'wrob', ...more).stdout).toMatch(
    /^person {2}Marta Kowalska {2}\S+ {2}Also known as: Wróbel · Northmark Agency europol-4x4:B2\n$/,
  );
  expect(search(vault, 'wrob', ...more, '--from', '2020').stdout).toBe('Nothing found.\n');
  expect(search(vault, 'wrob', '--grade', 'B2').status).toBe(2);
  expect(search(vault, 'wrob', '--to', 'soon').status).toBe(2);
  expect(search(vault, 'wrob', '--agency', 'Nobody').status).toBe(1);
});

function search(vault: string, ...args: readonly string[]) {
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(ROOT, 'src-main/hosts/cli/main.ts'), 'search', vault, ...args],
    { encoding: 'utf8', env: { PATH: process.env['PATH'], CHIROGRAPH_PASSPHRASE: PASSPHRASE } },
  );
  return { status, stdout, json: stdout.startsWith('{') ? (JSON.parse(stdout) as unknown) : undefined };
}
