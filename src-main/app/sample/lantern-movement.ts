import type { LanternSource } from './lantern-sources.ts';
import type { SampleClaims, SampleEntity } from './sample-case.ts';

/** Plates that no office issues: British ones of the year 00, German ones that begin with 0, a Bulgarian district that does not exist. */
export const TRANSPORT: readonly SampleEntity<LanternSource>[] = [
  entity('c-coach', 'vehicle', 'police', '2025-03-14', {
    plate: 'SHV-LR 017',
    plateCountry: 'DE',
    make: 'Setra',
    colour: 'white',
    description: 'Coach with a lantern on the side',
  }),
  entity('c-van', 'vehicle', 'covert', '2025-02-11', {
    plate: 'LN00 QXA',
    plateCountry: 'GB',
    make: 'Ford',
    model: 'Transit',
    colour: 'white',
  }),
  entity('c-minibus', 'vehicle', 'police', '2025-06-03', {
    plate: 'LN00 QXB',
    plateCountry: 'GB',
    make: 'Ford',
    model: 'Transit',
    colour: 'blue',
    description: 'Sixteen seats, curtains',
  }),
  entity('c-car', 'vehicle', 'covert', '2025-01-20', {
    plate: 'ХХ 0017 КМ',
    plateCountry: 'BG',
    make: 'Škoda',
    model: 'Octavia',
    colour: 'green',
  }),
  entity('c-estate', 'vehicle', 'police', '2025-04-28', {
    plate: 'LN00 QXC',
    plateCountry: 'GB',
    make: 'Volvo',
    model: 'V60',
    colour: 'black',
    description: 'Stands in Candle Row at night',
  }),
  entity('c-ferry', 'vessel', 'police', '2025-03-14', {
    name: 'Lanternfish',
    flag: 'GB',
    vesselType: 'Passenger ferry',
    description: 'Südhafen to Emberwick, three times a week',
  }),
];

/** Papers with the specimen state UTO (Utopia, ICAO Doc 9303). */
export const DOCUMENTS: readonly SampleEntity<LanternSource>[] = [
  paper('x-pass-v01', 'covert', '2025-02-11', {
    documentType: 'passport',
    number: 'L88000401',
    nameOnDocument: 'BELOKRILA YANITSA',
  }),
  paper('x-id-v03', 'hotline', '2025-08-03', { documentType: 'identity-card', number: 'D23145803', isForged: true }),
  paper('x-id-v06', 'police', '2025-09-12', {
    documentType: 'identity-card',
    number: 'D23145806',
    isForged: true,
    dateOfBirthOnDocument: '2004-03-05',
  }),
  paper('x-pass-v11', 'police', '2025-06-03', {
    documentType: 'passport',
    number: 'L88000411',
    nameOnDocument: 'KAMENARSKI TODOR',
  }),
  paper('x-pass-fenerov', 'police', '2025-03-14', {
    documentType: 'passport',
    number: 'L88000417',
    nameOnDocument: 'FENEROV DIMITAR',
    expiresOn: '2029-11-03',
  }),
  entity('x-contract', 'document', 'open', '2025-01-24', {
    documentType: 'contract',
    title: 'Blank contract of Zornitsa Work Abroad',
    note: 'Fee of 1 900 EUR, to be worked off. Nothing in it is translated.',
  }),
];

/** The route: recruitment in Kestenograd and Sinya Dolina, transit through Südhafen, exploitation in Northmark, Saltmere and Südhafen. */
export const JOURNEYS: readonly SampleEntity<LanternSource>[] = [
  journey('j1', 'covert', '2025-02-07', 'Kestenograd to Südhafen, February', 'road', '2025-02-03', '2025-02-05', {
    act: 'transportation',
    means: 'deception',
  }),
  journey('j2', 'police', '2025-02-10', 'Südhafen to Emberwick, February', 'sea', '2025-02-05', '2025-02-06', {
    act: 'transportation',
  }),
  journey('j3', 'covert', '2025-03-14', 'Kestenograd to Südhafen, March', 'road', '2025-03-10', '2025-03-12', {
    act: 'transportation',
    means: 'deception',
  }),
  journey('j4', 'police', '2025-03-14', 'Südhafen to Emberwick, March', 'sea', '2025-03-13', '2025-03-14', {
    act: 'transportation',
  }),
  journey('j5', 'police', '2025-06-03', 'Emberwick to Saltmere, March', 'road', '2025-03-14', '2025-03-14', {
    act: 'transfer',
  }),
  journey('j6', 'covert', '2025-05-10', 'Sinya Dolina to Südhafen, May', 'road', '2025-05', '2025-05', {
    act: ['recruitment', 'transportation'],
  }),
  journey('j7', 'hotline', '2025-08-03', 'Kestenograd to Südhafen, July', 'road', '2025-07~', '2025-07~', {
    act: 'transportation',
    means: 'abuse-of-position-of-vulnerability',
  }),
  journey('j8', 'hotline', '2025-08-03', 'Südhafen to Emberwick, July', 'sea', '2025-07-21', '2025-07-22', {
    act: 'transportation',
  }),
  journey('j9', 'covert', '2025-06-20', 'Northmark to Saltmere, June', 'road', '2025-06-18', '2025-06-18', {
    act: 'transfer',
    means: 'threat-of-force',
  }),
];

