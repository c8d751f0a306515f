import { failure } from '../../src-shared/errors.ts';
import { backupSource } from '../vault/backup-vault.ts';
import type { Backup } from '../vault/backup-vault.ts';
import type { OpenVault } from '../vault/open-vault.ts';
import type { AppContext } from './context.ts';

/** The backup that is being handed out, one at a time; docs/formats/backup.md §3. */
export interface Backups {
  /** Ends one that was left half read. */
  begin(): Backup & { readonly id: string };
  /** Throws `backup.no-transfer`, `backup.disturbed`. */
  read(id: string): { readonly bytes: Uint8Array; readonly isLast: boolean };
  /** Ends this one, or whichever there is. */
  end(id?: string): void;
  /** After the store was closed. */
  close(): void;
}

/** About 4 MiB an answer. */
const CHUNKS_AN_ANSWER = 4;

/** The backups of one unlocked vault. */
export function createBackups(
  vault: OpenVault,
  { randomBytes, now }: Pick<AppContext, 'randomBytes' | 'now'>,
): Backups {
  const source = backupSource(vault);
  let current: { readonly id: string; readonly backup: Backup; read: number } | undefined;

  function end(id?: string): void {
    if (current === undefined || (id !== undefined && id !== current.id)) return;
    current.backup.end();
    current = undefined;
  }

  return {
    begin() {
      end();
      const backup = source.begin({ randomBytes, now });
      const id = Buffer.from(randomBytes(16)).toString('hex');
      current = { id, backup, read: 0 };
      return { ...backup, id };
    },
    read(id) {
      if (current?.id !== id) throw failure('backup.no-transfer', {});
      const { backup } = current;
      try {
        const parts = Array.from({ length: CHUNKS_AN_ANSWER }, () => backup.next() ?? new Uint8Array());
        const bytes = new Uint8Array(Buffer.concat(parts));
        current.read += bytes.length;
        const isLast = current.read === backup.size;
        if (isLast) end();
        return { bytes, isLast };
      } catch (error) {
        end();
        throw error;
      }
    },
    end,
    close: source.close,
  };
}
