import { basename } from 'node:path';
import type { Input, Output } from '../../../../src-shared/contract/methods.ts';
import type { Answer, Command, Given } from '../command.ts';
import { type Connection, findCase, withVault } from '../connection.ts';
import { readInput } from '../files.ts';
import { badArgument } from '../parse-command.ts';
import { UNLOCKING } from '../passphrase.ts';
import { table } from '../print.ts';
import { STATEMENT_OPTIONS, readStatement } from '../statement-options.ts';
import { searchCommand } from './search.ts';

const MAX_LISTED = 20;
/** An import of less is done before anybody asks how far it is. */
const WORTH_TELLING = 1_048_576;
const CASE = { value: 'NAME', help: 'title or id of the case' } as const;

/** Getting records in, and looking at them. */
export const recordCommands: readonly Command[] = [
  {
    name: 'import',
    summary: 'read a file into a case, with one source, grade and marking for all of it',
    args: ['dir', 'file'],
    options: {
      ...UNLOCKING,
      ...STATEMENT_OPTIONS,
      'case': { ...CASE, isRequired: true, help: 'title or id of the case; a new title makes a new case' },
      'format': { value: 'FORMAT', choices: ['auto', 'csv', 'graphml'], help: 'default: auto' },
      'entity-type': { value: 'TYPE', help: 'what the entities are when the file does not say' },
      'link-type': { value: 'TYPE', help: 'what the links are when the file does not say' },
      'attach': { value: 'WHEN', choices: ['auto', 'never'], help: 'join an edge list to an earlier node list' },
      'dry-run': { help: 'only show what would be imported' },
    },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const request = await readImport(connection, given);
        if (given.has('dry-run')) return previewed(await connection.call('import.preview', request));
        return imported(await connection.call('import.apply', request));
      }),
  },
  searchCommand,
  {
    name: 'show',
    summary: 'everything about one subject: who says what, since when, and who else was told',
    args: ['dir', 'id'],
    options: UNLOCKING,
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const subject = await connection.call('subject.show', { subject: given.arg('id') });
        return { json: subject, lines: describeSubject(subject) };
      }),
  },
  {
    name: 'cases',
    summary: 'all cases',
    args: ['dir'],
    options: UNLOCKING,
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const { cases, total } = await connection.call('case.list', { limit: 1000 });
        const rows = cases.map(({ title, entities, links, id }) => [
          title,
          `${entities} entities`,
          `${links} links`,
          id,
        ]);
        return { json: { cases, total }, lines: rows.length === 0 ? ['No cases.'] : table(rows) };
      }),
  },
];

async function readImport(connection: Connection, given: Given): Promise<Input<'import.apply'>> {
  const name = basename(given.arg('file'));
  const [entityType, linkType] = [given.option('entity-type'), given.option('link-type')];
  const bytes = readInput(given.arg('file'));
  return {
    case: await findOrNameCase(connection, given.required('case')),
    name,
    format: readFormat(given.option('format') ?? 'auto'),
    attach: given.option('attach') === 'never' ? 'never' : 'auto',
    ...(entityType !== undefined && { entityType }),
    ...(linkType !== undefined && { linkType }),
    ...readStatement(given, name),
    ...(bytes.length > WORTH_TELLING && { job: 'import' }),
    bytes,
  };
}

async function findOrNameCase(connection: Connection, text: string): Promise<Input<'import.apply'>['case']> {
  const { cases } = await connection.call('case.list', { named: text });
  const isKnown = cases.some(({ id, title }) => id === text || title === text);
  return isKnown ? { id: await findCase(connection, text) } : { title: text };
}

function readFormat(text: string): Input<'import.apply'>['format'] {
  if (text === 'auto' || text === 'csv' || text === 'graphml') return text;
  throw badArgument('--format', 'invalid');
}

function previewed(preview: Output<'import.preview'>): Answer {
  return { json: { ...preview, dryRun: true }, lines: ['Nothing was imported (dry run).', ...describeImport(preview)] };
}

function imported(result: Output<'import.apply'>): Answer {
  return { json: result, lines: describeImport(result) };
}

function describeImport(result: Output<'import.preview'> | Output<'import.apply'>): readonly string[] {
  const { read, entities, links, rejected, warnings } = result;
  const rejectedTotal = 'rejectedTotal' in result ? result.rejectedTotal : rejected.length;
  return [
    `Read ${read} rows: ${entities} entities, ${links} links, ${rejectedTotal} rejected.`,
    ...rejected.slice(0, MAX_LISTED).map(({ line, rule, detail }) => `  line ${line}: ${rule} ${detail}`),
    ...(rejected.length > MAX_LISTED ? [`  … and ${rejectedTotal - MAX_LISTED} more (--json lists them)`] : []),
    ...warnings.map(({ rule, count, detail }) => `  ${count} times: ${rule} ${detail}`),
  ];
}

function describeSubject({ type, label, id, statements, links, history }: Output<'subject.show'>): readonly string[] {
  return [
    `${label} (${type})`,
    id,
    '',
    ...table(statements.map((said) => [`  ${said.label}`, said.display, said.authorName, said.tlp])),
    '',
    ...table(links.map(({ link, other, direction }) => [`  ${direction}`, link.type, other.label, other.id])),
    '',
    ...table(history.map((item) => [`  ${item.created}`, item.state, item.authorName, item.record])),
  ];
}
