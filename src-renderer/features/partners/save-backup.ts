import type { Output } from '../../../src-shared/contract/methods.ts';
import { call } from '../../api/client.ts';
import type { FileSink } from '../../ui/file-sink.ts';

export type Begun = Output<'backup.begin'>;

/** Reads a begun backup to its end into the file; what stops it (also `isCancelled`) takes the file back. */
export async function saveBackup(
  { backup, size }: Begun,
  sink: FileSink,
  watch: { readonly onProgress: (done: number, total: number) => void; readonly isCancelled: () => boolean },
): Promise<'saved' | 'cancelled'> {
  try {
    let done = 0;
    for (let isLast = false; !isLast;) {
      if (watch.isCancelled()) {
        await sink.discard();
        return 'cancelled';
      }
      const piece = await call('backup.read', { backup });
      await sink.write(new Uint8Array(piece.bytes));
      done += piece.bytes.length;
      watch.onProgress(done, size);
      isLast = piece.isLast;
    }
    await sink.finish();
    return 'saved';
  } catch (error) {
    await sink.discard();
    throw error;
  } finally {
    await call('backup.end', { backup }).catch(() => undefined);
  }
}
