import { parseCard } from '../../../src-shared/bundle/card.ts';
import type { BatchId } from '../../../src-shared/domain/ids.ts';
import { countForeign } from '../../store/batches.ts';
import { partners } from '../../store/partners.ts';
import { receivedBatch, withdrawalsOf } from '../../store/received.ts';
import { findManifests } from '../../store/streams.ts';
import { fileNameFor } from '../file-names.ts';
import type { OpenSession } from '../session.ts';
import { withReceipt } from './receipt.ts';

/**
 * Takes a batch back; of a received bundle with a receipt for its sender that nothing of it is held here (vault.md V34). There is none for any other
 * batch, and when the sender is a confirmed partner no more. Throws `vault.needs-officer`.
 */
export async function undoWithReceipt(
  session: OpenSession,
  batch: BatchId,
  undo: () => number | Promise<number>,
): Promise<{ readonly removed: number; readonly bytes?: Uint8Array; readonly fileName?: string }> {
  const received = receivedBatch(session.store, batch);
  if (received === undefined) return { removed: await undo() };
  const [manifest] = findManifests(session.store, 'in', received.manifest);
  const sender = partners(session.store).find(({ agency }) => agency === manifest?.agency);
  if (manifest === undefined || sender?.state !== 'confirmed') return { removed: await undo() };
  const held = countForeign(session.store, batch, session.us);
  const pending = withdrawalsOf(session.store, batch);
  const recalls = { applied: 0, pending, refused: [] };
  const counts = { accepted: 0, known: 0, held, refused: [], recalls };
  const { bytes, result } = await withReceipt(
    session,
    { issuer: parseCard(sender.card), manifest: received.manifest, epoch: manifest.epoch, sequence: manifest.sequence },
    counts,
    undo,
  );
  return {
    removed: result,
    bytes,
    fileName: fileNameFor(session.agency.name, `receipt-${manifest.sequence}-taken-back.chiro`),
  };
}
