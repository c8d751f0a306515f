import { describe, expect, test } from 'vitest';
import { createdAgency } from '../../support/agency.ts';
import type { TestAgency } from '../../support/agency.ts';
import { barePartner } from '../../support/bare-partner.ts';

/** The answer to work that is cancelled as soon as it tells of this stage. */
async function cancelledIn(
  agency: TestAgency,
  stage: string,
  work: (job: string) => Promise<unknown>,
): Promise<string> {
  const job = `cancelled in ${stage}`;
  const running = work(job).then(
    () => 'done',
    (error: { code: string }) => error.code,
  );
  const isThere = (): boolean =>
    agency.events.some((event) => event.type === 'progress' && event.job === job && event.stage === stage);
  while (!isThere()) await new Promise((resolve) => setImmediate(resolve));
  await agency.call('job.cancel', { job });
  return running;
}

describe('receiving that is cancelled leaves nothing', () => {
  test('while a file is opened, verified or planned', { timeout: 120_000 }, async () => {
    const agency = await createdAgency('Suedhafen Office', 'DE');
    const partner = await barePartner(agency);
    const people = Array.from({ length: 600 }, (_, i) => partner.person({ name: `Invented ${i}` }));
    const bytes = await partner.sealed([partner.group(people)]);
    const before = await agency.call('vault.status', {});
    for (const stage of ['unseal', 'verify', 'plan']) {
      expect(await cancelledIn(agency, stage, (job) => agency.call('receive.open', { bytes, job }))).toBe(
        'request.cancelled',
      );
      expect(await agency.call('vault.status', {})).toEqual(before);
      expect((await agency.call('receive.list', {})).quarantined).toEqual([]);
    }
    expect((await agency.call('receive.open', { bytes })).counts.new).toBe(600);
  });

  test('before its records are stored, and while they are', { timeout: 120_000 }, async () => {
    const agency = await createdAgency('Suedhafen Office', 'DE');
    const partner = await barePartner(agency);
    const people = Array.from({ length: 600 }, (_, i) => partner.person({ name: `Invented ${i}` }));
    const { quarantine } = await agency.call('receive.open', { bytes: await partner.sealed([partner.group(people)]) });
    const before = await agency.call('vault.status', {});
    for (const stage of ['receipt', 'records']) {
      const accept = { quarantine, accept: 'all' } as const;
      expect(await cancelledIn(agency, stage, (job) => agency.call('receive.apply', { ...accept, job }))).toBe(
        'request.cancelled',
      );
      expect(await agency.call('vault.status', {})).toEqual(before);
      expect((await agency.call('receive.list', {})).quarantined).toHaveLength(1);
    }
    expect((await agency.call('receive.apply', { quarantine, accept: 'all' })).new).toBe(600);
  });
});
