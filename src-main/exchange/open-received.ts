import { openBundle, openBundleInSteps } from '../../src-shared/bundle/open-bundle.ts';
import type { KnownAgency, OpenTools, VerifiedBundle } from '../../src-shared/bundle/open-bundle.ts';
import { parseKeptCard } from '../../src-shared/bundle/card.ts';
import type { PartnerCard } from '../../src-shared/bundle/card.ts';
import type { AgencyId } from '../../src-shared/domain/ids.ts';
import type { PartnerRow } from '../store/types.ts';
import { byteText, hashInto, hashText, newHash } from './native-hash.ts';
import { decompress, decompressBeside } from './zstd.ts';

/** What this store knows of others. */
export type Acquainted = Pick<OpenTools, 'isKept' | 'approvalsRequired'> & {
  readonly ours: PartnerCard;
  readonly partners: readonly PartnerRow[];
  readonly now: Date;
};

/** Verifies the inner bytes of a bundle against the partners of this store (docs/formats/bundle.md §9). Nothing is stored. */
export function openReceived(inner: Uint8Array, acquainted: Acquainted): VerifiedBundle {
  return openBundle(inner, toolsOf(acquainted));
}

/** The same for a bundle of any size: `pause` is awaited every few milliseconds of work, and what it throws stops the work. */
export async function openReceivedInSteps(
  inner: Uint8Array,
  acquainted: Acquainted,
  pause: (done: number, total: number) => Promise<void>,
): Promise<VerifiedBundle> {
  const steps = openBundleInSteps(inner, toolsOf(acquainted));
  let [done, total] = [0, 1];
  let next = steps.next();
  while (!next.done) {
    const { value } = next;
    if (value.kind === 'decompress') next = steps.next(await decompressed(value.stored, value.size));
    else {
      if (value.kind === 'read') ({ done, total } = value);
      await pause(done, total);
      next = steps.next();
    }
  }
  return next.value;
}

/** A part of a body takes less time than it takes to have somebody else do it. */
const SMALL = 8 * 2 ** 20;

async function decompressed(stored: Uint8Array, size: number): Promise<Uint8Array | Error> {
  try {
    return size <= SMALL ? decompress(stored, size) : await decompressBeside(stored, size);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function toolsOf({ ours, partners, now, ...rest }: Acquainted): OpenTools {
  const known = new Map<AgencyId, KnownAgency>(partners.map((partner) => [partner.agency, knownAgency(partner)]));
  known.set(ours.agencyId, { card: ours, trust: 'confirmed' });
  return {
    us: ours.agencyId,
    knownAgency: (agency) => known.get(agency),
    now: now.toISOString(),
    decompress,
    hashText,
    hashInto,
    newHash,
    byteText,
    ...rest,
  };
}

/** A card that changed after it was confirmed counts as unconfirmed until a person compares the words again. */
function knownAgency(partner: PartnerRow): KnownAgency {
  const trust = partner.state === 'confirmed' || partner.state === 'revoked' ? partner.state : 'unconfirmed';
  return { card: parseKeptCard(partner.card), trust };
}
