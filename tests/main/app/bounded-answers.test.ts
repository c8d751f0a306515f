import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { methods } from '../../../src-shared/contract/methods.ts';
import { MOST_DRAWN, MOST_STOPS } from '../../../src-shared/contract/views.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import type { Input } from '../../../src-shared/contract/methods.ts';
import { planRelease } from '../../../src-shared/policy/plan-release.ts';
import { releaseSums } from '../../../src-main/exchange/release-preview.ts';
import { addManifest } from '../../../src-main/store/streams.ts';
import { write } from '../../../src-main/store/store.ts';
import { confirmedPair, createdAgency, handling, source, type TestAgency } from '../../support/agency.ts';
import { addEntity, addLink, openCase, releaseRequest, sealing } from '../../support/case-steps.ts';
import { memoryAgency } from '../../support/memory-agency.ts';
import { twoOfficers } from '../../support/officers.ts';
import { entity } from '../../support/records.ts';
import { questionOf } from '../../support/release-question.ts';
import { note, SOUTHVALE } from '../../support/store-builders.ts';

/** An invented star: one person in the middle, and so many others whom only links join to it. */
async function importStar(
  agency: TestAgency,
  rays: number,
): Promise<{ readonly id: SubjectId; readonly hub: SubjectId }> {
  const names = ['Hub', ...Array.from({ length: rays }, (_, i) => `Invented Person ${String(i).padStart(5, '0')}`)];
  const nodes = names.map((name, i) => `<node id="n${i}"><data key="label">${name}</data></node>`).join('');
  const edges = names
    .slice(1)
    .map((_, i) => `<edge source="n0" target="n${i + 1}"/>`)
    .join('');
  const text = `<graphml><key id="label" for="node" attr.name="label" attr.type="string"/><graph edgedefault="directed">${nodes}${edges}</graph></graphml>`;
  const { case: id } = await agency.call('import.apply', {
    case: { title: 'Star' },
    name: 'star.graphml',
    format: 'auto',
    attach: 'auto',
    source,
    handling,
    entityType: 'person',
    bytes: new TextEncoder().encode(text),
  });
  const { hits } = await agency.call('search.find', { text: 'Hub', limit: 1 });
  const hub = hits[0]?.id;
  if (hub === undefined) throw new Error('no hub');
  return { id, hub };
}

test('a case and a hub larger than any screen are answered in parts that say how much there is', async () => {
  const agency = await createdAgency('Northmark Agency');
  const rays = MOST_DRAWN + 10;
  const { id, hub } = await importStar(agency, rays);
  const chart = await agency.call('case.chart', { case: id });
  expect(chart.isWhole).toBe(false);
  expect(chart.case.entities).toBe(rays + 1);
  expect(chart.entities.length).toBeLessThan(100);

  const shown = await agency.call('subject.show', { subject: hub });
  expect(shown.links).toHaveLength(100);
  expect(shown.totals.links).toBe(rays);

  const { counts } = await agency.call('subject.expand', { subject: hub, limit: 0 });
  expect(counts).toContainEqual({ type: 'person', entities: rays });
  const first = await agency.call('subject.expand', { subject: hub, limit: 100 });
  const drawn = first.entities.map((entity) => entity.id);
  const next = await agency.call('subject.expand', { subject: hub, limit: 100, exclude: drawn });
  expect(new Set([...drawn, ...next.entities.map((entity) => entity.id)]).size).toBe(200);
  expect(next.counts).toContainEqual({ type: 'person', entities: rays - 100 });

  const expanded = await agency.call('case.chart', { case: id, also: [hub, ...drawn] });
  const begun = chart.entities.map((entity) => entity.id);
  expect(new Set(expanded.entities.map((entity) => entity.id))).toEqual(new Set([...begun, hub, ...drawn]));
  expect(expanded.guests).toEqual([]);
  const everybody = await agency.call('case.chart', { case: id, also: [hub], only: drawn });
  expect(everybody.entities).toHaveLength(101);

  const pages: string[] = [];
  for (let isLast = false; !isLast;) {
    const page = await agency.call('case.members', { case: id, limit: 700, at: pages.length });
    expect([page.at, page.total]).toEqual([pages.length, rays + 1]);
    pages.push(...page.entities.map(({ label }) => label));
    isLast = page.isLast;
  }
  expect(pages).toEqual(pages.toSorted());
  expect(new Set(pages).size).toBe(rays + 1);
});

