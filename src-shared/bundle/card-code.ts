import { AgencyId } from '../domain/ids.ts';
import type { PartnerCard } from './card.ts';

/** The code by which machines compare cards: docs/formats/bundle.md K21. */

const CODE = /^CHIROGRAPH-CARD:1:([0-9A-F]{64}):([0-9A-F]{64})$/;

/** K21: capital letters, so that a QR code of it stays small. */
export function cardCode({ agencyId, hash }: Pick<PartnerCard, 'agencyId' | 'hash'>): string {
  return `CHIROGRAPH-CARD:1:${agencyId.toUpperCase()}:${hash.toUpperCase()}`;
}

/** K21: what somebody pasted, or a scanner read; undefined when it is no such code. */
export function readCardCode(text: string): { readonly agencyId: AgencyId; readonly hash: string } | undefined {
  const [, agency, hash] = CODE.exec(text.trim().toUpperCase()) ?? [];
  if (agency === undefined || hash === undefined) return undefined;
  return { agencyId: AgencyId.parse(agency.toLowerCase()), hash: hash.toLowerCase() };
}
