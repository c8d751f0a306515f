import { expect, test } from 'vitest';
import { validUntil } from '../../../src-main/exchange/validity.ts';
import { AgencyId } from '../../../src-shared/domain/ids.ts';
import { confirmedPair } from '../../support/agency.ts';
import { addEntity, openCase, release } from '../../support/case-steps.ts';

/** docs/formats/bundle.md B11. */

test('[B11] a bundle may be imported for ninety days, whatever the clock said when it was made', () => {
  expect(validUntil(new Date('2026-05-03T10:00:00.000Z'))).toBe('2026-08-01T10:00:00.000Z');
  expect(validUntil(new Date('2001-01-01T00:00:00.000Z'))).toBe('2001-04-01T00:00:00.000Z');
});

test('[B11] when the term changes, what was released before keeps the one that it left with', () => {
  const terms = [
    { from: '2026-01-01T00:00:00.000Z', days: 90 },
    { from: '2027-01-01T00:00:00.000Z', days: 30 },
  ];
  expect(validUntil(new Date('2026-12-31T23:59:59.999Z'), terms)).toBe('2027-03-31T23:59:59.999Z');
  expect(validUntil(new Date('2027-01-01T00:00:00.000Z'), terms)).toBe('2027-01-31T00:00:00.000Z');
});

test('[B11] the ledger says the instant that the signed manifest says', async () => {
  const { a, b, idB } = await confirmedPair();
  const id = await openCase(a);
  const { subject } = await addEntity(a, id, 'phone', { number: '+44 7700 900123' });
  const { sealed } = await release(a, id, AgencyId.parse(idB));
  const plan = await b.call('receive.open', { bytes: sealed.bytes });
  const { disclosures } = await a.call('ledger.list', { subject });
  expect(disclosures.map(({ validUntil: until }) => until)).toEqual([validUntil(new Date(plan.createdAt))]);
});
