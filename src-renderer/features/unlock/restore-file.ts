import type { Input, Output } from '../../../src-shared/contract/methods.ts';
import { call } from '../../api/client.ts';

export type Restored = Output<'restore.finish'>;

/** As much of the file as one call carries. */
const PIECE = 4 * 1024 * 1024;

/** Hands a backup over piece by piece and has it proved. What stops it, also `isCancelled`, leaves no vault; undefined when it was cancelled. */
export async function restoreFile(
  file: File,
  opening: Omit<Input<'restore.begin'>, 'bytes'>,
  watch: {
    readonly job: string;
    readonly onRead: (done: number, total: number) => void;
    readonly isCancelled: () => boolean;
  },
): Promise<Restored | undefined> {
  const { restore } = await call('restore.begin', { ...opening, bytes: await pieceAt(file, 0) });
  try {
    for (let at = PIECE; at < file.size; at += PIECE) {
      watch.onRead(at, file.size);
      if (watch.isCancelled()) return undefined;
      await call('restore.append', { restore, bytes: await pieceAt(file, at) });
    }
    watch.onRead(file.size, file.size);
    return await call('restore.finish', { restore, job: watch.job });
  } finally {
    await call('restore.cancel', { restore }).catch(() => undefined);
  }
}

async function pieceAt(file: File, at: number): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer());
}