test('what is drawn beside a case becomes a member of it, once, as one change', async () => {
  const agency = await createdAgency('Northmark Agency');
  const id = await openCase(agency);
  const { subject: ada } = await addEntity(agency, id, 'person', { name: 'Ada Invented' });
  const other = await openCase(agency, 'Operation Elsewhere');
  const { subject: guest } = await addEntity(agency, other, 'person', { name: 'Bea Invented' });
  const { subject: tie } = await addLink(agency, other, 'associate-of', [ada, guest], {}, { directed: false });
  const beside = await agency.call('case.chart', { case: id, also: [guest] });
  expect(beside.guests).toEqual([guest, tie]);
  const before = (await agency.call('batch.list', { limit: 10 })).total;
  expect(await agency.call('case.add-members', { case: id, members: [guest, tie, guest] })).toEqual({ added: 2 });
  expect(await agency.call('case.add-members', { case: id, members: [guest, tie] })).toEqual({ added: 0 });
  expect((await agency.call('batch.list', { limit: 10 })).total).toBe(before + 1);
  expect(await agency.call('case.chart', { case: id })).toMatchObject({ guests: [], isWhole: true });
  expect((await agency.call('case.chart', { case: id })).links).toHaveLength(1);
});

test('a subject that the store does not hold is not made a member', async () => {
  const agency = await createdAgency('Northmark Agency');
  const id = await openCase(agency);
  const unknown = '01a20009-494d-7f32-be0f-2811477284a5';
  expect(await agency.refusal('case.add-members', { case: id, members: [unknown] })).toBe('store.not-found');
  expect(await agency.refusal('subject.expand', { subject: unknown, limit: 1 })).toBe('store.not-found');
});

/** Methods that answer lists and take no limit, and what bounds these. */
const BOUNDED: { readonly [name: string]: string } = {
  'vault.list': 'vaults on this machine',
  'vault.users': 'slots of a header',
  'vault.rotate': 'slots of a header',
  'store.state': 'tables and indexes',
  'store.check': 'tables and indexes',
  'store.rebuild': 'tables and indexes',
  'rescue.finish': 'tables',
  'case.save': 'agencies',
  'case.chart': 'what is drawn of a large case',
  'record.retract': 'partners',
  'subject.show': 'limits of its own, with totals',
  'graph.path': 'pairs that are asked for',
  'attachment.finish': 'one file',
  'import.preview': 'limits of its own, with totals',
  'import.apply': 'limits of its own, with totals',
  'keys.show': 'what fits in a card, and slots of a header',
  'partner.list': 'partners',
  'partner.add': 'partners, and the last forks',
  'partner.confirm': 'partners, and the last forks',
  'partner.describe': 'partners, and the last forks',
  'partner.require': 'partners, and the last forks',
  'partner.revoke': 'partners, and the last forks',
  'permission.scope': 'the first subjects, with totals',
  'permission.create': 'own records, thousands of them in one',
  'release.preview': 'limits of its own, with totals',
  'release.declined': 'the last 20',
  'release.approve': 'partners, and officers who approve',
  'release.seal': 'partners',
  'stream.list': 'partners, each with limits of its own',
  'receive.open': 'totals of one bundle',
  'receive.list': 'bundles that wait, and the last that were dropped',
  'receive.plan': 'totals of one bundle',
  'receive.apply': 'totals of one bundle',
  'receive.choose': 'items that are asked about',
  'receive.chart': 'what one drawing takes',
};

