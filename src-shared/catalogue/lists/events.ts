import { type Code, type CodeList, codesFrom } from '../code-list.ts';

export type EventType = Code & { readonly htcds?: 'Recruitment' | 'Transit' | 'Exploitation' };

/** HTCDS hte_Type (recruitment, transit, exploitation) and what else analysts put on a timeline. */
export const eventTypes: CodeList<EventType> = {
  name: 'event-type',
  label: 'Event type',
  source: 'HTCDS 2.0 hte_Type; the rest are Chirograph’s own',
  verified: 'source',
  codes: [
    { code: 'recruitment', label: 'Recruitment', htcds: 'Recruitment' },
    { code: 'transit', label: 'Transit', htcds: 'Transit' },
    { code: 'exploitation', label: 'Exploitation', htcds: 'Exploitation' },
    { code: 'meeting', label: 'Meeting' },
    { code: 'border-crossing', label: 'Border crossing' },
    { code: 'sighting', label: 'Sighting' },
    { code: 'stay', label: 'Stay' },
    { code: 'arrest', label: 'Arrest' },
    { code: 'search', label: 'Search of a place' },
    { code: 'interview', label: 'Interview' },
    { code: 'rescue', label: 'Rescue or exit' },
    { code: 'referral', label: 'Referral' },
    { code: 'other', label: 'Other' },
  ],
};

function ours(name: string, label: string, pairs: Readonly<Record<string, string>>): CodeList {
  return { name, label, source: 'Chirograph’s own list', verified: 'source', codes: codesFrom(pairs) };
}

export const transportModes = ours('transport-mode', 'Transport mode', {
  road: 'Road',
  rail: 'Rail',
  air: 'Air',
  sea: 'Sea',
  'inland-water': 'Inland water',
  foot: 'On foot',
  mixed: 'Several',
  unknown: 'Unknown',
});

export const documentTypes = ours('document-type', 'Document type', {
  passport: 'Passport',
  'identity-card': 'Identity card',
  'residence-permit': 'Residence permit',
  visa: 'Visa',
  'driving-licence': 'Driving licence',
  'birth-certificate': 'Birth certificate',
  contract: 'Contract',
  ticket: 'Ticket',
  other: 'Other',
});

export const placeTypes = ours('place-type', 'Place type', {
  address: 'Address',
  city: 'City or town',
  region: 'Region',
  country: 'Country',
  'border-point': 'Border point',
  venue: 'Venue',
  other: 'Other',
});
