import type { LanternSource } from './lantern-sources.ts';
import type { SampleClaims, SampleEntity } from './sample-case.ts';

/**
 * Who runs it: a coordination cell in Northmark, a labour cell in Saltmere, recruiters in Kestenograd and transit in Südhafen.
 * Every person, town and name is invented; many family names mean lamp, spark, wick or torch.
 */
export const SUSPECTS: readonly SampleEntity<LanternSource>[] = [
  suspect('fenerov', 'covert', '2025-01-20', {
    name: 'Dimitar Fenerov',
    alias: ['Mitko', 'the Lamplighter'],
    dateOfBirth: '1979~',
    gender: 'Masculine',
    citizenship: 'BG',
    htcdsRole: ['Exploiter', 'Other'],
    occupation: 'Says he imports garden lamps',
    note: 'Decides who is moved where. Never at the salon, never at the plant; gives orders by telephone only.',
  }),
  suspect('tallow', 'police', '2025-03-02', {
    name: 'Odette Tallow',
    dateOfBirth: '1984-08-19',
    gender: 'Feminine',
    citizenship: 'GB',
    htcdsRole: 'Other',
    occupation: 'Director, Bright Harbour Care Staffing Ltd',
    note: 'Keeps the books. Wages go in, cash comes out.',
  }),
  suspect('wick', 'police', '2025-03-02', {
    name: 'Marcus Wick',
    dateOfBirth: '1971-02',
    gender: 'Masculine',
    citizenship: 'GB',
    htcdsRole: 'HarbouredIndividual',
    occupation: 'Landlord',
  }),
  suspect('iskrova', 'covert', '2025-02-11', {
    name: 'Svetla Iskrova',
    alias: 'Madame Lotus',
    dateOfBirth: '1988?',
    gender: 'Feminine',
    citizenship: 'BG',
    htcdsRole: ['Exploiter', 'ControlledIndividual'],
    occupation: 'Runs a massage salon',
  }),
  suspect('emberley', 'covert', '2025-02-11', {
    name: 'Colm Emberley',
    alias: 'Ember',
    dateOfBirth: '1990',
    gender: 'Masculine',
    citizenship: 'GB',
    htcdsRole: ['Transporter', 'ControlledIndividual'],
    appearance: 'Tall, burn scar on the left hand',
  }),
  suspect('kerzner', 'open', '2025-02-18', {
    name: 'Nadja Kerzner',
    alias: 'Nadine',
    ageText: 'about 30',
    gender: 'Feminine',
    citizenship: 'DE',
    htcdsRole: 'Other',
    note: 'Places the adverts and answers the telephone in three languages.',
  }),
  suspect('glimsby', 'police', '2025-06-03', {
    name: 'Trevor Glimsby',
    dateOfBirth: '1966-12-01',
    gender: 'Masculine',
    citizenship: 'GB',
    htcdsRole: ['Exploiter', 'BoughtIndividual'],
    occupation: 'Labour contractor at the fish quay',
  }),
  suspect('plamenac', 'hotline', '2025-08-03', {
    name: 'Bojan Plamenac',
    alias: 'the foreman',
    ageText: '40 to 45',
    gender: 'Masculine',
    htcdsRole: ['ControlledIndividual', 'Abuser'],
    note: 'Callers are afraid of him. Keeps the keys of the caravans.',
  }),
  suspect('zarev', 'police', '2025-06-03', {
    name: 'Ivo Zarev',
    dateOfBirth: '1993-05-27',
    gender: 'Masculine',
    citizenship: 'BG',
    htcdsRole: 'Transporter',
    occupation: 'Minibus driver',
  }),
  suspect('dalgarov', 'covert', '2025-01-20', {
    name: 'Rumen Dalgarov',
    alias: 'Ruma',
    dateOfBirth: '1975-03',
    gender: 'Masculine',
    citizenship: 'BG',
    htcdsRole: 'RecruiterOrIntermediary',
    occupation: 'Market trader',
  }),
  suspect('marova', 'open', '2025-01-24', {
    name: 'Zhivka Marova',
    alias: 'Mrs Zhivka',
    dateOfBirth: '1982',
    gender: 'Feminine',
    citizenship: 'BG',
    htcdsRole: ['RecruiterOrIntermediary', 'BrokerTravelAgent'],
    occupation: 'Owner of a work-abroad agency',
  }),
  suspect('osenski', 'hotline', '2025-08-03', {
    name: 'Plamen Osenski',
    alias: ['Plami', 'plami_love'],
    ageText: 'mid twenties',
    gender: 'Masculine',
    citizenship: 'BG',
    htcdsRole: 'RecruiterOrIntermediary',
    note: 'Befriends girls online, promises a flat together in England.',
  }),
  suspect('ruyeva', 'covert', '2025-02-01', {
    name: 'Detelina Ruyeva',
    dateOfBirth: '1969~',
    gender: 'Feminine',
    citizenship: 'BG',
    htcdsRole: 'BrokerTravelAgent',
    note: 'Supplies identity cards with changed years of birth.',
  }),
  suspect('lychnos', 'police', '2025-03-14', {
    name: 'Stavros Lychnos',
    dateOfBirth: '1968-04-30',
    gender: 'Masculine',
    citizenship: 'GR',
    htcdsRole: 'Transporter',
    occupation: 'Coach operator',
  }),
  suspect('fanari', 'covert', '2025-03-14', {
    name: 'Karim Fanari',
    dateOfBirth: '1987',
    gender: 'Masculine',
    citizenship: 'DE',
    htcdsRole: ['Transporter', 'TravellingPartner'],
  }),
  suspect('brandthal', 'covert', '2025-03-14', {
    name: 'Joachim Brandthal',
    alias: 'Jo',
    ageText: 'over 50',
    gender: 'Masculine',
    citizenship: 'DE',
    htcdsRole: 'HarbouredIndividual',
    note: 'Tenant of the flat in Lotsengasse where people wait for the ferry.',
  }),
  suspect('tannhus', 'open', '2025-05-09', {
    name: 'Wiebke Tannhus',
    gender: 'Feminine',
    citizenship: 'DE',
    htcdsRole: 'Exploiter',
    occupation: 'Manager of an industrial laundry',
  }),
  suspect('uncle', 'covert', '2025-04-02', {
    alias: 'Uncle',
    gender: 'Masculine',
    ageText: 'old voice',
    htcdsRole: 'Other',
    note: 'Name unknown. Fenerov asks him before he spends money.',
  }),
];

/** People who are neither suspects nor protected. */
export const CONTACTS: readonly SampleEntity<LanternSource>[] = [
  {
    key: 'cobbet',
    type: 'person',
    source: 'police',
    on: '2025-06-03',
    claims: {
      subjectCategory: 'contact',
      name: 'Doreen Cobbet',
      gender: 'Feminine',
      citizenship: 'GB',
      occupation: 'Payroll clerk at the fish quay',
      note: 'Paid the wages of eight workers into two accounts and did not ask why.',
    },
  },
  {
    key: 'ostrander',
    type: 'person',
    source: 'open',
    on: '2025-02-20',
    claims: {
      subjectCategory: 'other',
      name: 'Basil Ostrander',
      gender: 'Masculine',
      citizenship: 'GB',
      occupation: 'Letting agent who signed for the landlord',
    },
  },
];

function suspect(key: string, source: LanternSource, on: string, claims: SampleClaims): SampleEntity<LanternSource> {
  return { key, type: 'person', source, on, claims: { subjectCategory: 'suspect', ...claims } };
}
