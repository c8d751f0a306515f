import { performance } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { confirmedPair, handling, source } from '../../support/agency.ts';
import { releaseRequest, sealing } from '../../support/case-steps.ts';

/** Twenty thousand with `SLOW=1`. */
const PEOPLE = process.env['SLOW'] === undefined ? 4_000 : 20_000;
const LINKS = PEOPLE;

/** An invented edge list: a ring with chords, every tenth person a victim by the role in the file. */
function graphml(): Uint8Array {
  const nodes = Array.from({ length: PEOPLE }, (_, i) => {
    const role = i % 10 === 0 ? 'victim' : 'suspect';
    return `<node id="n${i}"><data key="label">Invented Person ${i}x</data><data key="role">${role}</data></node>`;
  });
  const edges = Array.from(
    { length: LINKS },
    (_, i) => `<edge source="n${i % PEOPLE}" target="n${(i * 7 + 1) % PEOPLE}"/>`,
  );
  const keys = ['label', 'role'].map((name) => `<key id="${name}" for="node" attr.name="${name}" attr.type="string"/>`);
  return new TextEncoder().encode(
    `<graphml>${keys.join('')}<graph edgedefault="directed">${nodes.join('')}${edges.join('')}</graph></graphml>`,
  );
}

test(
  'thousands of people and as many links are imported, released, reviewed and accepted; how long each step takes is printed',
  { timeout: 600_000 },
  async () => {
    const { a, b, idB } = await confirmedPair();
    const times: string[] = [];
    const timed = async <T>(step: string, work: () => Promise<T>): Promise<T> => {
      const began = performance.now();
      const result = await work();
      const used = Math.round(process.memoryUsage().rss / 2 ** 20);
      times.push(`${step} ${Math.round(performance.now() - began)} ms (${used} MiB)`);
      return result;
    };
    const options = { name: 'invented.graphml', format: 'auto', attach: 'auto', source, handling } as const;
    const file = { ...options, case: { title: 'Large' }, bytes: graphml() };
    const imported = await timed('import', () => a.call('import.apply', file));
    expect([imported.entities, imported.links]).toEqual([PEOPLE, LINKS]);
    const request = releaseRequest(imported.case, idB);
    const preview = await timed('preview', () => a.call('release.preview', request));
    expect(preview.totals.records).toBeGreaterThanOrEqual(PEOPLE + LINKS);
    const sealed = await timed('seal', () => a.call('release.seal', sealing(request, preview)));
    const plan = await timed('open', () => b.call('receive.open', { bytes: sealed.bytes }));
    expect(plan.counts.new).toBe(PEOPLE + LINKS + 1);
    await timed('apply', () => b.call('receive.apply', { quarantine: plan.quarantine, accept: 'all' }));
    const known = await timed('open again', () => b.call('receive.open', { bytes: sealed.bytes }));
    expect(known).toMatchObject({ verdict: 'known', stream: 'replay' });
    const chart = await timed('chart', () => b.call('case.chart', { case: imported.case }));
    expect([chart.case.entities, chart.case.links, chart.isWhole]).toEqual([PEOPLE, LINKS, false]);
    const page = await timed('page of members', () => b.call('case.members', { case: imported.case, limit: 200 }));
    expect([page.entities.length, page.total]).toEqual([200, PEOPLE]);
    await timed('second preview', () => a.call('release.preview', request));
    await timed('ledger', () => a.call('ledger.list', {}));
    process.stdout.write(`${times.join('\n')}\n`);
  },
);
