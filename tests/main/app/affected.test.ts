import { expect, test } from 'vitest';
import { affectedCsv } from '../../../src-shared/contract/affected-csv.ts';
import { csvOf } from '../../../src-shared/contract/csv.ts';
import { AgencyId, SubjectId } from '../../../src-shared/domain/ids.ts';
import { confirmedPair } from '../../support/agency.ts';
import type { Output } from '../../../src-shared/contract/methods.ts';
import { agencies, confirmed, permits, sends, takes, trusts } from '../../support/forwarding.ts';
import { nothingNew } from '../../support/officers.ts';
import { addEntity, addLink, openCase, receiveAll, release } from '../../support/case-steps.ts';

test('[K18] what rests on a partner, and what on it alone, page by page', async () => {
  const { a, b, idA, idB } = await confirmedPair();
  const id = await openCase(a);
  const [one, two] = [
    await addEntity(a, id, 'person', { name: 'Sergo Madeupson' }),
    await addEntity(a, id, 'phone', { number: '+44 7700 900123' }),
  ];
  await addLink(a, id, 'uses', [one.subject, two.subject]);
  await receiveAll(b, (await release(a, id, idB)).sealed.bytes);
  const agency = AgencyId.parse(idA);
  const before = await b.call('partner.affected', { agency, limit: 100 });
  expect(before.counts).toMatchObject({
    entities: 2,
    aloneEntities: 2,
    links: 1,
    aloneLinks: 1,
    cases: 1,
    aloneCases: 1,
  });
  expect(before.counts.records).toBeGreaterThanOrEqual(4);
  expect(before.keys).toHaveLength(1);
  expect(before.passedOn).toEqual([]);

  const own = { subject: two.subject };
  await addEntity(b, id, 'phone', { number: '+44 7700 900123' }, own);
  const after = await b.call('partner.affected', { agency, limit: 100 });
  expect(after.counts).toMatchObject({ entities: 2, aloneEntities: 1 });
  expect(after.subjects.find(({ subject }) => subject === two.subject)).toMatchObject({ isAlone: false });

  const paged: string[] = [];
  let place: (typeof after)['next'];
  do {
    const page = await b.call('partner.affected', { agency, limit: 1, ...(place !== undefined && { place }) });
    paged.push(...page.subjects.map(({ subject }) => subject));
    place = page.next;
  } while (place !== undefined);
  expect(paged).toEqual(after.subjects.map(({ subject }) => subject));
});

function entitiesOf({ subjects }: Output<'partner.affected'>) {
  return new Map(subjects.flatMap((row) => (row.what === 'entity' ? [[row.subject, row.isAlone] as const] : [])));
}

test('[K18] narrowed to one key it tells of nothing but what that key attested: sums, subjects, what we passed on', async () => {
  const [a, b, c] = await agencies(3);
  if (a === undefined || b === undefined || c === undefined) throw new Error('three were asked for');
  await confirmed(a, b);
  await confirmed(b, c);
  await trusts(a, c);
  const id = await openCase(a.at);
  const early = await addEntity(a.at, id, 'person', { name: 'Sergo Madeupson' });
  const both = await addEntity(a.at, id, 'phone', { number: '+44 7700 900123' });
  await permits(a, [c], id);
  await takes(b, (await sends(a, [b], id)).bytes);
  await takes(c, (await sends(b, [c], id)).bytes);
  await a.at.call('keys.rotate', { ...nothingNew, newSigning: true });
  await b.at.call('partner.add', { bytes: (await a.at.call('partner.card', {})).bytes });
  const late = await addEntity(a.at, id, 'vehicle', { registration: 'LAMP 1' });
  await addEntity(a.at, id, 'phone', { note: 'seen again' }, { subject: both.subject });
  await takes(b, (await sends(a, [b], id)).bytes);

  const ask = (more: object) => b.at.call('partner.affected', { agency: a.id, limit: 100, ...more });
  const whole = await ask({});
  expect(whole.keys).toHaveLength(2);
  expect(entitiesOf(whole).size).toBe(3);
  const byKey = await Promise.all(whole.keys.map(({ kid }) => ask({ kid })));
  const [first, second] = byKey.toSorted((one) => (entitiesOf(one).has(early.subject) ? -1 : 1));
  if (first === undefined || second === undefined) throw new Error('two keys were used');
  expect(entitiesOf(first)).toEqual(
    new Map([
      [early.subject, true],
      [both.subject, false],
    ]),
  );
  expect(entitiesOf(second)).toEqual(
    new Map([
      [late.subject, true],
      [both.subject, false],
    ]),
  );
  expect(first.counts).toMatchObject({ entities: 2, aloneEntities: 1, links: 0, cases: 1, aloneCases: 0 });
  expect(second.counts).toMatchObject({ entities: 2, aloneEntities: 1, links: 0, cases: 1, aloneCases: 0 });
  expect(first.counts.records + second.counts.records).toBe(whole.counts.records);
  expect(first.passedOn).toMatchObject([{ agency: c.id, releases: 1 }]);
  expect(first.passedOn[0]?.records).toBe(whole.passedOn[0]?.records);
  expect(second.passedOn).toEqual([]);

  const paged: string[] = [];
  const kid = whole.keys.find(({ records }) => records === first.counts.records)?.kid;
  let place: (typeof first)['next'];
  do {
    const page = await ask({ kid, limit: 1, ...(place !== undefined && { place }) });
    expect(page.counts).toEqual(first.counts);
    paged.push(...page.subjects.map(({ subject }) => subject));
    place = page.next;
  } while (place !== undefined);
  expect(paged).toEqual(first.subjects.map(({ subject }) => subject));
});

test('a text that would be a formula in a spreadsheet is only a text', () => {
  expect(csvOf([['=cmd|"x"']])).toBe(`"'=cmd|""x"""\r\n`);
});

test('[P3 P5] a list for a spreadsheet names nobody', () => {
  const subject = SubjectId.parse('00000000-0000-4000-8000-000000000001');
  const row = { what: 'entity', type: 'person', label: '=cmd|"x"', subject, isAlone: true } as const;
  expect(affectedCsv([row]).split('\r\n')[1]).toBe(`"entity","person","${subject}","yes"`);
});
