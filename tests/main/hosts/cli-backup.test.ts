import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { COMMANDS } from '../../../src-main/hosts/cli/commands.ts';
import { runCli } from '../../../src-main/hosts/cli/run-cli.ts';
import { OFFICER, goldenVault } from '../../support/golden-vaults.ts';
import { temporaryFolder } from '../../support/store-vaults.ts';

async function run(environment: Readonly<Record<string, string>>, ...args: readonly string[]) {
  let [answer, complaint] = ['', ''];
  const status = await runCli(COMMANDS, [...args, '--json'], {
    environment,
    write: (text) => void (answer += text),
    complain: (text) => void (complaint += text),
    ask: () => Promise.reject(new Error('nobody is at the terminal')),
  });
  return { status, answer: z.looseObject({}).parse(JSON.parse(answer)), complaint };
}

const AS_OFFICER = { CHIROGRAPH_PASSPHRASE: OFFICER.passphrase };
const USER = ['--user', OFFICER.user];

test('a vault is backed up, rotated and restored by commands, each in a process of its own', async () => {
  const vault = goldenVault('v1');
  const folder = temporaryFolder();
  const file = join(folder, 'northmark.chirovault');
  const written = await run(AS_OFFICER, 'vault', 'backup', vault, ...USER, '--out', file);
  expect(written.status).toBe(0);
  expect(statSync(file)).toMatchObject({ size: written.answer['size'], mode: 0o100600 });
  expect(readFileSync(file).includes('Northmark')).toBe(false);

  const rotated = await run(AS_OFFICER, 'vault', 'rotate', vault, ...USER);
  expect(rotated.answer).toMatchObject({ removed: ['Ana Analyst'], user: OFFICER.user });
  const keyFile = join(folder, 'key');
  writeFileSync(keyFile, `${String(rotated.answer['recoveryKey'])}\n`);

  const restored = join(folder, 'restored');
  const wrong = await run({}, 'vault', 'restore', file, restored, '--recovery-key-file', keyFile);
  expect([wrong.status, wrong.complaint]).toEqual([1, 'chirograph: vault.wrong-recovery-key\n']);
  const right = await run(AS_OFFICER, 'vault', 'restore', file, restored);
  expect([right.status, right.answer]).toEqual([0, expect.objectContaining({ agency: 'Northmark Agency' })]);
  const status = await run(AS_OFFICER, 'vault', 'status', restored, ...USER);
  expect(status.answer).toMatchObject({ agency: 'Northmark Agency', entities: 45, records: 72 });
  const again = await run(AS_OFFICER, 'vault', 'restore', file, restored);
  expect([again.status, again.complaint]).toEqual([1, 'chirograph: vault.exists\n']);
});

test('an analyst makes no backup and no new key, and what is no backup is not restored', async () => {
  const vault = goldenVault('v1');
  const folder = temporaryFolder();
  const analyst = { CHIROGRAPH_PASSPHRASE: 'two lamps for the analyst' };
  const out = ['--user', 'Ana Analyst', '--out', join(folder, 'b')];
  expect((await run(analyst, 'vault', 'backup', vault, ...out)).complaint).toMatch(/^chirograph: request.forbidden/);
  expect((await run(analyst, 'vault', 'rotate', vault, '--user', 'Ana Analyst')).complaint).toMatch(
    /^chirograph: request.forbidden/,
  );
  const notOne = join(folder, 'not-one');
  writeFileSync(notOne, 'name,phone\n');
  expect((await run(analyst, 'vault', 'restore', notOne, join(folder, 'x'))).complaint).toBe(
    'chirograph: backup.malformed rule="U1"\n',
  );
});

test('a passphrase is changed by a command, and its cost is brought to what is usual today', async () => {
  const vault = goldenVault('v1');
  const environment = { ...AS_OFFICER, CHIROGRAPH_NEW_PASSPHRASE: 'quartz meadow tandem fifteen' };
  expect((await run(environment, 'vault', 'passphrase', vault, ...USER)).answer).toEqual({ changed: true });
  expect((await run(AS_OFFICER, 'vault', 'status', vault, ...USER)).complaint).toBe(
    'chirograph: vault.wrong-passphrase\n',
  );
  const changed = { CHIROGRAPH_PASSPHRASE: environment.CHIROGRAPH_NEW_PASSPHRASE };
  expect((await run(changed, 'vault', 'status', vault, ...USER)).status).toBe(0);
  const Header = z.object({
    slots: z.array(z.object({ user: z.string(), kdf: z.object({ m: z.number() }).optional() })),
  });
  const { slots } = Header.parse(JSON.parse(readFileSync(join(vault, 'vault.json'), 'utf8')));
  expect(slots.map(({ user, kdf }) => [user, kdf?.m])).toEqual(
    expect.arrayContaining([
      [OFFICER.user, 262_144],
      ['Ana Analyst', 65_536],
    ]),
  );
});
