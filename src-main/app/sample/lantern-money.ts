import type { LanternSource } from './lantern-sources.ts';
import type { SampleClaims, SampleEntity } from './sample-case.ts';

/** Accounts at banks that do not exist (TEST, or a bank code of zeros), with right check digits. */
export const BANK_ACCOUNTS: readonly SampleEntity<LanternSource>[] = [
  account('b-staffing', 'police', '2025-06-24', {
    iban: 'GB91TEST00000000000101',
    holderName: 'Bright Harbour Care Staffing Ltd',
    currency: 'GBP',
    country: 'GB',
  }),
  account('b-tallow', 'police', '2025-06-24', { iban: 'GB64TEST00000000000102', currency: 'GBP', country: 'GB' }),
  account('b-wages', 'police', '2025-06-24', {
    iban: 'GB96TEST00000000000108',
    currency: 'GBP',
    country: 'GB',
    note: 'Wages of eight workers arrive here. One bank card, used by one person.',
  }),
  account('b-coach', 'police', '2025-06-24', {
    iban: 'DE84000000000000000203',
    holderName: 'Lampion Reisen GmbH',
    currency: 'EUR',
    country: 'DE',
  }),
  account('b-agency', 'police', '2025-06-24', {
    iban: 'BG11TEST00001000000301',
    holderName: 'Zornitsa Work Abroad EOOD',
    currency: 'EUR',
    country: 'BG',
  }),
  account('b-uncle', 'covert', '2025-07-02', {
    iban: 'BG81TEST00001000000399',
    currency: 'EUR',
    country: 'BG',
    note: 'Holder not known.',
  }),
];

/** The money trail: wages and cash into the staffing company, out to coaches, recruiters and the man called Uncle. */
export const PAYMENTS: readonly SampleEntity<LanternSource>[] = [
  payment('m1', '2025-03-28', 11_480, 'GBP', 'Wages March, eight workers'),
  payment('m2', '2025-03-31', 9_900, 'GBP', 'Care services'),
  payment('m3', '2025-04-02', 3_800, 'EUR', 'Coach hire'),
  payment('m4', '2025-04-04', 5_700, 'EUR', 'Commission, three'),
  payment('m5', '2025-05-19', 7_250, 'GBP', 'Cash deposit, Northmark'),
  payment('m6', '2025-06-06', 14_000, 'EUR', 'Lamps'),
];

function account(key: string, source: LanternSource, on: string, claims: SampleClaims): SampleEntity<LanternSource> {
  return { key, type: 'bank-account', source, on, claims };
}

function payment(
  key: string,
  paidOn: string,
  amount: number,
  currency: string,
  purposeText: string,
): SampleEntity<LanternSource> {
  return {
    key,
    type: 'payment',
    source: 'police',
    on: '2025-06-24',
    claims: { amount, currency, paidOn, purposeText },
  };
}
