import { ACCOUNTS, ADVERTS, PHONES } from './lantern-contacts.ts';
import { LANTERN_LINKS } from './lantern-links.ts';
import { BANK_ACCOUNTS, PAYMENTS } from './lantern-money.ts';
import { DOCUMENTS, EVENTS, JOURNEYS, TRANSPORT } from './lantern-movement.ts';
import { PARTNER_ENTITIES, PARTNER_IDENTITIES, PARTNER_LINKS, PARTNER_STATEMENTS } from './lantern-partner.ts';
import { ORGANISATIONS, PLACES } from './lantern-places.ts';
import { LANTERN_POSITIONS } from './lantern-positions.ts';
import { INFORMANTS, VICTIMS, WITNESSES } from './lantern-protected.ts';
import { LANTERN_AGENCIES, LANTERN_SOURCES, type LanternSource } from './lantern-sources.ts';
import { CONTACTS, SUSPECTS } from './lantern-suspects.ts';
import type { SampleCase } from './sample-case.ts';

const DESCRIPTION = `Invented sample case. A network recruits in Kestenograd with a sham work agency and with promises of love, takes identity \
cards and writes debts in transit in Südhafen, and exploits people in a salon and flats in Northmark, at the fish quay of Saltmere and in a \
laundry in Südhafen. Wages go into two accounts and leave as coach hire, commission and "lamps".

Open questions: Who is the man called Uncle? Where is the green book? Who is the girl in the red coat?`;

/** Operation Lantern: two agencies, seven sources, three countries, recruitment to exploitation, January to September 2025. All invented. */
export const OPERATION_LANTERN: SampleCase<LanternSource> = {
  agencies: LANTERN_AGENCIES,
  sources: LANTERN_SOURCES,
  entities: [
    SUSPECTS,
    CONTACTS,
    VICTIMS,
    WITNESSES,
    INFORMANTS,
    ORGANISATIONS,
    PLACES,
    PHONES,
    ACCOUNTS,
    ADVERTS,
    TRANSPORT,
    DOCUMENTS,
    JOURNEYS,
    EVENTS,
    BANK_ACCOUNTS,
    PAYMENTS,
    PARTNER_ENTITIES,
  ].flat(),
  statements: [
    // a second source of Northmark's own on its main subjects
    { about: 'fenerov', source: 'police', on: '2025-03-14', claims: { name: 'Dimitar Fenerov', citizenship: 'BG' } },
    {
      about: 'iskrova',
      source: 'police',
      on: '2025-09-12',
      claims: { name: 'Svetla Iskrova', dateOfBirth: '1986-04-12' },
    },
    { about: 'osenski', source: 'open', on: '2025-08-11', claims: { alias: 'plami.in.london', dateOfBirth: '1999?' } },
    {
      about: 'p-salon',
      source: 'police',
      on: '2025-09-12',
      claims: { venue: 'Massage Parlor', description: 'Three rooms, one door that opens only from outside.' },
    },
    {
      about: 'p-caravans',
      source: 'police',
      on: '2025-09-12',
      claims: { description: 'Six caravans, one tap, no heating.' },
    },
    ...PARTNER_STATEMENTS,
  ],
  links: [...LANTERN_LINKS, ...PARTNER_LINKS],
  identities: PARTNER_IDENTITIES,
  case: {
    key: 'case',
    title: 'Operation Lantern',
    reference: 'NM-25-0117',
    description: DESCRIPTION,
    statements: [
      {
        source: 'covert',
        on: '2025-09-20',
        claims: {
          act: ['recruitment', 'transportation', 'harbouring'],
          means: ['deception', 'threat-of-force'],
          purpose: 'exploitation-of-prostitution-of-others',
          iloIndicator: ['debt-bondage', 'retention-of-identity-documents', 'restriction-of-movement'],
        },
      },
      {
        source: 'police',
        on: '2025-09-20',
        claims: {
          act: 'receipt',
          purpose: 'forced-labour-or-services',
          iloIndicator: ['withholding-of-wages', 'abusive-working-and-living-conditions'],
        },
      },
      {
        source: 'hotline',
        on: '2025-08-03',
        claims: {
          means: 'abuse-of-position-of-vulnerability',
          iloIndicator: ['isolation', 'physical-and-sexual-violence'],
        },
      },
      {
        source: 'observation',
        on: '2025-10-06',
        claims: { purpose: 'forced-labour-or-services', iloIndicator: 'excessive-overtime' },
      },
    ],
    handling: {
      tlp: 'TLP:AMBER',
      codes: ['H1'],
      purposes: ['Identify and protect victims and disrupt the network of Operation Lantern'],
      legalBases: ['palermo-10-1', 'untoc-27', 'eu-uk-tca'],
    },
  },
  positions: LANTERN_POSITIONS,
};
