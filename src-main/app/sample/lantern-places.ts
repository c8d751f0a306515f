import type { LanternSource } from './lantern-sources.ts';
import type { SampleClaims, SampleEntity } from './sample-case.ts';

/** Invented towns and streets in three countries, with coordinates rounded so that they point at no house. */
export const PLACES: readonly SampleEntity<LanternSource>[] = [
  place(
    'p-agency-office',
    'open',
    '2025-01-24',
    'Agency office, Kestenograd',
    'Orehova 12',
    'Kestenograd',
    'BG',
    [42.91, 25.13],
  ),
  place(
    'p-market',
    'covert',
    '2025-01-20',
    'Coach stop at the market, Kestenograd',
    'Pazarna 1',
    'Kestenograd',
    'BG',
    [42.92, 25.14],
  ),
  place('p-sinya', 'covert', '2025-02-01', 'House in Sinya Dolina', 'Vodna 3', 'Sinya Dolina', 'BG', [42.78, 25.31]),
  place(
    'p-flat-lotsen',
    'covert',
    '2025-03-14',
    'Flat in Lotsengasse, Südhafen',
    'Lotsengasse 9',
    'Südhafen',
    'DE',
    [53.71, 8.02],
  ),
  place(
    'p-laundry',
    'open',
    '2025-05-09',
    'Laundry at Kaimauer, Südhafen',
    'Kaimauer 40',
    'Südhafen',
    'DE',
    [53.7, 8.05],
  ),
  place(
    'p-hotel',
    'covert',
    '2025-03-11',
    'Hotel Leuchtfeuer, Südhafen',
    'Am Leuchtfeuer 2',
    'Südhafen',
    'DE',
    [53.72, 8.01],
  ),
  place('p-ferry-de', 'police', '2025-03-14', 'Ferry terminal, Südhafen', 'Westkai 1', 'Südhafen', 'DE', [53.73, 8.0]),
  place(
    'p-ferry-gb',
    'police',
    '2025-03-14',
    'Ferry terminal, Emberwick',
    'Ferry Road 1',
    'Emberwick',
    'GB',
    [53.93, -0.02],
  ),
  place('p-salon', 'open', '2025-02-18', 'Salon, 27 Candle Row', '27 Candle Row', 'Northmark', 'GB', [54.11, -1.22]),
  place(
    'p-flat-tinder',
    'police',
    '2025-03-02',
    'Flat 4, 3 Tinder Street',
    'Flat 4, 3 Tinder Street',
    'Northmark',
    'GB',
    [54.12, -1.24],
  ),
  place(
    'p-flat-chandler',
    'police',
    '2025-03-02',
    'House, 81 Chandler Road',
    '81 Chandler Road',
    'Northmark',
    'GB',
    [54.1, -1.2],
  ),
  place(
    'p-office',
    'open',
    '2025-02-20',
    'Office, 6 Bright Harbour House',
    '6 Bright Harbour House',
    'Northmark',
    'GB',
    [54.11, -1.21],
  ),
  place('p-quay', 'police', '2025-06-03', 'Fish Quay 2, Saltmere', 'Fish Quay 2', 'Saltmere', 'GB', [54.21, -0.31]),
  place(
    'p-caravans',
    'hotline',
    '2025-08-03',
    'Caravan field, Gull Lane',
    'Gull Lane',
    'Saltmere',
    'GB',
    [54.2, -0.33],
  ),
];

export const ORGANISATIONS: readonly SampleEntity<LanternSource>[] = [
  organisation('o-agency', 'open', '2025-01-24', {
    name: 'Zornitsa Work Abroad EOOD',
    country: 'BG',
    note: 'Promises hotel, care and packing jobs in England with free transport.',
  }),
  organisation('o-coach', 'police', '2025-03-14', { name: 'Lampion Reisen GmbH', country: 'DE' }),
  organisation('o-laundry', 'open', '2025-05-09', { name: 'Weisse Welle Wäscherei GmbH', country: 'DE' }),
  organisation('o-staffing', 'police', '2025-03-02', {
    name: 'Bright Harbour Care Staffing Ltd',
    country: 'GB',
    note: 'No carer has ever been placed.',
  }),
  organisation('o-salon', 'open', '2025-02-18', { name: 'Lotus Lamp Wellness Ltd', country: 'GB' }),
  organisation('o-lettings', 'police', '2025-03-02', { name: 'Marrow Lane Lettings Ltd', country: 'GB' }),
  organisation('o-packing', 'police', '2025-06-03', {
    name: 'Saltmere Fish Packing Ltd',
    country: 'GB',
    note: 'Buys labour by the head and asks for no papers.',
  }),
];

function place(
  key: string,
  source: LanternSource,
  on: string,
  name: string,
  address: string,
  city: string,
  country: string,
  [latitude, longitude]: readonly [number, number],
): SampleEntity<LanternSource> {
  return {
    key,
    type: 'place',
    source,
    on,
    claims: { name, address, city, country, coordinates: { latitude, longitude } },
  };
}

function organisation(
  key: string,
  source: LanternSource,
  on: string,
  claims: SampleClaims,
): SampleEntity<LanternSource> {
  return { key, type: 'organisation', source, on, claims };
}
