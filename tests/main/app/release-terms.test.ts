import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalText } from '../../../src-shared/crypto/canonical.ts';
import { isDisclosed } from '../../../src-shared/domain/record.ts';
import { planRelease } from '../../../src-shared/policy/plan-release.ts';
import { CLAIM_LABEL, claimHash } from '../../../src-shared/records/record-id.ts';
import { withhold } from '../../../src-shared/records/redact.ts';
import { confirmedPair, createdAgency, handling } from '../../support/agency.ts';
import { addEntity, openCase, openedText, release, releaseRequest, sealing } from '../../support/case-steps.ts';
import { claim, entity } from '../../support/records.ts';
import { questionOf } from '../../support/release-question.ts';

/** docs/policy.md, through the contract. */

test('[P20] what goes to a partner for the first time waits for an answer, is kept, and is not asked about again', async () => {
  const { a, idB } = await confirmedPair();
  const id = await openCase(a);
  await addEntity(a, id, 'phone', { number: '+44 7700 900123' });
  const request = releaseRequest(id, idB);
  const preview = await a.call('release.preview', request);
  const key = `P20 ${idB} entity:phone`;
  expect(preview.stops).toEqual([{ rule: 'P20', key, answerable: true, agency: idB, class: 'entity:phone' }]);
  const seal = (answers: readonly string[]) => ({ ...request, digest: preview.digest, answers: [...answers] });
  expect(await a.refusal('release.seal', seal([]))).toBe('release.stopped');
  expect(await a.refusal('release.seal', seal(['P20', key.toUpperCase()]))).toBe('release.stopped');
  await a.call('release.seal', seal([key, 'P19 H3 of something else']));
  const { entries } = await a.call('audit.list', { limit: 5 });
  const written = entries.find(({ action }) => action === 'release.seal')?.details;
  expect(written).toMatchObject({ answers: [key], purpose: 'investigation', kept: 0 });
  expect((await a.call('release.preview', request)).stops).toEqual([]);
  await addEntity(a, id, 'vehicle', { registration: 'LAMP 1' });
  const again = await a.call('release.preview', request);
  expect(again.stops.map((stop) => stop.class)).toEqual(['entity:vehicle']);
});

test('[P17] a legal basis is judged for the kind of agency that our officer says', async () => {
  const a = await createdAgency('Northmark Agency');
  const b = await createdAgency('Lamp Aid', 'DE');
  const added = await a.call('partner.add', { bytes: (await b.call('partner.card', {})).bytes });
  expect(added.kind).toBe('police');
  const id = await openCase(a);
  await addEntity(a, id, 'phone', { number: '+44 7700 900123' });
  const stopped = async (legalBasis: string) => {
    const { stops } = await a.call('release.preview', releaseRequest(id, added.agency, { legalBases: [legalBasis] }));
    return stops.some(({ rule }) => rule === 'P17');
  };
  expect([await stopped('eu-uk-tca'), await stopped('consent'), await stopped('asean-actip')]).toEqual([
    false,
    true,
    true,
  ]);
  expect((await a.call('partner.describe', { agency: added.agency, kind: 'ngo' })).kind).toBe('ngo');
  expect([await stopped('eu-uk-tca'), await stopped('consent')]).toEqual([true, false]);
  const { entries } = await a.call('audit.list', { limit: 1 });
  expect(entries[0]).toMatchObject({ action: 'partner.describe', details: { kind: 'ngo' } });
});

test('[P18] the purpose is of the list, and records that are limited to others stay home', async () => {
  const { a, idB } = await confirmedPair();
  const id = await openCase(a);
  const limited = { ...handling, purposes: ['prosecution'] };
  await addEntity(a, id, 'phone', { number: '+44 7700 900123' }, { handling: limited });
  const byRule = async (purposeCode: string) =>
    (await a.call('release.preview', releaseRequest(id, idB, { purposeCode }))).totals.byRule.map(({ rule }) => rule);
  expect(await byRule('investigation')).toContain('P18');
  expect(await byRule('prosecution')).not.toContain('P18');
  expect(await a.refusal('release.preview', releaseRequest(id, idB, { purposeCode: 'curiosity' }))).toBe(
    'release.unknown-purpose',
  );
});

test('[P21] a value and a property that the officer keeps home are in no byte, and the partner sees that and how many', async () => {
  const { a, b, idB } = await confirmedPair();
  const id = await openCase(a);
  const said = { name: 'Sergo Madeupson', dateOfBirth: '1984-03-02', occupation: 'lamplighter' };
  const { subject } = await addEntity(a, id, 'person', said);
  await addEntity(a, id, 'event', { title: 'Meeting', description: 'The lamplighter, born 2 March 1984.' });
  const first = await a.call('release.preview', releaseRequest(id, idB));
  const claims = first.subjects
    .find((each) => each.subject === subject)
    ?.records.flatMap((record) =>
      record.claims.map((each) => ({ record: record.record, property: each.property, claim: each.claim })),
    );
  const job = claims?.find(({ property }) => property === 'occupation');
  if (job?.claim === undefined) throw new Error('the occupation is missing');
  const kept = {
    claims: [{ record: job.record, claim: job.claim }],
    properties: [{ type: 'person', property: 'dateOfBirth' }],
  };
  const { preview, sealed } = await release(a, id, idB, { withhold: kept });
  const byRule = Object.fromEntries(preview.totals.byRule.map(({ rule, claims: count }) => [rule, count]));
  expect(byRule).toEqual({ P7: 1, P21: 2 });
  const text = await openedText(b, sealed.bytes);
  expect(text).toContain('Sergo Madeupson');
  expect(text).not.toMatch(/lamplighter|1984|march/i);
  const plan = await b.call('receive.open', { bytes: sealed.bytes });
  expect(plan.withheld.claims).toBe(3);
  await b.call('receive.apply', { quarantine: plan.quarantine, accept: 'all' });
  const seen = await b.call('subject.show', { subject });
  expect(seen.withheld.claims).toBe(2);
  expect(seen.statements.map(({ property }) => property)).toEqual(['name']);
});

