import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../../src-main/hosts/cli/commands.ts';
import { runCli } from '../../../src-main/hosts/cli/run-cli.ts';
import { closedVault, PASSPHRASE, temporaryFolder, unlocked } from '../../support/store-vaults.ts';
import { closeVault } from '../../../src-main/vault/open-vault.ts';
import { createdAgency, handling, PASSPHRASE as AGENCY_PASSPHRASE } from '../../support/agency.ts';
import { person, put } from '../../support/store-builders.ts';

async function cli(...argv: readonly string[]): Promise<{ status: number; json: unknown; said: string }> {
  let [out, said] = ['', ''];
  const terminal = {
    environment: { CHIROGRAPH_PASSPHRASE: argv.some((arg) => arg.includes('main')) ? AGENCY_PASSPHRASE : PASSPHRASE },
    write: (text: string) => void (out += text),
    complain: (text: string) => void (said += text),
    ask: () => Promise.reject(new Error('nobody is there')),
  };
  const status = await runCli(COMMANDS, [...argv, '--json'], terminal);
  return { status, json: JSON.parse(out), said };
}

async function vaultOfTwo(): Promise<string> {
  const { dir } = await closedVault(join(temporaryFolder(), 'vault'));
  const vault = await unlocked(dir);
  put(vault.store, [person('Ada'), person('Bo')]);
  closeVault(vault);
  return dir;
}

test('a whole vault is proved, rebuilt and proved again', async () => {
  const dir = await vaultOfTwo();
  expect(await cli('vault', 'check', dir)).toMatchObject({ status: 0, json: { phase: 'whole', findings: [] } });
  expect(await cli('vault', 'rebuild', dir)).toMatchObject({ status: 0, json: { phase: 'whole' } });
});

test('a vault whose database was put back is read, named, and accepted only when somebody says so', async () => {
  const dir = await vaultOfTwo();
  const earlier = readFileSync(join(dir, 'store.db'));
  const vault = await unlocked(dir);
  put(vault.store, [person('Cy')]);
  closeVault(vault);
  writeFileSync(join(dir, 'store.db'), earlier);
  const checked = await cli('vault', 'check', dir);
  expect(checked.said).toContain('chirograph: vault.rolled-back found=3 expected=4 what="file"');
  expect(await cli('vault', 'status', dir)).toMatchObject({ status: 1 });
  expect(await cli('vault', 'accept', dir)).toMatchObject({ status: 0, json: { phase: 'whole' } });
  expect(await cli('vault', 'status', dir)).toMatchObject({ status: 0, json: { records: 2 } });
});

test('what is salvaged makes a new vault beside the old one', async () => {
  const agency = await createdAgency('Northmark Agency');
  await agency.call('case.save', { title: 'Operation Test Lamp', handling });
  await agency.call('vault.lock', {});
  const dir = join(agency.home, 'main');
  const [file, made] = [`${dir}.age`, `${dir}-2`];
  expect(await cli('vault', 'salvage', dir, '--out', file)).toMatchObject({
    status: 0,
    json: { records: 1, lost: [] },
  });
  expect(await cli('vault', 'from-salvage', file, made, '--of', dir)).toMatchObject({
    status: 0,
    json: { records: 1 },
  });
  expect(await cli('vault', 'check', made)).toMatchObject({ status: 0, json: { phase: 'whole' } });
  expect(await cli('vault', 'from-salvage', file, made, '--of', dir)).toMatchObject({
    status: 1,
    json: { error: { code: 'vault.exists' } },
  });
});
