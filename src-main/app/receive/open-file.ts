import { refuseOtherKind, sealedKind, unsealedKind } from '../../../src-shared/bundle/file-kind.ts';
import { unseal } from '../../../src-shared/bundle/seal.ts';
import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import { fastPayload } from '../../exchange/fast-payload.ts';
import { ourSecrets } from '../our-keys.ts';
import type { OpenSession } from '../session.ts';
import { hold } from './hold.ts';
import { enterReceipt } from './receipt.ts';
import { verify } from './waiting.ts';

/**
 * Opens a file from a partner: unseal, verify, then quarantine and plan; or, for a receipt, enter it in the ledger. Throws before anything is
 * stored when any rule of docs/formats/bundle.md §9 fails; a fork is remembered as evidence and refused.
 */
export async function openFile(session: OpenSession, input: Parsed<'receive.open'>): Promise<Output<'receive.open'>> {
  const job = session.jobs.begin(input.job);
  try {
    await job.step('unseal', 0, 3);
    refuseOtherKind(unsealedKind(input.bytes), 'bundle');
    const pause = (): Promise<void> => job.step('unseal', 0, 3);
    const inner = await unseal(ourSecrets(session).identities, input.bytes, fastPayload, pause);
    refuseOtherKind(sealedKind(inner), 'bundle');
    await job.step('verify', 1, 3);
    const bundle = await verify(session, inner, job);
    if (bundle.manifest.kind === 'receipt') return enterReceipt(session, bundle);
    return await hold(session, bundle, inner, job);
  } finally {
    session.jobs.end(input.job);
  }
}
