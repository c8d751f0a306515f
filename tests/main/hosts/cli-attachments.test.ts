import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, truncateSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../../build/project.ts';
import { createdAgency, PASSPHRASE } from '../../support/agency.ts';
import { addEntity, openCase } from '../../support/case-steps.ts';
import { inventedBytes } from '../../support/evidence.ts';

/** The program itself in the folder of a vault that opens quickly, with what it answered. */
async function programWithVault() {
  const agency = await createdAgency('Northmark Agency');
  const { subject } = await addEntity(agency, await openCase(agency), 'person', { name: 'Sergo Madeupson' });
  await agency.call('vault.lock', {});
  const chirograph = (...args: readonly string[]) => {
    const program = join(ROOT, 'src-main/hosts/cli/main.ts');
    const run = spawnSync(process.execPath, [program, ...args, '--json'], {
      cwd: agency.home,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], CHIROGRAPH_PASSPHRASE: PASSPHRASE },
    });
    return { status: run.status, answer: JSON.parse(run.stdout) };
  };
  return { folder: agency.home, subject, chirograph };
}

test('a file goes into a vault and comes out the same, and a damaged one does not come out at all', async () => {
  const { folder, subject, chirograph } = await programWithVault();
  const bytes = Buffer.concat([Buffer.from('%PDF-1.7 '), inventedBytes(5_000_000)]);
  writeFileSync(join(folder, 'invented lease.pdf'), bytes);
  const said = ['--to', subject, '--grade', 'europol-4x4:B2', '--note', 'a lease'];
  const added = chirograph('attach', 'main', 'invented lease.pdf', ...said);
  expect(added).toMatchObject({
    status: 0,
    answer: {
      name: 'invented lease.pdf',
      type: 'application/pdf',
      size: bytes.length,
      notes: ['a lease'],
      supports: [{ label: 'Sergo Madeupson' }],
      source: { reference: 'invented lease.pdf', grade: { source: 'B' } },
    },
  });
  const sha256 = String(added.answer.sha256);
  expect(chirograph('attachments', 'main', subject).answer.attachments).toHaveLength(1);
  expect(chirograph('attachment', 'verify', 'main', sha256)).toEqual({ status: 0, answer: { state: 'held' } });

  const take = ['attachment', 'export', 'main', sha256, '--out', 'out.pdf'];
  expect(chirograph(...take)).toMatchObject({ status: 2 });
  expect(chirograph(...take, '--reason', 'for the invented court').status).toBe(0);
  expect(readFileSync(join(folder, 'out.pdf')).equals(bytes)).toBe(true);
  if (process.platform !== 'win32') expect(statSync(join(folder, 'out.pdf')).mode & 0o077).toBe(0);
  const { custody } = chirograph('attachments', 'main').answer.attachments[0];
  expect(custody[0]).toMatchObject({ event: 'exported', actor: 'Olga Officer', note: 'for the invented court' });

  const files = join(folder, 'main', 'attachments');
  const [stored = ''] = readdirSync(files);
  truncateSync(join(files, stored), 100);
  expect(chirograph('attachment', 'verify', 'main', sha256)).toMatchObject({ status: 1, answer: { state: 'damaged' } });
  const refused = chirograph('attachment', 'export', 'main', sha256, '--out', 'again.pdf', '--reason', 'again');
  expect(refused).toMatchObject({ status: 1, answer: { error: { code: 'attachment.damaged' } } });
  expect([existsSync(join(folder, 'again.pdf')), existsSync(join(folder, 'again.pdf.part'))]).toEqual([false, false]);
});

test('what is no file, or is for nobody, is refused and leaves nothing', async () => {
  const { folder, chirograph } = await programWithVault();
  writeFileSync(join(folder, 'a.txt'), 'a');
  const nobody = '01990000-0000-7000-8000-00000000dead';
  const code = (...args: readonly string[]): unknown => chirograph(...args).answer.error.code;
  expect(code('attach', 'main', 'a.txt', '--to', nobody)).toBe('store.not-found');
  expect(code('attach', 'main', '.', '--to', nobody)).toBe('file.cannot-read');
  expect(code('attach', 'main', 'missing.txt', '--to', nobody)).toBe('file.cannot-read');
  expect(readdirSync(join(folder, 'main', 'attachments'))).toEqual([]);
});
