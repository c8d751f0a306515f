import type { Output } from '../../src-shared/contract/methods.ts';
import { FileHash } from '../../src-shared/domain/ids.ts';
import type { Handling } from '../../src-shared/domain/record.ts';
import type { SubjectId } from '../../src-shared/domain/ids.ts';
import { handling, source } from './agency.ts';
import type { TestAgency } from './agency.ts';

export type Attached = Output<'attachment.finish'>;

type Named = {
  readonly name?: string;
  readonly type?: string;
  readonly note?: string;
  readonly step?: number;
  readonly handling?: Handling;
};

/** Adds a file through the contract, in pieces of `step` bytes. */
export async function attach(
  at: TestAgency,
  subjects: readonly SubjectId[],
  bytes: Uint8Array,
  {
    name = 'invented lease.pdf',
    type = 'application/pdf',
    note,
    step = 50_000,
    handling: marked = handling,
  }: Named = {},
): Promise<Attached> {
  const { transfer } = await at.call('attachment.begin', { name, size: bytes.length, type });
  for (let from = 0; from < bytes.length; from += step) {
    await at.call('attachment.append', { transfer, bytes: bytes.slice(from, from + step) });
  }
  const said = { source, handling: marked, ...(note !== undefined && { note }) };
  return at.call('attachment.finish', { transfer, subjects: [...subjects], ...said });
}

/** Exports a file through the contract; answers its bytes and the name under which it would be saved. */
export async function exported(at: TestAgency, sha256: string): Promise<{ fileName: string; bytes: Buffer }> {
  const hash = FileHash.parse(sha256);
  const { transfer, fileName } = await at.call('attachment.export', { sha256: hash, reason: 'for the invented court' });
  const parts: Uint8Array[] = [];
  for (let isDone = false; !isDone;) {
    const piece = await at.call('attachment.read', { transfer });
    parts.push(piece.bytes);
    isDone = piece.isDone;
  }
  return { fileName, bytes: Buffer.concat(parts) };
}

export async function attachmentsOf(at: TestAgency, subject?: SubjectId): Promise<readonly Attached[]> {
  const page = { offset: 0, limit: 200, ...(subject !== undefined && { subject }) };
  return (await at.call('attachment.list', page)).attachments;
}
