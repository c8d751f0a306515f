import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, truncateSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../../build/project.ts';
import { inventedBytes } from '../../support/evidence.ts';
import { temporaryFolder } from '../../support/store-vaults.ts';

/** The program itself in a folder, with what it answered. */
function programIn(folder: string) {
  return (...args: readonly string[]) => {
    const program = join(ROOT, 'src-main/hosts/cli/main.ts');
    const run = spawnSync(process.execPath, [program, ...args, '--json'], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], CHIROGRAPH_PASSPHRASE: 'correct horse battery' },
    });
    return { status: run.status, answer: JSON.parse(run.stdout) };
  };
}

test('a file goes into a vault and comes out the same, and a damaged one does not come out at all', () => {
  const folder = temporaryFolder();
  const chirograph = programIn(folder);
  const bytes = Buffer.concat([Buffer.from('%PDF-1.7 '), inventedBytes(5_000_000)]);
  writeFileSync(join(folder, 'invented lease.pdf'), bytes);
  writeFileSync(join(folder, 'people.csv'), 'id,name\n1,Sergo Madeupson\n');
  chirograph('vault', 'create', 'north', '--agency', 'Northmark Agency', '--country', 'GB', '--user', 'Iris');
  chirograph('import', 'north', 'people.csv', '--case', 'Operation Test Lamp');
  const id = String(chirograph('search', 'north', 'Sergo').answer.hits[0].id);

  const added = chirograph(
    'attach',
    'north',
    'invented lease.pdf',
    '--to',
    id,
    '--grade',
    'europol-4x4:B2',
    '--note',
    'a lease',
  );
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
  expect(chirograph('attachments', 'north', id).answer.attachments).toHaveLength(1);
  expect(chirograph('attachment', 'verify', 'north', sha256)).toEqual({ status: 0, answer: { state: 'held' } });

  const take = ['attachment', 'export', 'north', sha256, '--out', 'out.pdf'];
  expect(chirograph(...take)).toMatchObject({ status: 2 });
  expect(chirograph(...take, '--reason', 'for the invented court').status).toBe(0);
  expect(readFileSync(join(folder, 'out.pdf')).equals(bytes)).toBe(true);
  if (process.platform !== 'win32') expect(statSync(join(folder, 'out.pdf')).mode & 0o077).toBe(0);
  const custody = chirograph('attachments', 'north').answer.attachments[0].custody;
  expect(custody[0]).toMatchObject({ event: 'exported', actor: 'Iris', note: 'for the invented court' });

  const files = join(folder, 'north', 'attachments');
  const [stored = ''] = readdirSync(files);
  truncateSync(join(files, stored), 100);
  expect(chirograph('attachment', 'verify', 'north', sha256)).toMatchObject({
    status: 1,
    answer: { state: 'damaged' },
  });
  const refused = chirograph('attachment', 'export', 'north', sha256, '--out', 'again.pdf', '--reason', 'again');
  expect(refused).toMatchObject({ status: 1, answer: { error: { code: 'attachment.damaged' } } });
  expect([existsSync(join(folder, 'again.pdf')), existsSync(join(folder, 'again.pdf.part'))]).toEqual([false, false]);
});

test('what is no file, or is for nobody, is refused and leaves nothing', () => {
  const folder = temporaryFolder();
  const chirograph = programIn(folder);
  chirograph('vault', 'create', 'north', '--agency', 'Northmark Agency', '--country', 'GB', '--user', 'Iris');
  writeFileSync(join(folder, 'a.txt'), 'a');
  const nobody = '01990000-0000-7000-8000-00000000dead';
  const code = (...args: readonly string[]): unknown => chirograph(...args).answer.error.code;
  expect(code('attach', 'north', 'a.txt', '--to', nobody)).toBe('store.not-found');
  expect(code('attach', 'north', '.', '--to', nobody)).toBe('file.cannot-read');
  expect(code('attach', 'north', 'missing.txt', '--to', nobody)).toBe('file.cannot-read');
  expect(readdirSync(join(folder, 'north', 'attachments'))).toEqual([]);
});