test('the subjects of a preview come page by page, and are those of the digest', async () => {
  const { a, idB } = await confirmedPair();
  const id = await openCase(a);
  for (const number of ['900123', '900124', '900125'])
    await addEntity(a, id, 'phone', { number: `+44 7700 ${number}` });
  const request = releaseRequest(id, idB);
  const preview = await a.call('release.preview', request);
  expect([preview.subjectsTotal, preview.subjects.length]).toEqual([4, 4]);
  const pages = await Promise.all(
    [0, 2, 4].map((after) => a.call('release.subjects', { ...request, after, limit: 2 })),
  );
  expect(pages.flatMap(({ subjects }) => subjects)).toEqual(preview.subjects);
  for (const { digest, total } of pages) expect([digest, total]).toEqual([preview.digest, 4]);
  await addEntity(a, id, 'phone', { number: '+44 7700 900126' });
  expect((await a.call('release.subjects', { ...request, limit: 2 })).digest).not.toBe(preview.digest);
  expect(await a.refusal('release.seal', sealing(request, preview))).toBe('release.changed-since-preview');
});

test('[P21] nothing that is kept home stands in any byte of the encoded bundle, whatever is chosen', () => {
  const word = fc.stringMatching(/^[A-Z][a-z]{6,12}[0-9]{2}$/);
  const person = fc.record({ name: word, alias: word, birthPlace: word, appearance: word });
  const property = fc.constantFrom('name', 'alias', 'birthPlace', 'appearance');
  fc.assert(
    fc.property(
      fc.array(person, { minLength: 1, maxLength: 6 }),
      fc.uniqueArray(property, { maxLength: 3 }),
      (people, chosen) => {
        const records = people.map((said) =>
          entity('person', { claims: Object.entries(said).map(([name, value]) => claim(name, value)) }),
        );
        const properties = new Set(chosen.map((each) => `person ${each}`));
        const { verdicts } = planRelease(questionOf(records, { withhold: { claims: new Map(), properties } }));
        const text = JSON.stringify(
          verdicts
            .filter(({ verdict }) => verdict.action === 'release')
            .map(({ record, claims }) => {
              const staying = new Set(record.claims.filter((_, at) => claims[at]?.action === 'withhold'));
              return withhold(record, (each) => staying.has(each));
            }),
        ).toLowerCase();
        const kept = people.flatMap((said) => chosen.map((each) => said[each].toLowerCase()));
        expect(kept.filter((value) => text.includes(value))).toEqual([]);
      },
    ),
    { numRuns: 200 },
  );
});

test('[P5 P21] who gets a record with a date of birth withheld finds it by none of a hundred thousand guesses', () => {
  const born = '1984-03-02';
  const one = entity('person', { claims: [claim('name', 'Sergo Madeupson'), claim('dateOfBirth', born)] });
  const sent = withhold(one.record, (each) => each.property === 'dateOfBirth');
  const hashes = new Set(sent.claims.flatMap((each) => (isDisclosed(each) ? [] : [String(each.withheld)])));
  expect(hashes.size).toBe(1);
  const disclosedSalts = sent.claims.flatMap((each) =>
    isDisclosed(each) && each.salt !== undefined ? [each.salt] : [],
  );
  const salts = [undefined, 'A'.repeat(22), ...disclosedSalts];
  let guesses = 0;
  const hits: string[] = [];
  for (let day = 0; guesses < 100_000; day += 1) {
    const value = new Date(Date.UTC(1940, 0, 1 + day)).toISOString().slice(0, 10);
    for (const salt of salts) {
      guesses += 1;
      const text = canonicalText({ property: 'dateOfBirth', value, ...(salt !== undefined && { salt }) });
      if (hashes.has(createHash('sha256').update(`${CLAIM_LABEL}${text}`).digest('hex'))) hits.push(value);
    }
  }
  expect(hits).toEqual([]);
  const own = one.record.claims.find((each) => isDisclosed(each) && each.property === 'dateOfBirth');
  // the same search finds it at once with the salt that stayed home: so the guesses above were of the right form
  expect(own !== undefined && hashes.has(claimHash(own))).toBe(true);
  const text = own === undefined ? '' : canonicalText(own);
  expect(hashes.has(createHash('sha256').update(`${CLAIM_LABEL}${text}`).digest('hex'))).toBe(true);
});
