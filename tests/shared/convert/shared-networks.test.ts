import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ImportPlan } from '../../../src-shared/convert/import-plan.ts';
import { planWholeImport } from '../../../src-shared/convert/plan-import.ts';
import { sharedData } from '../../support/shared-data.ts';

/** Networks that nobody here made; what is expected is counted in the files by other means. */
const kosmas = sharedData('htn-synthetic-kosmas');
const informs = sharedData('htn-synthetic-informs');
const mexico = sharedData('htn-mexico');
const covert = sharedData('networkdata-covert');

describe.runIf(kosmas !== undefined)('synthetic trafficking networks in GraphML', () => {
  test.for([
    ['HT5_1_40', 28, 65],
    ['HT5_2_40', 32, 87],
    ['HT5_3_40', 35, 88],
  ] as const)('%s has %i people and %i links', ([name, people, links]) => {
    const bytes = readFileSync(`${kosmas}/${name}.graphml`);
    const text = bytes.toString('utf8');
    const plan = planWholeImport({ bytes });
    expect([text.match(/<node /gu)?.length, text.match(/<edge /gu)?.length]).toEqual([people, links]);
    expect([plan.entities.length, plan.links.length, plan.rejectedTotal]).toEqual([people, links, 0]);
    expect(plan.links.every((link) => !link.directed)).toBe(true);
    expect(counted(plan, 'role', 'victim, minor')).toBe(text.match(/>victim, minor</gu)?.length);
    expect(counted(plan, 'subjectCategory', 'victim')).toBe(text.match(/>victim, /gu)?.length);
    expect(counted(plan, 'isMinor', true)).toBe(text.match(/>victim, minor</gu)?.length);
    expect(counted(plan, 'subjectCategory', 'suspect')).toBe(text.match(/>trafficker</gu)?.length);
    expect(counted(plan, 'subjectCategory', 'possible-victim')).toBe(text.match(/>bottom</gu)?.length);
  });
});

describe.runIf(informs !== undefined)('synthetic trafficking networks in CSV', () => {
  test.for(['Network1', 'Network2', 'Network3', 'Network4', 'Network5', 'Network6'])(
    '%s gives a link for each row but the first, which names source and sink only',
    (name) => {
      const bytes = readFileSync(`${informs}/${name}.csv`);
      const rows = bytes.toString('utf8').trim().split('\n').length;
      const plan = planWholeImport({ bytes });
      expect(plan.links.length).toBe(rows - 1);
      expect(plan.rejected).toEqual([{ line: 1, rule: 'I10', detail: '2 fields, 8 expected' }]);
      expect(plan.links[0]?.claims.map((claim) => claim.property)).toEqual(
        Array.from({ length: 6 }, () => 'attribute'),
      );
    },
  );

  test('Network1 has 101 arcs', () => {
    expect(planWholeImport({ bytes: readFileSync(`${informs}/Network1.csv`) }).links).toHaveLength(101);
  });
});

describe.runIf(mexico !== undefined)('a real trafficking network', () => {
  test('Data.txt has 34 people and 225 links', () => {
    const plan = planWholeImport({ bytes: readFileSync(`${mexico}/Data.txt`) });
    expect([plan.isEdgeList, plan.entities.length, plan.links.length, plan.rejectedTotal]).toEqual([true, 34, 225, 0]);
  });

  test('labels.csv names 34 people, none is given a category, and two names are worth a second look', () => {
    const plan = planWholeImport({ bytes: readFileSync(`${mexico}/labels.csv`) });
    expect([plan.isNodeList, plan.entities.length, plan.rejectedTotal]).toEqual([true, 34, 0]);
    expect(plan.entities[0]?.claims).toEqual([
      { property: 'externalId', value: '0' },
      { property: 'name', value: 'Cuidador 1' },
    ]);
    expect(plan.entities.flatMap((entity) => entity.claims).map((claim) => claim.property)).not.toContain(
      'subjectCategory',
    );
    expect(plan.warnings).toContainEqual({ rule: 'I21', count: 2, line: 33, detail: 'column 2' });
  });

  test('the ids of both files are the same, so that one can be attached to the other', () => {
    const [links, labels] = ['Data.txt', 'labels.csv'].map((name) =>
      planWholeImport({ bytes: readFileSync(`${mexico}/${name}`) }),
    );
    expect(keys(links)).toEqual(keys(labels));
  });
});

describe.runIf(covert !== undefined)('covert networks', () => {
  test('every part has as many nodes and edges as its index says', () => {
    const index = readFileSync(`${covert}/INDEX.csv`, 'utf8');
    const rows = Array.from(index.matchAll(/^"(covert_[^"]+)","[^"]*",\d+,"[^"]*",(\d+),(\d+),/gmu));
    expect(rows).toHaveLength(12);
    for (const [, name, nodes, edges] of rows) {
      const nodeList = planWholeImport({ bytes: readFileSync(`${covert}/${name}.nodes.csv`) });
      const edgeList = planWholeImport({ bytes: readFileSync(`${covert}/${name}.edges.csv`) });
      expect([name, nodeList.entities.length, edgeList.links.length]).toEqual([name, Number(nodes), Number(edges)]);
      expect([nodeList.isNodeList, edgeList.isEdgeList]).toEqual([true, true]);
    }
  });

  test('[I9] the index itself says nothing of who a row is about', () => {
    expect(() => planWholeImport({ bytes: readFileSync(`${covert}/INDEX.csv`) })).toThrow('import.nothing-found');
  });
});

function keys(plan: ImportPlan | undefined): readonly string[] {
  return plan?.entities.map((entity) => entity.key).sort() ?? [];
}

function counted(plan: ImportPlan, property: string, value: unknown): number {
  return plan.entities.filter((entity) =>
    entity.claims.some((claim) => claim.property === property && claim.value === value),
  ).length;
}