export const EVENTS: readonly SampleEntity<LanternSource>[] = [
  event('ev-fair', 'open', 'Job fair at the market hall', 'recruitment', '2025-01-18', 'BG', {
    act: 'recruitment',
    means: 'fraud',
    iloIndicator: 'deception',
    description: 'Mrs Zhivka showed pictures of a hotel and took identity cards to copy them.',
  }),
  event('ev-papers', 'covert', 'Identity cards collected on arrival', 'transit', '2025-02-05', 'DE', {
    means: 'other-forms-of-coercion',
    iloIndicator: ['retention-of-identity-documents', 'debt-bondage'],
    description: 'Everybody was told a debt of 1 900 EUR and signed a paper in German.',
  }),
  event('ev-hotel', 'covert', 'Meeting at Hotel Leuchtfeuer', 'meeting', '2025-03-11', 'DE', {
    description:
      'Three people shared one table for two hours. The next coach was agreed: eight for the quay, two for the street.',
  }),
  event('ev-salon', 'covert', 'Salon open every day until three in the morning', 'exploitation', '2025-02-18', 'GB', {
    endOn: '2025-09-12',
    act: 'harbouring',
    means: ['abuse-of-power', 'threat-of-force'],
    purpose: 'exploitation-of-prostitution-of-others',
    iloIndicator: ['restriction-of-movement', 'debt-bondage', 'intimidation-and-threats'],
    description: 'The back door is locked from outside. Earnings are written in a green book.',
  }),
  event('ev-cash', 'covert', 'Cash handed over at a lay-by', 'meeting', '2025-05-17', 'GB', {
    description: 'An envelope and a green book went from the black estate into the blue minibus.',
  }),
  event('ev-laundry', 'covert', 'Night shifts without a contract', 'exploitation', '2025-05-10', 'DE', {
    endOn: '2025-09',
    purpose: 'forced-labour-or-services',
    iloIndicator: ['excessive-overtime', 'withholding-of-wages'],
    description: 'Fourteen hours, six nights. Rent and food are taken from the pay until nothing is left.',
  }),
  event('ev-inspection', 'police', 'Labour inspection at Fish Quay 2', 'search', '2025-06-03', 'GB', {
    purpose: 'forced-labour-or-services',
    iloIndicator: ['withholding-of-wages', 'retention-of-identity-documents', 'abusive-working-and-living-conditions'],
    description: 'Eight workers, two bank accounts. All passports lay in the drawer of the contractor.',
  }),
  // the trap: somebody at the helpline wrote a victim's name into a note that would otherwise leave with the case (docs/policy.md, P7)
  event('ev-call', 'hotline', 'Call to the helpline', 'other', '2025-08-03', 'GB', {
    iloIndicator: ['isolation', 'physical-and-sexual-violence'],
    description:
      'The caller ran from the caravan field and asks for help for a girl in Northmark. She gave her name as Kalina Vodenska and said that the door is locked at night.',
  }),
  event('ev-visit', 'police', 'Welfare visit in Candle Row and Gull Lane', 'rescue', '2025-09-12', 'GB', {
    iloIndicator: ['restriction-of-movement', 'abusive-working-and-living-conditions'],
    description: 'Five people left with the visitors. The green book was not found.',
  }),
];

function journey(
  key: string,
  source: LanternSource,
  on: string,
  title: string,
  mode: string,
  startOn: string,
  endOn: string,
  claims: SampleClaims,
): SampleEntity<LanternSource> {
  return entity(key, 'journey', source, on, { title, mode, startOn, endOn, ...claims });
}

function event(
  key: string,
  source: LanternSource,
  title: string,
  eventType: string,
  startOn: string,
  country: string,
  claims: SampleClaims,
): SampleEntity<LanternSource> {
  return entity(key, 'event', source, startOn, { title, eventType, startOn, country, ...claims });
}

function paper(key: string, source: LanternSource, on: string, claims: SampleClaims): SampleEntity<LanternSource> {
  return entity(key, 'document', source, on, { ...claims, attribute: { name: 'issuing state', value: 'UTO' } });
}

function entity(
  key: string,
  type: string,
  source: LanternSource,
  on: string,
  claims: SampleClaims,
): SampleEntity<LanternSource> {
  return { key, type, source, on, claims };
}
