import { createCaseOrders } from '../store/case-orders.ts';
import type { OpenVault } from '../vault/open-vault.ts';
import { placeOf, thisMachine } from '../vault/place.ts';
import { createAuthor } from './author.ts';
import { createBackups } from './backups.ts';
import type { AppContext } from './context.ts';
import { createFileTransfers } from './file-transfers.ts';
import type { Jobs } from './jobs.ts';
import type { OpenSession } from './session.ts';
import { createSalvages } from './salvages.ts';
import { createStoreProof } from './store-proof.ts';

/** A session over a vault that was just created or unlocked. */
export function openSession(context: AppContext, jobs: Jobs, vaultName: string, vault: OpenVault): OpenSession {
  const { agency, user, role, store } = vault;
  return {
    context,
    jobs,
    vaultName,
    vault,
    place: placeOf(vault.dir, thisMachine),
    store,
    us: agency.id,
    unkept: new Map(),
    reviews: { current: undefined },
    agency: { name: agency.name, country: agency.country, isSample: agency.sample },
    user,
    role,
    orders: createCaseOrders(store),
    author: createAuthor(agency.id, agency.country, context),
    proof: createStoreProof(context, store),
    salvages: createSalvages(vault, context),
    transfers: createFileTransfers(),
    backups: createBackups(vault, {
      randomBytes: (length) => context.randomBytes(length),
      now: () => context.now(),
    }),
  };
}
