import { hash } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ImportPlan } from '../../../src-shared/convert/import-plan.ts';
import { planWholeImport, readImport } from '../../../src-shared/convert/plan-import.ts';
import { saidBefore } from '../../../src-shared/convert/said-before.ts';

const hashText = (text: string): string => hash('sha256', text, 'hex');

/** An invented network as GraphML, its elements in the order given. */
function graphml(elements: readonly string[]): Buffer {
  const keys = ['label', 'role'].map((name) => `<key id="${name}" for="node" attr.name="${name}"/>`).join('');
  return Buffer.from(`<graphml>${keys}<graph edgedefault="directed">${elements.join('\n')}</graph></graphml>`);
}

function nodeElement(id: number): string {
  return `<node id="n${id}"><data key="label">Invented Person ${id}x</data></node>`;
}

const edgeElement = ([from, to]: readonly [number, number]): string => `<edge source="n${from}" target="n${to}"/>`;
const edges = fc.array(fc.tuple(fc.nat(12), fc.nat(12)), { maxLength: 30 });
const tables = edges.map((rows) => Buffer.from(`source,target\n${rows.map((row) => `${row.join(',')}\n`).join('')}`));
const networks = edges.map((rows) =>
  graphml([...Array.from({ length: 10 }, (_, i) => nodeElement(i)), ...rows.map(edgeElement)]),
);

describe('slices', () => {
  test('[I18] hashes of links tell the same doubles as the links themselves', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          tables.filter((bytes) => bytes.length > 14),
          networks,
        ),
        (bytes) => {
          expect(planWholeImport({ bytes, hashText })).toEqual(planWholeImport({ bytes }));
        },
      ),
      { numRuns: 100 },
    );
  });

  test('of a long file come one after the other, each link behind its ends', () => {
    const rows = Array.from(
      { length: 60_000 },
      (_, i) => `Invented Person ${i},Invented Person ${(i * 7 + 1) % 60_000}\n`,
    );
    const bytes = Buffer.from(`source,target\n${rows.join('')}`);
    const met: string[] = [];
    let slices = 0;
    for (const { entities, links, ends, progress } of readImport({ bytes, hashText })) {
      slices += 1;
      expect(entities.length + links.length).toBeLessThan(30_000);
      expect(progress.total).toBe(bytes.length);
      met.push(...entities.map(({ key }) => key));
      expect(ends.map((number) => met[number])).toEqual(links.flatMap(({ fromKey, toKey }) => [fromKey, toKey]));
    }
    expect(slices).toBeGreaterThan(8);
    expect(new Set(met).size).toBe(60_000);
    expect(met).toHaveLength(60_000);
  });

  test('[I26, I29] nodes behind their edges give the same network', () => {
    const nodes = Array.from({ length: 10 }, (_, i) => nodeElement(i));
    fc.assert(
      fc.property(edges, fc.nat(9), (pairs, at) => {
        const ordered = planWholeImport({ bytes: graphml([...nodes, ...pairs.map(edgeElement)]) });
        const mixed = [...nodes.slice(0, at), ...pairs.map(edgeElement), ...nodes.slice(at)];
        expect(withoutLines(planWholeImport({ bytes: graphml(mixed), hashText }))).toEqual(withoutLines(ordered));
      }),
      { numRuns: 50 },
    );
  });

  test('[I23] what a column means may be said at the end of the file', () => {
    const network = '<graph edgedefault="directed"><node id="n0"><data key="k">Invented Person x</data></node></graph>';
    const bytes = Buffer.from(`<graphml>${network}<key id="k" for="node" attr.name="label"/></graphml>`);
    expect(planWholeImport({ bytes }).entities[0]?.claims).toContainEqual({
      property: 'name',
      value: 'Invented Person x',
    });
  });

  test('that were taken are not kept: only keys and hashes stay to the end', async () => {
    setFlagsFromString('--expose-gc');
    const collect: unknown = runInNewContext('gc');
    const rows = Array.from(
      { length: 30_000 },
      (_, i) => `n${i},Invented Person ${i}x,${'seen with nobody '.repeat(4)}\n`,
    );
    const bytes = Buffer.from(`id,name,note\n${rows.join('')}`);
    const slices = readImport({ bytes, hashText });
    const taken = Array.from({ length: 6 }, () => weakly(slices.next().value)).flat();
    await new Promise((resolve) => setImmediate(resolve));
    if (typeof collect === 'function') collect();
    expect(taken.length).toBeGreaterThan(15_000);
    expect(taken.slice(0, 10_000).filter((one) => one.deref() !== undefined)).toHaveLength(0);
    slices.return({} as never);
  });
});

test('[I18] a memory of hashes answers as one of whole texts, also when it has grown', () => {
  const [whole, digests] = [saidBefore(undefined), saidBefore(hashText)];
  for (let line = 1; line <= 20_000; line += 1) {
    const said = `link ${(line * 7919) % 9_000}`;
    expect(digests.lineOf(said, line)).toBe(whole.lineOf(said, line));
  }
  expect(digests.size()).toBe(9_000);
  expect(whole.size()).toBe(9_000);
});

function withoutLines(plan: ImportPlan): unknown {
  const rejected = plan.rejected.map(({ rule }) => rule).toSorted();
  return { ...plan, entities: bare(plan.entities), links: bare(plan.links), warnings: bare(plan.warnings), rejected };
}

function bare(rows: readonly { readonly line: number }[]): unknown[] {
  return rows.map((row) => ({ ...row, line: 0 }));
}

/** A function of its own, so that no slice stays in a register of the test. */
function weakly(slice: object): WeakRef<object>[] {
  return 'entities' in slice && Array.isArray(slice.entities)
    ? slice.entities.map((entity) => new WeakRef(entity))
    : [];
}
