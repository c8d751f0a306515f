import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { Output } from '../../../../src-shared/contract/methods.ts';
import { failure } from '../../../../src-shared/errors.ts';
import type { Answer, Command, Given } from '../command.ts';
import { type Connection, withVault } from '../connection.ts';
import { UNLOCKING } from '../passphrase.ts';
import { openInput, openOutput } from '../pieces.ts';
import { table } from '../print.ts';
import { STATEMENT_OPTIONS, readStatement } from '../statement-options.ts';

type Listed = Output<'attachment.list'>['attachments'][number];

const A_PAGE = 200;
const HASH_ARGUMENT = 'sha256';

/** Evidence files: in, out, and what is known of them. */
export const attachmentCommands: readonly Command[] = [
  {
    name: 'attach',
    summary: 'add an evidence file that supports entities, links or cases',
    args: ['dir', 'file'],
    options: {
      ...UNLOCKING,
      ...STATEMENT_OPTIONS,
      to: { value: 'ID[,…]', isList: true, isRequired: true, help: 'ids of what the file supports' },
      note: { value: 'TEXT', help: 'what it is' },
    },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const added = await addFile(connection, given);
        return { json: added, lines: [`Added ${added.sha256}`, ...describe([added])] };
      }),
  },
  {
    name: 'attachments',
    summary: 'evidence files of a subject, or all of them, with who had them',
    args: ['dir', '[id]'],
    options: UNLOCKING,
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const attachments = await listAll(connection, given.arg('id'));
        const lines = attachments.length === 0 ? ['No evidence files.'] : describe(attachments);
        return { json: { attachments }, lines };
      }),
  },
  {
    name: 'attachment export',
    summary: 'write an evidence file to disk, in clear; that, when and why is kept',
    args: ['dir', HASH_ARGUMENT],
    options: {
      ...UNLOCKING,
      out: { value: 'FILE', isRequired: true, help: 'where to write it' },
      reason: { value: 'TEXT', isRequired: true, help: 'why it is taken out of the vault' },
    },
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => exportFile(connection, given, given.required('out'))),
  },
  {
    name: 'attachment verify',
    summary: 'read an evidence file in the vault and compare its hash',
    args: ['dir', HASH_ARGUMENT],
    options: UNLOCKING,
    run: (given, terminal) =>
      withVault(given, terminal, async (connection) => {
        const found = await connection.call('attachment.verify', { sha256: given.arg(HASH_ARGUMENT) });
        const isWhole = found.state === 'held';
        return { json: found, lines: [isWhole ? 'Whole.' : found.state], ...(!isWhole && { isRefusal: true }) };
      }),
  },
];

async function addFile(connection: Connection, given: Given): Promise<Listed> {
  const name = basename(given.arg('file'));
  const note = given.option('note');
  const said = { subjects: [...given.list('to')], ...readStatement(given, name), ...(note !== undefined && { note }) };
  const input = openInput(given.arg('file'));
  try {
    const { transfer } = await connection.call('attachment.begin', { name, size: input.size, type: '' });
    for (const bytes of input.pieces()) await connection.call('attachment.append', { transfer, bytes });
    return await connection.call('attachment.finish', { transfer, ...said });
  } finally {
    input.close();
  }
}

async function listAll(connection: Connection, subject: string): Promise<readonly Listed[]> {
  const listed: Listed[] = [];
  for (;;) {
    const page = { offset: listed.length, limit: A_PAGE, ...(subject !== '' && { subject }) };
    const { attachments, total } = await connection.call('attachment.list', page);
    listed.push(...attachments);
    if (attachments.length === 0 || listed.length >= total) return listed;
  }
}

/** Compared once more on this side of the call: what lies on the disk in the end is the file or nothing. */
async function exportFile(connection: Connection, given: Given, out: string): Promise<Answer> {
  const output = openOutput(out);
  try {
    const sha256 = given.arg(HASH_ARGUMENT);
    const { transfer, ...file } = await connection.call('attachment.export', {
      sha256,
      reason: given.required('reason'),
    });
    const hash = createHash('sha256');
    for (let isDone = false; !isDone;) {
      const piece = await connection.call('attachment.read', { transfer });
      hash.update(piece.bytes);
      output.write(piece.bytes);
      isDone = piece.isDone;
    }
    if (hash.digest('hex') !== file.sha256) throw failure('attachment.damaged', { rule: 'V117' });
    output.finish();
    return { json: file, lines: [`Wrote ${file.size} bytes. They are in clear from now on.`] };
  } catch (error) {
    output.discard();
    throw error;
  }
}

function describe(attachments: readonly Listed[]): readonly string[] {
  return attachments.flatMap((file) => [
    file.name,
    ...table([
      ['  sha256', file.sha256],
      ['  size', String(file.size)],
      ['  type', file.isOdd ? `${file.type}, but it does not look like it` : file.type],
      ['  state', file.state],
      ['  supports', file.supports.map(({ label }) => label).join(', ')],
      ['  record', file.record],
      ...file.custody.map(({ event, at, actor, note }) => [
        `  ${event}`,
        `${at} by ${actor}${note === undefined ? '' : `: ${note}`}`,
      ]),
    ]),
  ]);
}
