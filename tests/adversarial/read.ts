import { parseCard } from '../../src-shared/bundle/card.ts';
import { openBundle } from '../../src-shared/bundle/open-bundle.ts';
import type { KnownAgency, OpenTools } from '../../src-shared/bundle/open-bundle.ts';
import { unseal } from '../../src-shared/bundle/seal.ts';
import { planWholeImport } from '../../src-shared/convert/plan-import.ts';
import type { AgencyId } from '../../src-shared/domain/ids.ts';
import { parseRecord } from '../../src-shared/records/parse-record.ts';
import { atSouthmark, northmark, refusalOfPromise, southmark } from '../support/bundle-samples.ts';
import { goneFromList, ringmark, unconfirmed } from './people.ts';
import type { Door } from './input.ts';

const LIST: ReadonlyMap<AgencyId, KnownAgency> = new Map<AgencyId, KnownAgency>([
  [southmark.id, { card: southmark.card, trust: 'confirmed' }],
  [northmark.id, { card: northmark.card, trust: 'confirmed' }],
  [ringmark.id, { card: ringmark.card, trust: 'confirmed' }],
  [unconfirmed.id, { card: unconfirmed.card, trust: 'unconfirmed' }],
  [goneFromList.id, { card: goneFromList.card, trust: 'revoked' }],
]);

/** Southmark, with everybody on its list. */
export const reader: OpenTools = {
  ...atSouthmark,
  approvalsRequired: (issuer) => (issuer === ringmark.id ? 1 : 0),
  knownAgency: (agency) => LIST.get(agency),
};

const DOORS: { readonly [D in Door]: (bytes: Uint8Array) => unknown } = {
  card: (bytes) => parseCard(bytes),
  import: (bytes) => planWholeImport({ bytes }),
  inner: (bytes) => openBundle(bytes, reader),
  record: (bytes) => parseRecord(bytes),
  sealed: async (bytes) => openBundle(await unseal([southmark.identity], bytes), reader),
};

/** How Southmark refuses it: `code rule`, or `none`. */
export function refusalAt(door: Door, bytes: Uint8Array): Promise<string> {
  return refusalOfPromise((async () => DOORS[door](bytes))());
}
