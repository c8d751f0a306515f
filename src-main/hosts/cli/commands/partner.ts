import type { Output } from '../../../../src-shared/contract/methods.ts';
import { AgencyKind } from '../../../../src-shared/contract/views.ts';
import type { Answer, Command } from '../command.ts';
import { findPartner, withVault } from '../connection.ts';
import { readInput, writeOutput } from '../files.ts';
import { UNLOCKING } from '../passphrase.ts';
import { table } from '../print.ts';

type Partner = Output<'partner.list'>['partners'][number];

/** Partner cards, the comparison of words, and the agency's own sealing identity. */
export const partnerCommands: readonly Command[] = [
  {
    name: 'partner card',
    summary: 'write our own card, to be given to a partner',
    args: ['dir'],
    options: { ...UNLOCKING, out: { value: 'FILE', isRequired: true, help: 'where the card goes' } },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const { bytes } = await connection.call('partner.card', {});
        return written(given.required('out'), bytes);
      }),
  },
  {
    name: 'partner add',
    summary: 'take in the card of a partner; it counts after its words were compared',
    args: ['dir', 'file'],
    options: UNLOCKING,
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const partner = await connection.call('partner.add', { bytes: readInput(given.arg('file')) });
        return { json: partner, lines: describePartners([partner]) };
      }),
  },
  {
    name: 'partner words',
    summary: 'the twelve words that both agencies read to each other by another channel',
    args: ['dir', 'name'],
    options: UNLOCKING,
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const { agency, name, words } = await findPartner(connection, given.arg('name'));
        return { json: { agency, name, words }, lines: [words] };
      }),
  },
  {
    name: 'partner confirm',
    summary: 'say that the words were compared with the partner, and with whom',
    args: ['dir', 'name'],
    options: {
      ...UNLOCKING,
      words: { value: 'WORDS', isRequired: true, help: 'the twelve words as the partner read them out' },
      with: { value: 'PERSON', help: 'who read them (default: the name of the partner)' },
      channel: { value: 'TEXT', help: 'how: in person, phone, video (default: not stated)' },
    },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const { agency, name } = await findPartner(connection, given.arg('name'));
        const confirmed = await connection.call('partner.confirm', {
          agency,
          words: given.required('words'),
          with: given.option('with') ?? name,
          channel: given.option('channel') ?? 'not stated',
        });
        return { json: confirmed, lines: describePartners([confirmed]) };
      }),
  },
  {
    name: 'partner describe',
    summary: 'say what kind of agency a partner is; some legal bases open a gateway to certain kinds only',
    args: ['dir', 'name'],
    options: {
      ...UNLOCKING,
      kind: {
        value: 'KIND',
        isRequired: true,
        choices: AgencyKind.options,
        help: 'what it is (police until said otherwise)',
      },
    },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const { agency } = await findPartner(connection, given.arg('name'));
        const kind = AgencyKind.options.find((each) => each === given.required('kind')) ?? 'other';
        const described = await connection.call('partner.describe', { agency, kind });
        return { json: described, lines: describePartners([described]) };
      }),
  },
  {
    name: 'partner list',
    summary: 'all partners and whether their words were compared',
    args: ['dir'],
    options: UNLOCKING,
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const { partners } = await connection.call('partner.list', {});
        return { json: { partners }, lines: describePartners(partners) };
      }),
  },
  {
    name: 'partner revoke',
    summary: 'stop trusting a partner; what comes from it is refused from now on',
    args: ['dir', 'name'],
    options: { ...UNLOCKING, reason: { value: 'TEXT', isRequired: true, help: 'why, for the audit log' } },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const { agency } = await findPartner(connection, given.arg('name'));
        const revoked = await connection.call('partner.revoke', { agency, reason: given.required('reason') });
        return { json: revoked, lines: describePartners([revoked]) };
      }),
  },
  {
    name: 'identity',
    summary: "write the agency's sealing identity for escrow; stock age reads it (exchange officer only)",
    args: ['dir'],
    options: { ...UNLOCKING, out: { value: 'FILE', isRequired: true, help: 'where the identity goes; guard it' } },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const { bytes } = await connection.call('vault.identity', {});
        return written(given.required('out'), bytes);
      }),
  },
];

function written(file: string, bytes: Uint8Array): Answer {
  writeOutput(file, bytes);
  return { json: { file, size: bytes.length }, lines: [`Wrote ${file} (${bytes.length} bytes).`] };
}

function describePartners(partners: readonly Partner[]): readonly string[] {
  if (partners.length === 0) return ['No partners.'];
  return table(
    partners.map(({ state, name, country, kind, agency }) => [state, `${name} (${country}, ${kind})`, agency]),
  );
}
