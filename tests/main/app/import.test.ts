import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Input } from '../../../src-shared/contract/methods.ts';
import { createdAgency, handling, source } from '../../support/agency.ts';
import type { TestAgency } from '../../support/agency.ts';
import { sharedData } from '../../support/shared-data.ts';

function request(name: string, bytes: Uint8Array, more: Partial<Input<'import.apply'>> = {}): Input<'import.apply'> {
  return {
    case: { title: 'Imported' },
    name,
    format: 'auto',
    attach: 'auto',
    source: { ...source, reference: name },
    handling,
    bytes,
    ...more,
  };
}

async function importFile(agency: TestAgency, path: string, more: Partial<Input<'import.apply'>> = {}) {
  const file = sharedData(path);
  if (file === undefined) return undefined;
  const input = request(path.split('/').at(-1) ?? path, readFileSync(file), more);
  const preview = await agency.call('import.preview', input);
  const result = await agency.call('import.apply', input);
  expect([preview.entities, preview.links, preview.rejectedTotal]).toEqual([
    result.entities,
    result.links,
    result.rejected.length,
  ]);
  return result;
}

describe.runIf(sharedData('htn-mexico') !== undefined)('outside networks, as they are', () => {
  test.each([
    ['htn-synthetic-kosmas/HT5_1_40.graphml', 28, 65],
    ['htn-synthetic-kosmas/HT5_2_40.graphml', 32, 87],
    ['htn-synthetic-kosmas/HT5_3_40.graphml', 35, 88],
    ['htn-mexico/Data.txt', 34, 225],
    ['htn-mexico/labels.csv', 34, 0],
    ['networkdata-covert/covert_10_caviar_01.edges.csv', 110, 205],
    ['networkdata-covert/covert_10_caviar_12.nodes.csv', 34, 0],
    ['htn-synthetic-informs/Network1.csv', 43, 101],
  ])('%s gives %i entities and %i links, each with source and grade', async (path, entities, links) => {
    const agency = await createdAgency('Northmark Agency');
    const result = await importFile(agency, path);
    expect(result).toMatchObject({ entities, links });
    const status = await agency.call('vault.status', {});
    expect([status.entities, status.links]).toEqual([entities, links]);
    const chart = await agency.call('case.chart', { case: result?.case as never });
    expect(chart.entities.every(({ grades }) => grades[0]?.source === 'B')).toBe(true);
  });

  test('a node list and then its edge list become one network', async () => {
    const agency = await createdAgency('Northmark Agency');
    const nodes = await importFile(agency, 'htn-mexico/labels.csv');
    const edges = await importFile(agency, 'htn-mexico/Data.txt', { case: { id: nodes?.case as never } });
    expect(edges).toMatchObject({ entities: 0, links: 225 });
    const status = await agency.call('vault.status', {});
    expect([status.entities, status.links]).toEqual([34, 225]);
  });

  test('unless the analyst wants them apart', async () => {
    const agency = await createdAgency('Northmark Agency');
    const nodes = await importFile(agency, 'htn-mexico/labels.csv');
    await importFile(agency, 'htn-mexico/Data.txt', { case: { id: nodes?.case as never }, attach: 'never' });
    expect((await agency.call('vault.status', {})).entities).toBe(68);
  });
});

const list = new TextEncoder().encode('source,target\n1,2\n2,3\n');

test('one step takes a whole import back', async () => {
  const agency = await createdAgency('Northmark Agency');
  const { batch } = await agency.call('import.apply', request('links.csv', list));
  const undone = await agency.call('batch.undo', { batch });
  expect(undone.removed).toBeGreaterThan(0);
  expect(await agency.call('vault.status', {})).toMatchObject({ entities: 0, links: 0, records: 0, cases: 0 });
  expect(await agency.refusal('batch.undo', { batch })).toBe('batch.not-undoable');
});

test('an import that is cancelled leaves nothing', async () => {
  const agency = await createdAgency('Northmark Agency');
  const many = new TextEncoder().encode(
    `source,target\n${Array.from({ length: 20_000 }, (_, i) => `${i},${i + 1}`).join('\n')}\n`,
  );
  const running = agency.refusal('import.apply', request('links.csv', many, { job: 'import 1' }));
  await agency.call('job.cancel', { job: 'import 1' });
  expect(await running).toBe('request.cancelled');
  expect(await agency.call('vault.status', {})).toMatchObject({ records: 0, cases: 0 });
});

test('a role in a file makes a person protected', async () => {
  const agency = await createdAgency('Northmark Agency');
  const nodes = new TextEncoder().encode(
    'id,name,role\n1,Sergo Madeupson,trafficker\n2,Vera Inventova,"victim, minor"\n',
  );
  const result = await agency.call('import.apply', request('people.csv', nodes));
  const chart = await agency.call('case.chart', { case: result.case });
  const isProtected = Object.fromEntries(chart.entities.map((entity) => [entity.label, entity.isProtected]));
  expect(isProtected).toEqual({ 'Sergo Madeupson': false, 'Vera Inventova': true });
});
