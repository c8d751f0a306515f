import type { LanternSource } from './lantern-sources.ts';
import type { SampleEntity, SampleIdentity, SampleLink, SampleStatement } from './sample-case.ts';

/** What Südhafen Zentralstelle adds: entities of its own, and statements about the same subjects, some of which disagree. */
export const PARTNER_ENTITIES: readonly SampleEntity<LanternSource>[] = [
  {
    key: 'feneroff',
    type: 'person',
    source: 'observation',
    on: '2025-03-11',
    claims: {
      subjectCategory: 'suspect',
      name: 'Dimitri Feneroff',
      gender: 'Masculine',
      note: 'Signed the hotel register with this name.',
    },
  },
  {
    key: 't-feneroff',
    type: 'phone',
    source: 'observation',
    on: '2025-03-11',
    claims: { number: '040 66969 117', country: 'DE' },
  },
  { key: 't-fanari-2', type: 'phone', source: 'register', on: '2025-09-29', claims: { number: '+49 30 23125 044' } },
  {
    key: 'c-hire',
    type: 'vehicle',
    source: 'observation',
    on: '2025-03-11',
    claims: { plate: 'SHV-DF 018', plateCountry: 'DE', colour: 'grey', description: 'Hire car' },
  },
  {
    key: 'p-garage',
    type: 'place',
    source: 'observation',
    on: '2025-05-12',
    claims: {
      name: 'Garage, Kranichweg',
      address: 'Kranichweg 31',
      city: 'Südhafen',
      country: 'DE',
      coordinates: { latitude: 53.69, longitude: 8.03 },
    },
  },
];

export const PARTNER_STATEMENTS: readonly SampleStatement<LanternSource>[] = [
  // another year of birth than Northmark's "about 1979", and the name as his papers have it
  {
    about: 'fenerov',
    source: 'register',
    on: '2025-09-29',
    claims: { name: 'Dimitar Fenerov', alias: 'Димитър Фенеров', dateOfBirth: '1981-11-04', citizenship: 'BG' },
  },
  {
    about: 'lychnos',
    source: 'register',
    on: '2025-09-29',
    claims: { name: 'Stavros Lychnos', alias: 'Σταύρος Λύχνος', dateOfBirth: '1969-04-30' },
  },
  {
    about: 'fanari',
    source: 'register',
    on: '2025-09-29',
    claims: { name: 'Karim Fanari', alias: 'كريم الفناري', dateOfBirth: '1987-09' },
  },
  { about: 'tannhus', source: 'register', on: '2025-09-29', claims: { dateOfBirth: '1974-06-23' } },
  { about: 'o-coach', source: 'register', on: '2025-09-29', claims: { registrationNumber: 'HRB 00017 SHV' } },
  { about: 'c-car', source: 'observation', on: '2025-05-12', claims: { plate: 'XX 0017 KM', plateCountry: 'BG' } },
  {
    about: 'v21',
    source: 'observation',
    on: '2025-10-01',
    claims: {
      subjectCategory: 'victim',
      alias: 'Христина',
      isMinor: true,
      note: 'Is in the care of the youth office.',
    },
  },
  {
    about: 'ev-laundry',
    source: 'observation',
    on: '2025-05-22',
    claims: { iloIndicator: ['abusive-working-and-living-conditions', 'retention-of-identity-documents'] },
  },
  // a correction of its own statement: day and month had been swapped
  {
    id: 'brandthal-birth',
    about: 'brandthal',
    source: 'register',
    on: '2025-09-29',
    claims: { dateOfBirth: '1970-08-05' },
  },
  {
    replaces: 'brandthal-birth',
    about: 'brandthal',
    source: 'register',
    on: '2025-10-13',
    claims: { dateOfBirth: '1970-05-08' },
  },
];

export const PARTNER_LINKS: readonly SampleLink<LanternSource>[] = [
  { type: 'uses', from: 'feneroff', to: 't-feneroff', source: 'observation', on: '2025-03-11' },
  { type: 'drives', from: 'feneroff', to: 'c-hire', source: 'observation', on: '2025-03-11' },
  { type: 'visited', from: 'feneroff', to: 'p-hotel', source: 'observation', on: '2025-03-11' },
  { type: 'called', from: 't-feneroff', to: 't-lychnos', source: 'register', on: '2025-03-11', claims: { count: 4 } },
  { type: 'uses', from: 'fanari', to: 't-fanari-2', source: 'register', on: '2025-09-29' },
  { type: 'visited', from: 'fanari', to: 'p-garage', source: 'observation', on: '2025-05-12', claims: { count: 6 } },
  { type: 'located-at', from: 'c-van', to: 'p-garage', source: 'observation', on: '2025-05-12' },
  { type: 'located-at', from: 'c-car', to: 'p-garage', source: 'observation', on: '2025-05-12' },
];

export const PARTNER_IDENTITIES: readonly SampleIdentity<LanternSource>[] = [
  {
    kind: 'same',
    one: 'feneroff',
    other: 'fenerov',
    source: 'observation',
    on: '2025-10-06',
    reason: 'Same face in the picture of the hotel and in the passport register; the signature has the same F.',
  },
  {
    kind: 'not-same',
    one: 'uncle',
    other: 'lychnos',
    source: 'observation',
    on: '2025-10-06',
    reason: 'Lychnos was under observation, without a telephone, during two of the calls on Fridays.',
  },
];
