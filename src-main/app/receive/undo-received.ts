import { parseCard } from '../../../src-shared/bundle/card.ts';
import type { BatchId } from '../../../src-shared/domain/ids.ts';
import { countForeign } from '../../store/batches.ts';
import { partners } from '../../store/partners.ts';
import { receivedBatch, withdrawalsOf } from '../../store/received.ts';
import { findManifests } from '../../store/streams.ts';
import { readHead } from '../../store/head-row.ts';
import { fileNameFor } from '../file-names.ts';
import { inSteps } from '../in-steps.ts';
import type { Job } from '../jobs.ts';
import type { OpenSession } from '../session.ts';
import { withReceipt } from './receipt.ts';

type Undone = { readonly removed: number; readonly bytes?: Uint8Array; readonly fileName?: string };

/**
 * Takes a batch back; of a received bundle with a receipt for its sender that nothing of it is held here (vault.md V34). There is none for any other
 * batch, and when the sender is a confirmed partner no more. Throws `vault.needs-officer`.
 */
export async function undoWithReceipt(
  session: OpenSession,
  batch: BatchId,
  job: Job,
  undo: () => number | Promise<number>,
): Promise<Undone> {
  const { store } = session;
  const received = receivedBatch(store, batch);
  if (received === undefined) return { removed: await undo() };
  const [manifest] = findManifests(store, 'in', received.manifest);
  const sender = partners(store).find(({ agency }) => agency === manifest?.agency);
  if (manifest === undefined || sender?.state !== 'confirmed') return { removed: await undo() };
  const { epoch, sequence } = manifest;
  const about = { issuer: parseCard(sender.card), manifest: received.manifest, epoch, sequence };
  const fileName = fileNameFor(session.agency.name, `receipt-${sequence}-taken-back.chiro`);
  for (;;) {
    const { sequence: told } = readHead(store);
    const held = await inSteps(countForeign(store, batch, session.us), () => job.step('undo', 0, 0));
    const pending = await inSteps(withdrawalsOf(store, batch), () => job.step('undo', 0, 0));
    const recalls = { applied: 0, pending, refused: [] };
    const counts = { accepted: 0, known: 0, held, refused: [], recalls };
    // what was counted must be what is taken back: nothing gets through between this look and the beginning of the change
    const enter = (): number | undefined | Promise<number> => (readHead(store).sequence === told ? undo() : undefined);
    const { bytes, result } = await withReceipt(session, about, counts, enter);
    if (result !== undefined) return { removed: result, bytes, fileName };
  }
}
