import type { Input } from '../../../src-shared/contract/methods.ts';
import type { AttachmentView } from '../../../src-shared/contract/views.ts';
import { call } from '../../api/client.ts';
import { Refusal } from '../../api/refusal.ts';

/** Files into and out of the vault, piece by piece: neither the page nor the vault process ever holds one whole. */

export type Said = Pick<Input<'attachment.finish'>, 'subjects' | 'source' | 'handling' | 'note'>;

/** Told after every piece; throws when somebody wants it to stop. */
export type Step = (done: number, total: number) => void;

/** What a call carries at most. */
const PIECE = 4_194_304;

/** Adds a file. Whatever stops it, nothing of the file is left in the vault. Throws a `Refusal`, and what `step` throws. */
export async function sendFile(file: File, said: Said, step: Step): Promise<AttachmentView> {
  const { name, size, type } = file;
  const { transfer } = await call('attachment.begin', { name: wellFormed(name), size, type: type.slice(0, 255) });
  return orCancel(transfer, async () => {
    for (let at = 0; at < size; at += PIECE) {
      step(at, size);
      const bytes = await bytesOf(file.slice(at, at + PIECE));
      await call('attachment.append', { transfer, bytes });
    }
    step(size, size);
    return call('attachment.finish', { transfer, ...said });
  });
}

/** Takes a file out; that, when and why is in its custody before the first byte comes. Throws a `Refusal`, and what `step` throws. */
export async function fetchFile(
  asked: Input<'attachment.export'>,
  step: Step,
): Promise<{ readonly fileName: string; readonly content: Blob }> {
  const { transfer, fileName, size } = await call('attachment.export', asked);
  return orCancel(transfer, async () => {
    const parts: Blob[] = [];
    for (let [done, isDone] = [0, false]; !isDone;) {
      step(done, size);
      const piece = await call('attachment.read', { transfer });
      parts.push(new Blob([piece.bytes.slice()]));
      done += piece.bytes.length;
      isDone = piece.isDone;
    }
    return { fileName, content: new Blob(parts, { type: 'application/octet-stream' }) };
  });
}

async function orCancel<T>(transfer: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // a locked vault has taken the transfer back by itself
    await call('attachment.cancel', { transfer }).catch(() => undefined);
    throw error;
  }
}

async function bytesOf(piece: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await piece.arrayBuffer());
  } catch (error) {
    const reason = error instanceof DOMException ? error.name : 'unknown';
    throw new Refusal({ code: 'file.cannot-read', details: { reason } }, { cause: error });
  }
}

/** A name that is no text to anybody else gets U+FFFD where it is broken. */
function wellFormed(name: string): string {
  return name.toWellFormed().slice(0, 1024) || 'unnamed';
}
