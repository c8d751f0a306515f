import { expect, test } from 'vitest';
import { affectedCsv } from '../../../src-shared/contract/affected-csv.ts';
import { AgencyId, SubjectId } from '../../../src-shared/domain/ids.ts';
import { confirmedPair } from '../../support/agency.ts';
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

test('a name that would be a formula in a spreadsheet is only a name', () => {
  const subject = SubjectId.parse('00000000-0000-4000-8000-000000000001');
  const row = { what: 'entity', type: 'person', label: '=cmd|"x"', subject, isAlone: true } as const;
  expect(affectedCsv([row]).split('\r\n')[1]).toBe(`"entity","person","'=cmd|""x""","${subject}","yes"`);
});