test('a method that answers a list takes a limit, unless something else bounds the list', () => {
  const unlimited = Object.entries(methods).filter(
    ([, { input, output }]) => Object.values(output.shape).some(isList) && !('limit' in input.shape),
  );
  expect(unlimited.map(([name]) => name).toSorted()).toEqual(Object.keys(BOUNDED).toSorted());
});

function isList(field: unknown): boolean {
  return field instanceof z.ZodOptional ? isList(field.unwrap()) : field instanceof z.ZodArray;
}

test('cases are found by title beyond the end of the list, and the list says how many there are', async () => {
  const agency = await createdAgency('Northmark Agency');
  for (const title of ['Operation One', 'Operation Two', 'Operation Three']) await openCase(agency, title);
  const { cases, total } = await agency.call('case.list', { limit: 1 });
  expect([cases.length, total]).toEqual([1, 3]);
  expect((await agency.call('case.list', { named: 'Operation One', limit: 1 })).cases).toMatchObject([
    { title: 'Operation One' },
  ]);
});

test('releases that wait are told page by page, oldest first, or one by one', async () => {
  const { a, idB } = await confirmedPair();
  const { olga } = await twoOfficers(a, { releases: 2 });
  const asked: string[] = [];
  for (const title of ['Operation One', 'Operation Two', 'Operation Three']) {
    const id = await openCase(olga, title);
    await addEntity(olga, id, 'phone', { number: '+44 7700 900123' });
    const request = releaseRequest(id, idB);
    const preview = await olga.call('release.preview', request);
    asked.push((await olga.call('release.ask', sealing(request, preview))).id);
  }
  const page = async (input: Input<'release.pending'>) => {
    const { pending, total } = await olga.call('release.pending', input);
    return { ids: pending.map(({ id }) => id), total };
  };
  expect(await page({ limit: 2 })).toEqual({ ids: asked.slice(0, 2), total: 3 });
  expect(await page({ limit: 2, after: 2 })).toEqual({ ids: asked.slice(2), total: 3 });
  expect(await page({ id: asked[1] })).toEqual({ ids: asked.slice(1, 2), total: 3 });
  await olga.call('release.withdraw', { id: asked[1] ?? '' });
  expect(await page({ id: asked[1] })).toEqual({ ids: [], total: 2 });
});

test('of the bundles that were dropped while they waited the last hundred are told', async () => {
  const agency = await memoryAgency('Northmark Agency', 'NL', () => new Date(0), onTestFinished);
  write(agency.store, note('receive.withdrawn'), (tx) => {
    for (let sequence = 1; sequence <= 101; sequence += 1) {
      const manifest = sequence.toString(16).padStart(64, '0');
      const at = new Date(sequence * 1000).toISOString();
      const place = { direction: 'in', agency: SOUTHVALE, epoch: 1, sequence, manifest } as const;
      addManifest(tx, { ...place, bundle: '', verdict: 'withdrawn', at });
    }
  });
  const { withdrawn } = await agency.call('receive.list', {});
  expect(withdrawn).toHaveLength(100);
  expect(withdrawn[0]?.sequence).toBe(101);
});

test('as many stops are told as can be answered, and how many there are', () => {
  const records = Array.from({ length: MOST_STOPS + 1 }, (_, at) =>
    entity('phone', {
      handling: { tlp: 'TLP:AMBER', codes: ['H3'], caveat: `Caveat ${at}`, purposes: [], legalBases: [] },
    }),
  );
  const plan = planRelease(questionOf(records));
  const sums = releaseSums(plan, []);
  expect([sums.stops.length, sums.stopsTotal]).toEqual([MOST_STOPS, MOST_STOPS + 1]);
  expect(releaseSums(plan, [plan.stops[0]?.key ?? '']).stopsTotal).toBe(MOST_STOPS);
});
