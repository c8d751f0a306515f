import type { Role } from '../../src-shared/contract/views.ts';
import type { AgencyId } from '../../src-shared/domain/ids.ts';
import type { CaseOrders } from '../store/case-orders.ts';
import type { Store } from '../store/store.ts';
import { readHead } from '../store/head-row.ts';
import { writeInBulk } from '../store/bulk.ts';
import type { BulkWriter } from '../store/bulk.ts';
import { write } from '../store/store.ts';
import type { WriteDb } from '../store/connection.ts';
import type { AuditDetails, QuarantineRow } from '../store/types.ts';
import type { OpenVault } from '../vault/open-vault.ts';
import type { Place } from '../vault/place.ts';
import type { Author } from './author.ts';
import type { AppContext } from './context.ts';
import { eraseFiles } from './evidence-upkeep.ts';
import type { Backups } from './backups.ts';
import type { FileTransfers } from './file-transfers.ts';
import type { Job, Jobs } from './jobs.ts';
import type { KeptReview } from './receive/kept-review.ts';
import type { Salvages } from './salvages.ts';
import type { StoreProof } from './store-proof.ts';

/** An unlocked vault with the person at the keyboard. Handlers of unlocked methods get one; there is no other way to the store. */
export interface OpenSession {
  readonly context: AppContext;
  readonly jobs: Jobs;
  readonly vaultName: string;
  readonly vault: OpenVault;
  /** Where the vault lies (vault.md, V105). */
  readonly place: Place;
  readonly store: Store;
  readonly us: AgencyId;
  /** Bundles that are decided on but never written down, because they hold what their author erased (vault.md V104). */
  readonly unkept: Map<string, QuarantineRow>;
  /** The bundle that is being reviewed. */
  readonly reviews: KeptReview;
  readonly agency: { readonly name: string; readonly country: string; readonly isSample: boolean };
  readonly user: string;
  readonly role: Role;
  readonly author: Author;
  /** Orders of large cases, as far as they are known. */
  readonly orders: CaseOrders;
  readonly proof: StoreProof;
  readonly salvages: Salvages;
  readonly transfers: FileTransfers;
  readonly backups: Backups;
}

/** One change: work and audit entry in one transaction, then everybody who looks is told. */
export function change<T>(
  session: OpenSession,
  action: string,
  details: AuditDetails | ((result: T) => AuditDetails),
  work: (tx: WriteDb) => T,
): T {
  const { context, store, user, role } = session;
  const note = { actor: user, role, action, at: context.now().toISOString(), details };
  const result = write(store, note, work);
  eraseFiles(session);
  tellOfChange(session);
  return result;
}

/** `change` for work of many slices: others are answered between them, the job is told how far it is, and a cancelled one leaves nothing. */
export async function changeInSlices<T>(
  session: OpenSession,
  action: string,
  details: AuditDetails | ((result: T) => AuditDetails),
  job: Job,
  work: (bulk: BulkWriter) => Promise<T>,
): Promise<T> {
  const { context, store, user, role } = session;
  const note = { actor: user, role, action, at: context.now().toISOString(), details };
  const result = await writeInBulk(store, note, (stage, done, total) => job.step(stage, done, total), work);
  eraseFiles(session);
  tellOfChange(session);
  return result;
}

/** Everybody who looks asks again. For changes that do not go through `change`, such as those of the vault's header. */
export function tellOfChange({ context, store }: OpenSession): void {
  context.emit({ type: 'changed', change: readHead(store).sequence });
}
