import { affectedCsv } from '../../../../src-shared/contract/affected-csv.ts';
import type { Input, Output } from '../../../../src-shared/contract/methods.ts';
import { KeyId } from '../../../../src-shared/domain/ids.ts';
import type { Command } from '../command.ts';
import { findPartner, withVault } from '../connection.ts';
import { writeOutput } from '../files.ts';
import { badArgument } from '../parse-command.ts';
import { UNLOCKING } from '../passphrase.ts';
import { table } from '../print.ts';

type Keys = Output<'keys.show'>;

const A_PIECE = 1000;

/** The agency's own keys, and what rests on a partner's. */
export const keyCommands: readonly Command[] = [
  {
    name: 'keys show',
    summary: 'our keys: versions, officers, thresholds, and the change that waits',
    args: ['dir'],
    options: UNLOCKING,
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const keys = await connection.call('keys.show', {});
        return { json: keys, lines: describeKeys(keys) };
      }),
  },
  {
    name: 'keys make',
    summary: 'make a key of your own, which only your passphrase opens',
    args: ['dir'],
    options: UNLOCKING,
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const made = await connection.call('keys.make', {});
        return { json: made, lines: [made.kid] };
      }),
  },
  {
    name: 'keys rotate',
    summary: 'change the keys of the agency, or propose it to the other officers',
    args: ['dir'],
    options: {
      ...UNLOCKING,
      new: { value: 'KEYS', choices: ['signing', 'sealing', 'both'], help: 'what is made anew (default: nothing)' },
      root: { value: 'KID,…', help: 'officers who may change keys (default: the agency’s own key)' },
      approving: { value: 'KID,…', help: 'officers who may approve releases' },
      threshold: { value: 'N', help: 'how many root keys must sign a change (default: 1)' },
      releases: { value: 'N', help: 'how many approvals our releases need (default: as it is)' },
      requires: { value: 'N', help: 'how many approvals we ask of what we receive (default: as it is)' },
      revoke: { value: 'KID,…', help: 'keys that nobody is to accept any more' },
      reason: { value: 'TEXT', isRequired: true, help: 'why' },
    },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const now = await connection.call('keys.show', {});
        const made = given.option('new');
        const changed = await connection.call('keys.rotate', {
          newSigning: made === 'signing' || made === 'both',
          newSealing: made === 'sealing' || made === 'both',
          root: kidsOf('root', given.option('root')),
          approving: kidsOf('approving', given.option('approving')),
          threshold: wholeOf('threshold', given.option('threshold'), 1),
          releases: wholeOf('releases', given.option('releases'), now.releases),
          requires: wholeOf('requires', given.option('requires'), now.requires),
          revoke: kidsOf('revoke', given.option('revoke')),
          reason: given.required('reason'),
        });
        return { json: changed, lines: [describeChange(changed)] };
      }),
  },
  {
    name: 'keys sign',
    summary: 'sign the change of keys that waits',
    args: ['dir', 'proposal'],
    options: UNLOCKING,
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const changed = await connection.call('keys.sign', { proposal: given.arg('proposal') });
        return { json: changed, lines: [describeChange(changed)] };
      }),
  },
  {
    name: 'keys discard',
    summary: 'take back the change of keys that waits',
    args: ['dir', 'proposal'],
    options: { ...UNLOCKING, reason: { value: 'TEXT', isRequired: true, help: 'why' } },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const discarded = { proposal: given.arg('proposal'), reason: given.required('reason') };
        return { json: await connection.call('keys.discard', discarded), lines: ['Discarded.'] };
      }),
  },
  {
    name: 'partner require',
    summary: 'say how many approvals the files of a partner must have',
    args: ['dir', 'name'],
    options: { ...UNLOCKING, approvals: { value: 'N', isRequired: true, help: '0 to 4' } },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const { agency } = await findPartner(connection, given.arg('name'));
        const approvals = wholeOf('approvals', given.required('approvals'), 0);
        const partner = await connection.call('partner.require', { agency, approvals });
        return { json: partner, lines: [`${partner.name}: ${partner.requiredApprovals}`] };
      }),
  },
  {
    name: 'partner affected',
    summary: 'what rests on a partner, what on it alone, and what we passed on to whom',
    args: ['dir', 'name'],
    options: {
      ...UNLOCKING,
      key: { value: 'KEY', help: 'only what this key of theirs attested' },
      out: { value: 'FILE', help: 'the whole list as CSV' },
    },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const { agency } = await findPartner(connection, given.arg('name'));
        const [kid] = kidsOf('key', given.option('key'));
        const subjects: Output<'partner.affected'>['subjects'] = [];
        let place: Input<'partner.affected'>['place'];
        let page: Output<'partner.affected'>;
        do {
          const from = { ...(place !== undefined && { place }), ...(kid !== undefined && { kid }) };
          page = await connection.call('partner.affected', { agency, limit: A_PIECE, ...from });
          subjects.push(...page.subjects);
          place = page.next;
        } while (place !== undefined && given.option('out') !== undefined);
        const out = given.option('out');
        if (out !== undefined) writeOutput(out, new TextEncoder().encode(affectedCsv(subjects)));
        const { counts, keys, passedOn } = page;
        const lines = [
          ...Object.entries(counts).map(([name, count]) => [name, String(count)]),
          ...keys.map((key) => [`key ${key.kid}`, `${key.records} records`]),
        ];
        return { json: { counts, keys, passedOn, subjects: subjects.length }, lines: table(lines) };
      }),
  },
];

function describeKeys({ versions, officers, proposal, code }: Keys): readonly string[] {
  const rows = versions.map(({ version, kid, threshold, root }) => [
    `version ${version}`,
    kid,
    `${threshold} of ${root.length} root keys`,
  ]);
  const own = officers.map(({ user, kid }) => [user, kid, 'own key']);
  const waiting = proposal === undefined ? [] : [`waits: ${proposal.id}, proposed by ${proposal.by}`];
  return [...table([...rows, ...own]), ...waiting, code];
}

function describeChange({ isEffective, version, proposal }: Output<'keys.sign'>): string {
  return isEffective ? `Version ${version} is in effect.` : `Version ${version} waits for signatures: ${proposal}`;
}

function kidsOf(option: string, text: string | undefined): KeyId[] {
  return (text ?? '')
    .split(',')
    .filter((kid) => kid !== '')
    .map((kid) => {
      const parsed = KeyId.safeParse(kid);
      if (!parsed.success) throw badArgument(`--${option}`, 'invalid');
      return parsed.data;
    });
}

function wholeOf(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d$/.test(text)) throw badArgument(`--${option}`, 'invalid');
  return Number(text);
}
