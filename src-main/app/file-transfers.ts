import type { Hash } from 'node:crypto';
import type { FileHash } from '../../src-shared/domain/ids.ts';
import { failure } from '../../src-shared/errors.ts';
import type { FileIdentity } from '../vault/evidence-format.ts';
import type { EvidenceReader } from '../vault/evidence-reader.ts';
import type { EvidenceWriter } from '../vault/evidence-writer.ts';

/** A file that is being added, piece by piece. */
export type Upload = {
  readonly direction: 'in';
  readonly name: string;
  readonly type: string;
  readonly writer: EvidenceWriter;
  /** Its first bytes, for telling its type. */
  start: Uint8Array;
  received: number;
};
/** A file that is being handed out, piece by piece, in order. */
export type Download = {
  readonly direction: 'out';
  readonly file: FileIdentity;
  readonly reader: EvidenceReader;
  readonly hash: Hash;
  at: number;
};

/** Files on their way into or out of an unlocked vault. What is left when it is locked is taken back. */
export interface FileTransfers {
  /** Throws `attachment.too-many-transfers`. */
  requireRoom(): void;
  begin(id: string, transfer: Upload | Download): void;
  /** Throws `attachment.no-transfer`. */
  upload(id: string): Upload;
  /** Throws `attachment.no-transfer`. */
  download(id: string): Download;
  /** Forgets it; does nothing when there is none. */
  end(id: string): void;
  /** Ends whatever hands out this file. */
  endOf(sha256: FileHash): void;
  endAll(): void;
}

/** V125. */
const MOST_TRANSFERS = 8;

export function createFileTransfers(): FileTransfers {
  const running = new Map<string, Upload | Download>();

  function end(id: string): void {
    const transfer = running.get(id);
    running.delete(id);
    if (transfer?.direction === 'in') transfer.writer.discard();
    else transfer?.reader.close();
  }

  return {
    requireRoom() {
      if (running.size >= MOST_TRANSFERS) throw failure('attachment.too-many-transfers', { limit: MOST_TRANSFERS });
    },
    begin: (id, transfer) => void running.set(id, transfer),
    upload(id) {
      const transfer = running.get(id);
      if (transfer?.direction !== 'in') throw failure('attachment.no-transfer', {});
      return transfer;
    },
    download(id) {
      const transfer = running.get(id);
      if (transfer?.direction !== 'out') throw failure('attachment.no-transfer', {});
      return transfer;
    },
    end,
    endOf(sha256) {
      for (const [id, transfer] of running) {
        if (transfer.direction === 'out' && transfer.file.sha256 === sha256) end(id);
      }
    },
    endAll: () => [...running.keys()].forEach(end),
  };
}
