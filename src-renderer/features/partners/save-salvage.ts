import type { SalvageReport } from '../../../src-shared/contract/views.ts';
import { call } from '../../api/client.ts';
import type { FileSink } from '../../ui/file-sink.ts';

/** Reads a begun salvage to its end into the file; undefined when it was cancelled. What stops it takes the file back. */
export async function saveSalvage(
  salvage: string,
  sink: FileSink,
  watch: { readonly onProgress: (lines: number) => void; readonly isCancelled: () => boolean },
): Promise<SalvageReport | undefined> {
  try {
    while (!watch.isCancelled()) {
      const { bytes, lines, report } = await call('store.salvage-part', { salvage });
      await sink.write(new Uint8Array(bytes));
      watch.onProgress(lines);
      if (report === undefined) continue;
      await sink.finish();
      return report;
    }
    await sink.discard();
    return undefined;
  } catch (error) {
    await sink.discard();
    throw error;
  }
}
