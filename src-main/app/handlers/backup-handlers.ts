import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import { readHead } from '../../store/head-row.ts';
import { rotateVault } from '../../vault/rotate-vault.ts';
import type { Rotated } from '../../vault/rotate-vault.ts';
import { fileNameFor } from '../file-names.ts';
import { inPercent } from '../in-percent.ts';
import { change } from '../session.ts';
import type { OpenSession } from '../session.ts';

/** U10: the entry first, so that the backup says of itself that it was made. */
export function beginBackup(session: OpenSession): Output<'backup.begin'> {
  change(session, 'vault.backup', { sequence: readHead(session.store).sequence + 1 }, () => undefined);
  const { id, size, created, sequence } = session.backups.begin();
  const day = created.slice(0, 10);
  return { backup: id, fileName: fileNameFor(session.agency.name, `${day}.chirovault`), size, created, sequence };
}

/** The next piece of a backup. */
export function readBackup(session: OpenSession, { backup }: Parsed<'backup.read'>): Output<'backup.read'> {
  const { bytes, isLast } = session.backups.read(backup);
  return { bytes: new Uint8Array(bytes), isLast };
}

/** Lets go of a backup, read to its end or not. */
export function endBackup(session: OpenSession, { backup }: Parsed<'backup.end'>): Output<'backup.end'> {
  session.backups.end(backup);
  return {};
}

/** V137. The session's vault is closed when it succeeds; whoever calls goes on with the new one. */
export async function rotateKey(session: OpenSession, input: Parsed<'vault.rotate'>): Promise<Rotated> {
  const { context, jobs, vault } = session;
  const { randomBytes, kdf } = context;
  try {
    return await rotateVault(vault, {
      passphrase: input.passphrase,
      randomBytes,
      now: () => context.now(),
      progress: inPercent(jobs.begin(input.job)),
      ...(kdf !== undefined && { kdf }),
    });
  } finally {
    jobs.end(input.job);
  }
}
