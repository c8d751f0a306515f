import type { LanternSource } from './lantern-sources.ts';
import type { SampleClaims, SampleEntity } from './sample-case.ts';

/**
 * Telephones, accounts, addresses and adverts. Numbers come from ranges kept for drama: Ofcom +44 7700 900xxx and +44 20 7946 0xxx,
 * Bundesnetzagentur +49 40 66969 xxx, +49 30 23125 xxx and +49 176 040690 xx; Bulgaria keeps none, so its subscriber numbers begin with 000,
 * which no exchange assigns. Internet names end in .example (RFC 2606).
 */
export const PHONES: readonly SampleEntity<LanternSource>[] = [
  phone('t-fenerov', 'covert', '2025-01-20', '+44 7700 900417', 'Changed on the first of each month until April'),
  phone('t-tallow', 'police', '2025-03-02', '+44 7700 900231'),
  phone('t-wick', 'police', '2025-03-02', '+44 7700 900562'),
  phone('t-iskrova', 'covert', '2025-02-11', '+44 7700 900388'),
  phone('t-emberley', 'covert', '2025-02-11', '+44 7700 900119'),
  phone('t-adverts', 'open', '2025-02-18', '+44 7700 900777', 'Stands in four adverts'),
  phone('t-adverts-2', 'open', '2025-07-28', '+44 7700 900778', 'Stands in two adverts since July'),
  phone('t-salon', 'open', '2025-02-18', '+44 20 7946 0182'),
  phone('t-glimsby', 'police', '2025-06-03', '+44 7700 900645'),
  phone('t-plamenac', 'hotline', '2025-08-03', '+44 7700 900650'),
  phone('t-zarev', 'police', '2025-06-03', '+44 7700 900651'),
  phone('t-dalgarov', 'covert', '2025-01-20', '+359 88 000 0417'),
  phone('t-agency', 'open', '2025-01-24', '+359 2 000 0044'),
  phone('t-osenski', 'hotline', '2025-08-03', '+359 88 000 0520'),
  phone('t-ruyeva', 'covert', '2025-02-01', '+359 88 000 0311'),
  phone('t-lychnos', 'police', '2025-03-14', '+49 40 66969 017'),
  phone('t-fanari', 'covert', '2025-03-14', '+49 176 04069 023'),
  phone('t-brandthal', 'covert', '2025-03-14', '+49 40 66969 091'),
  phone('t-tannhus', 'open', '2025-05-09', '+49 40 66969 040'),
  phone('t-uncle', 'covert', '2025-04-02', '+359 88 000 0001', 'Called only by Fenerov, always on a Friday'),
  phone('t-v01', 'covert', '2025-02-11', '+359 88 000 0733', 'Taken from her on arrival'),
  phone('t-v11', 'police', '2025-06-03', '+44 7700 900733'),
];

export const ACCOUNTS: readonly SampleEntity<LanternSource>[] = [
  account(
    'a-jobs',
    'open',
    '2025-01-24',
    'zornitsa.work',
    'https://chirpbook.example/zornitsa.work',
    'Page with 2 400 followers; shows hotels that do not exist',
  ),
  account('a-osenski', 'hotline', '2025-08-03', 'plami_love', 'https://picstream.example/plami_love'),
  account('a-osenski-2', 'open', '2025-08-11', 'plami.in.london', 'https://picstream.example/plami.in.london'),
  account(
    'a-adverts',
    'open',
    '2025-02-18',
    'nadine_northmark',
    'https://nightboard.example/nadine_northmark',
    'Publishes all adverts of the salon and the flats',
  ),
  account('a-fenerov', 'covert', '2025-04-02', 'lampman79', 'https://quietchat.example/lampman79'),
  account(
    'a-group',
    'open',
    '2025-01-24',
    'rabota-v-anglia',
    'https://chirpbook.example/rabota-v-anglia',
    'Group for people who look for work in England',
  ),
  account('a-v03', 'hotline', '2025-08-03', 'kali_16_k', 'https://picstream.example/kali_16_k'),
  entity('e-agency', 'email', 'open', '2025-01-24', { address: 'jobs@zornitsa.example' }),
  entity('e-staffing', 'email', 'police', '2025-03-02', { address: 'accounts@brightharbour.example' }),
  entity('e-coach', 'email', 'police', '2025-03-14', { address: 'buchung@lampion-reisen.example' }),
];

export const ADVERTS: readonly SampleEntity<LanternSource>[] = [
  advert(
    'd-job-hotel',
    'open',
    '2025-01-24',
    'Hotel work in England, no English needed',
    'https://chirpbook.example/zornitsa.work/17',
    'Room and transport free. Bring only your identity card.',
  ),
  advert(
    'd-job-fish',
    'open',
    '2025-02-06',
    'Packers wanted, Saltmere',
    'https://chirpbook.example/zornitsa.work/23',
    'Earn 600 a week from the first day. Coach leaves every second Monday.',
  ),
  advert(
    'd-job-laundry',
    'open',
    '2025-04-29',
    'Laundry in Germany, women under 30',
    'https://chirpbook.example/rabota-v-anglia/88',
    'Contract on arrival.',
  ),
  advert(
    'd-salon',
    'open',
    '2025-02-18',
    'Lotus Lamp massage, Candle Row',
    'https://nightboard.example/ad/40017',
    'Open from noon until late. New staff every month.',
  ),
  advert(
    'd-flat-1',
    'open',
    '2025-03-04',
    'New in Northmark',
    'https://nightboard.example/ad/40388',
    'Discreet flat near the station.',
  ),
  advert(
    'd-flat-2',
    'open',
    '2025-04-15',
    'Two friends, Chandler Road',
    'https://nightboard.example/ad/41002',
    'Same pictures as in Südhafen a month before.',
  ),
  advert(
    'd-flat-3',
    'open',
    '2025-07-28',
    'Very young, just arrived',
    'https://nightboard.example/ad/43519',
    'The words of this advert suggest a child.',
  ),
  advert(
    'd-suedhafen',
    'open',
    '2025-05-16',
    'Südhafen, Lotsengasse',
    'https://nightboard.example/ad/41870',
    'Only this week.',
  ),
];

function phone(
  key: string,
  source: LanternSource,
  on: string,
  number: string,
  note?: string,
): SampleEntity<LanternSource> {
  return entity(key, 'phone', source, on, note === undefined ? { number } : { number, note });
}

function account(
  key: string,
  source: LanternSource,
  on: string,
  handle: string,
  url: string,
  note?: string,
): SampleEntity<LanternSource> {
  return entity(key, 'online-account', source, on, note === undefined ? { handle, url } : { handle, url, note });
}

function advert(
  key: string,
  source: LanternSource,
  on: string,
  title: string,
  url: string,
  text: string,
): SampleEntity<LanternSource> {
  return entity(key, 'advert', source, on, { title, url, text, postedOn: on });
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
