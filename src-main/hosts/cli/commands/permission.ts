import { SubjectId } from '../../../../src-shared/domain/ids.ts';
import type { PermissionView } from '../../../../src-shared/contract/views.ts';
import type { Command, Given } from '../command.ts';
import { findCase, findPartner, withVault } from '../connection.ts';
import type { Connection } from '../connection.ts';
import { badArgument } from '../parse-command.ts';
import { UNLOCKING } from '../passphrase.ts';

/** Letting partners pass on what we said, and who may pass on what. */
export const permissionCommands: readonly Command[] = [
  {
    name: 'permission grant',
    summary: 'let partners pass on our records of a case, or about subjects',
    args: ['dir'],
    options: {
      ...UNLOCKING,
      case: { value: 'NAME', help: 'everything of ours in this case' },
      subject: { value: 'ID[,…]', help: 'everything of ours about these subjects' },
      to: { value: 'PARTNER[,…]', isRequired: true, help: 'who may get them' },
      purposes: { value: 'CODE[,…]', isRequired: true, help: 'for what, by code of the list of purposes' },
      until: { value: 'DAY', isRequired: true, help: 'the last day, as 2026-12-31' },
      reason: { value: 'TEXT', help: 'why; it goes with the permission' },
    },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const to = await Promise.all(
          words(given.required('to')).map(async (name) => (await findPartner(connection, name)).agency),
        );
        const reason = given.option('reason');
        const until = given.required('until');
        if (!/^\d{4}-\d{2}-\d{2}$/.test(until)) throw badArgument('--until', 'invalid');
        const made = await connection.call('permission.create', {
          ...(await scopeOf(given, connection)),
          to,
          purposes: words(given.required('purposes')),
          until,
          ...(reason !== undefined && { reason }),
        });
        return { json: made, lines: [`${made.records} records may be passed on`, ...made.permissions] };
      }),
  },
  {
    name: 'permission list',
    summary: 'who may pass on what: our permissions and those of others',
    args: ['dir'],
    options: { ...UNLOCKING, subject: { value: 'ID', help: 'only those about this subject' } },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const subject = given.option('subject');
        const listed = await connection.call('permission.list', {
          ...(subject !== undefined && { subject: subjectOf(subject) }),
        });
        return { json: listed, lines: listed.permissions.map(describe) };
      }),
  },
];

async function scopeOf(given: Given, connection: Connection): Promise<{ case?: SubjectId; subjects?: SubjectId[] }> {
  const name = given.option('case');
  const subjects = given.option('subject');
  if (name === undefined && subjects === undefined) throw badArgument('--case', 'missing');
  return {
    ...(name !== undefined && { case: SubjectId.parse(await findCase(connection, name)) }),
    ...(subjects !== undefined && { subjects: words(subjects).map(subjectOf) }),
  };
}

function subjectOf(text: string): SubjectId {
  const { data } = SubjectId.safeParse(text);
  if (data === undefined) throw badArgument('--subject', 'invalid');
  return data;
}

function words(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

function describe({ permission, authorName, to, purposes, until, isOver, records }: PermissionView): string {
  const names = to.map(({ name }) => name).join(', ');
  const codes = purposes.map(({ code }) => code).join(', ');
  return `${permission.slice(0, 12)}  ${authorName}: ${records} records to ${names} for ${codes} until ${until}${isOver ? ' (over)' : ''}`;
}
