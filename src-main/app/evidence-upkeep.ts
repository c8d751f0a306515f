import type { FileHash } from '../../src-shared/domain/ids.ts';
import { ChirographError } from '../../src-shared/errors.ts';
import { buryAttachment, erasingAttachments, heldAttachments } from '../store/attachments.ts';
import { write } from '../store/store.ts';
import type { Store } from '../store/store.ts';
import type { Role } from '../store/types.ts';
import { keepPlaced, shredEvidence, tidyEvidence } from '../vault/evidence-folder.ts';
import type { OpenVault } from '../vault/open-vault.ts';
import type { FileTransfers } from './file-transfers.ts';

/** What has to be done about files beside the transaction that decides about them. */
type Keeper = {
  readonly context: { now(): Date };
  readonly store: Store;
  readonly vault: OpenVault;
  readonly user: string;
  readonly role: Role;
  readonly transfers: Pick<FileTransfers, 'endOf'>;
};

/** V118: what a crash left half done, at the beginning of a session. */
export function tidyFiles(keeper: Keeper): void {
  afterwards(() => {
    tidyEvidence(keeper.vault, () => heldAttachments(keeper.store).map(({ sha256 }) => sha256));
  });
  eraseFiles(keeper);
}

/** V116: the transaction is through, so a name that cannot be given now is owed to the next open (V118). */
export function nameFile({ vault }: Pick<Keeper, 'vault'>, sha256: FileHash): void {
  afterwards(() => keepPlaced(vault, sha256));
}

/** V122: after a change by which a record was removed, the files that no record names any more. */
export function eraseFiles({ context, store, vault, user, role, transfers }: Keeper): void {
  afterwards(() => {
    const files = erasingAttachments(store);
    if (files.length === 0) return;
    for (const sha256 of files) {
      transfers.endOf(sha256);
      shredEvidence(vault, sha256);
    }
    const at = context.now().toISOString();
    write(store, { actor: user, role, action: 'attachment.erased', at, details: { files: files.length } }, (tx) => {
      for (const sha256 of files) buryAttachment(tx, sha256, { at, actor: user });
    });
  });
}

/**
 * The change is committed, and a disk that fails now must not make it look as if it were not. What is still to do is in the store: the next change
 * or the next open does it.
 */
function afterwards(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof ChirographError)) throw error;
  }
}
