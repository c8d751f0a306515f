import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../../src-main/hosts/cli/commands.ts';
import { runCli } from '../../../src-main/hosts/cli/run-cli.ts';
import { closedVault, PASSPHRASE, temporaryFolder, unlocked } from '../../support/store-vaults.ts';
import { closeVault } from '../../../src-main/vault/open-vault.ts';
import { createdAgency, handling, PASSPHRASE as AGENCY_PASSPHRASE } from '../../support/agency.ts';
import { expectedOf, goldenVault, OFFICER, snapshotOf } from '../../support/golden-vaults.ts';
import { person, put } from '../../support/store-builders.ts';

type Answer = { readonly status: number; readonly json: unknown; readonly said: string };

function cli(...argv: readonly string[]): Promise<Answer> {
  const isOfAgency = argv.some((arg) => arg.includes('main'));
  return cliWith({ CHIROGRAPH_PASSPHRASE: isOfAgency ? AGENCY_PASSPHRASE : PASSPHRASE }, ...argv);
}

async function cliWith(
  environment: { readonly CHIROGRAPH_PASSPHRASE: string },
  ...argv: readonly string[]
): Promise<Answer> {
  let [out, said] = ['', ''];
  const terminal = {
    environment,
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

test('[W13] a damaged vault of schema 1 says that it is untouched and what to do next; that is done, and makes a vault of today', async () => {
  const dir = goldenVault('v1');
  writeFileSync(join(dir, 'head'), '{}');
  const before = snapshotOf(dir);
  const given = { CHIROGRAPH_PASSPHRASE: OFFICER.passphrase };
  const refused = await cliWith(given, 'vault', 'status', dir);
  expect(refused).toMatchObject({ status: 1, json: { error: { code: 'vault.head-damaged', details: { older: 1 } } } });
  expect(refused.said).toMatch(
    /was not brought up to date; nothing in it was changed\. Next: .*chirograph vault salvage/,
  );
  const [file, made] = [`${dir}.age`, `${dir}-2`];
  const { records } = expectedOf('v1').counts;
  expect(await cliWith(given, 'vault', 'salvage', dir, '--out', file)).toMatchObject({
    status: 0,
    json: { records, lost: [] },
  });
  expect(await cliWith(given, 'vault', 'from-salvage', file, made, '--of', dir)).toMatchObject({
    status: 0,
    json: { records },
  });
  expect(await cliWith(given, 'vault', 'status', made)).toMatchObject({ status: 0, json: { records } });
  expect(snapshotOf(dir)).toEqual(before);
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
