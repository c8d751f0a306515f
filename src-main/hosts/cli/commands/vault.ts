import type { Output } from '../../../../src-shared/contract/methods.ts';
import { Role } from '../../../../src-shared/contract/views.ts';
import type { Command, Given } from '../command.ts';
import { connect, vaultAt, warnOfPlace, withVault } from '../connection.ts';
import { NEW_PASSPHRASE, UNLOCKING, readNewPassphrase, readPassphrase } from '../passphrase.ts';
import { table } from '../print.ts';
import type { Terminal } from '../terminal.ts';

/** The vault itself and who may open it. */
export const vaultCommands: readonly Command[] = [
  {
    name: 'vault create',
    summary: 'make a vault for an agency; its first user is an exchange officer',
    args: ['dir'],
    options: {
      'agency': { value: 'NAME', isRequired: true, help: 'name of the agency' },
      'country': { value: 'CC', isRequired: true, help: 'its country, two letters (ISO 3166-1)' },
      'user': { value: 'NAME', isRequired: true, help: 'name of the first user' },
      'passphrase-file': { value: 'FILE', help: 'the first line is the passphrase' },
    },
    async run(given, terminal) {
      const { home, vault } = vaultAt(given.arg('dir'));
      const { CHIROGRAPH_PASSPHRASE } = terminal.environment;
      const passphrase = await readNewPassphrase(given.option('passphrase-file'), CHIROGRAPH_PASSPHRASE, terminal);
      const connection = connect(home);
      const [agency, country, user] = [given.required('agency'), given.required('country'), given.required('user')];
      const created = await connection.call('vault.create', { vault, agency, country, user, passphrase });
      await connection.call('vault.lock', {});
      warnOfPlace(created.status.place, terminal);
      return {
        json: { ...created.status, recoveryKey: created.recoveryKey },
        lines: [`Created the vault of ${created.status.agency}.`, ...recoveryKeyLines(created.recoveryKey)],
      };
    },
  },
  {
    name: 'vault status',
    summary: 'whose vault it is and how much it holds',
    args: ['dir'],
    options: UNLOCKING,
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const status = await connection.call('vault.status', {});
        return { json: status, lines: statusLines(status) };
      }),
  },
  {
    name: 'vault passphrase',
    summary: 'change the passphrase of a user',
    args: ['dir'],
    options: { ...UNLOCKING, ...NEW_PASSPHRASE },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const old = await readPassphrase(given, terminal);
        await connection.call('vault.change-passphrase', { old, new: await newPassphrase(given, terminal) });
        return { json: { changed: true }, lines: ['The passphrase was changed.'] };
      }),
  },
  {
    name: 'vault user add',
    summary: 'let another person open the vault (exchange officer only)',
    args: ['dir'],
    options: {
      ...UNLOCKING,
      ...NEW_PASSPHRASE,
      name: { value: 'NAME', isRequired: true, help: 'name of the new user' },
      role: {
        value: 'ROLE',
        isRequired: true,
        choices: Role.options,
        help: 'what the new user may do',
      },
    },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const [name, role] = [given.required('name'), Role.parse(given.required('role'))];
        await connection.call('vault.add-user', { name, role, passphrase: await newPassphrase(given, terminal) });
        return { json: { name, role }, lines: [`${name} may open the vault as ${role}.`] };
      }),
  },
];

function newPassphrase(given: Given, terminal: Terminal): Promise<string> {
  const { CHIROGRAPH_NEW_PASSPHRASE } = terminal.environment;
  return readNewPassphrase(given.option('new-passphrase-file'), CHIROGRAPH_NEW_PASSPHRASE, terminal);
}

function recoveryKeyLines(recoveryKey: string): readonly string[] {
  return [
    '',
    'Recovery key, shown this once. Print it and keep it apart from this machine:',
    '',
    `  ${recoveryKey}`,
    '',
  ];
}

function statusLines(status: Output<'vault.status'>): readonly string[] {
  return table([
    ['agency', `${status.agency} (${status.country})`],
    ['agency id', status.agencyId],
    ['user', `${status.user}, ${status.role}`],
    ['entities', status.entities],
    ['links', status.links],
    ['records', status.records],
    ['cases', status.cases],
    ['partners', status.partners],
    ['quarantined', status.quarantined],
  ]);
}
