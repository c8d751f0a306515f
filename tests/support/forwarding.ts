import { parseCard } from '../../src-shared/bundle/card.ts';
import type { AgencyId, SubjectId } from '../../src-shared/domain/ids.ts';
import { createdAgency, handling } from './agency.ts';
import type { TestAgency } from './agency.ts';
import { addEntity, addLink, sealing } from './case-steps.ts';
import { openFully } from './review.ts';
import type { FullPlan } from './review.ts';

/** Agencies in a row, and what goes from one to the next. */

export type Member = { readonly at: TestAgency; readonly id: AgencyId; readonly name: string };

const COUNTRIES = ['NL', 'DE', 'FR', 'AT'];
const NAMES = ['Northmark Agency', 'Suedhafen Office', 'Ostbruck Bureau', 'Westhaven Unit'];
export const LAST_DAY = `${new Date().getUTCFullYear() + 1}-12-31`;

/** So many agencies that know nobody yet. */
export async function agencies(count: number): Promise<Member[]> {
  return Promise.all(
    NAMES.slice(0, count).map(async (name, i) => {
      const at = await createdAgency(name, COUNTRIES[i]);
      const { bytes } = await at.call('partner.card', {});
      return { at, id: parseCard(bytes).agencyId, name };
    }),
  );
}

/** Both have read the words to each other. */
export async function confirmed(one: Member, other: Member): Promise<void> {
  await trusts(one, other);
  await trusts(other, one);
}

/** One has confirmed the card of the other. */
export async function trusts(one: Member, other: Member): Promise<void> {
  const { words, agency } = await knows(one, other);
  await one.at.call('partner.confirm', { agency, words, with: 'Somebody', channel: 'phone' });
}

/** One has the card of the other, not confirmed. */
export async function knows(one: Member, other: Member) {
  const { bytes } = await other.at.call('partner.card', {});
  return one.at.call('partner.add', { bytes });
}

export const terms = { purpose: 'joint investigation', legalBases: ['untoc-27'], include: [], exclude: [] };

/** A case with a suspect, a phone of hers, and a link between them. */
export async function smallCase({ at }: Member): Promise<{ id: SubjectId; suspect: SubjectId; phone: SubjectId }> {
  const { id } = await at.call('case.save', { title: 'Operation Test Lamp', handling });
  const { subject: suspect } = await addEntity(at, id, 'person', {
    name: 'Sergo Madeupson',
    subjectCategory: 'suspect',
    dateOfBirth: '1980-01-02',
  });
  const { subject: phone } = await addEntity(at, id, 'phone', { number: '+44 7700 900123' });
  await addLink(at, id, 'uses', [suspect, phone]);
  return { id, suspect, phone };
}

/** Seals a case for others, answering every stop that can be answered. */
export async function sends(from: Member, to: readonly Member[], id: SubjectId, more: object = {}) {
  const request = { case: id, to: to.map((one) => one.id), ...terms, ...more };
  const preview = await from.at.call('release.preview', request);
  const { bytes } = await from.at.call('release.seal', sealing(request, preview));
  return { preview, bytes };
}

export async function takes(at: Member, bytes: Uint8Array): Promise<FullPlan> {
  const plan = await openFully(at.at, bytes);
  if (plan.quarantine !== '') await at.at.call('receive.apply', { quarantine: plan.quarantine, accept: 'all' });
  return plan;
}

/** The holder of a permission may pass the case on until the last day, for investigation. */
export function permits(from: Member, to: readonly Member[], id: SubjectId, more: object = {}) {
  return from.at.call('permission.create', {
    case: id,
    to: to.map((one) => one.id),
    purposes: ['investigation'],
    until: LAST_DAY,
    ...more,
  });
}
