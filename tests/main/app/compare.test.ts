import fc from 'fast-check';
import { beforeAll, afterAll, describe, expect, test } from 'vitest';
import { answerTo, firstFile } from '../../../src-main/app/compare/answers.ts';
import type { ToldSet } from '../../../src-main/app/compare/told-set.ts';
import { hashInto, hashText } from '../../../src-main/exchange/native-hash.ts';
import { encodeComparison } from '../../../src-shared/bundle/comparison-file.ts';
import { depthFor, differingRanges, headsInSteps } from '../../../src-shared/bundle/comparison-tree.ts';
import type { Heads } from '../../../src-shared/bundle/comparison-tree.ts';
import { unseal } from '../../../src-shared/bundle/seal.ts';
import type { ComparisonView, DifferenceKind } from '../../../src-shared/contract/compare.ts';
import type { AgencyId, KeyId, RecordId, SubjectId } from '../../../src-shared/domain/ids.ts';
import { runThrough } from '../../../src-shared/crypto/steps.ts';
import { handling, source } from '../../support/agency.ts';
import { memoryAgency } from '../../support/memory-agency.ts';
import type { MemoryAgency } from '../../support/memory-agency.ts';
import { introduce, sayAt, send, take } from '../../support/memory-pair.ts';

/** docs/formats/compare.md, by the application's own calls over stores in memory. */

const MOST_TIME = 120_000;
const ends: (() => void)[] = [];
let clock = Date.UTC(2026, 4, 1);
const now = (): Date => new Date((clock += 1000));

interface Said {
  readonly subject: SubjectId;
  readonly record: RecordId;
}
interface World {
  readonly a: MemoryAgency;
  readonly b: MemoryAgency;
  readonly of: SubjectId;
  readonly ofA: readonly Said[];
  readonly ofB: readonly Said[];
}

let world: World;

beforeAll(async () => {
  const [a, b] = await Promise.all([
    memoryAgency('Northmark Agency', 'NL', now, (end) => ends.push(end)),
    memoryAgency('Suedhafen Office', 'DE', now, (end) => ends.push(end)),
  ]);
  await introduce(a, b);
  const { id: of } = await a.call('case.save', { title: 'Operation Test Lamp', handling });
  const ofA: Said[] = [];
  for (let i = 0; i < 6; i += 1) ofA.push(await sayAt(a, of, 'person', { name: `Sergo Madeupson ${i}` }));
  await take(b, await send(a, b, of));
  const ofB: Said[] = [];
  for (let i = 0; i < 4; i += 1) ofB.push(await sayAt(b, of, 'phone', { number: `+44 7700 90012${i}` }));
  await take(a, await send(b, a, of));
  world = { a, b, of, ofA, ofB };
}, MOST_TIME);

afterAll(() => ends.toReversed().forEach((end) => end()));

function apart(): World {
  return { ...world, a: world.a.copy(), b: world.b.copy() };
}

/** A begins, B answers, A answers: what each is told. */
async function compared({
  a,
  b,
  of,
}: World): Promise<{ first: ComparisonView; atA: ComparisonView; atB: ComparisonView }> {
  const open = (at: MemoryAgency, bytes: Uint8Array) => at.call('compare.open', { case: of, bytes, limit: 1000 });
  const one = await a.call('compare.begin', { case: of, partner: b.id });
  const first = await open(b, one.bytes);
  const two = await b.call('compare.answer', { case: of, bytes: one.bytes });
  const atA = await open(a, two.bytes);
  const three = await a.call('compare.answer', { case: of, bytes: two.bytes });
  return { first, atA, atB: await open(b, three.bytes) };
}

function named({ differences }: ComparisonView): string[] {
  return differences.map(({ record, what }) => `${what} ${record}`).toSorted();
}

const are = (what: DifferenceKind, ...records: readonly RecordId[]): string[] =>
  records.map((record) => `${what} ${record}`).toSorted();

async function words(at: MemoryAgency, of: SubjectId, partner: MemoryAgency): Promise<string> {
  return (await at.call('case.fingerprint', { case: of, partner: partner.id })).words;
}

const withdrawn = (at: MemoryAgency, record: RecordId, action: 'correct' | 'erase' = 'correct') =>
  at.call('record.retract', { records: [record], action, reason: 'wrong number' });

/** Says anew what a record says. */
async function changed(at: MemoryAgency, of: SubjectId, { subject, record }: Said, type: string, value: string) {
  const property = type === 'person' ? 'name' : 'number';
  const claims = [{ property, value }];
  return at.call('entity.save', { case: of, subject, supersedes: [record], type, claims, source, handling });
}

/** Ids of the records of a kind that a partner was sent, after some moment. */
async function recordsOf(at: MemoryAgency, subject: SubjectId): Promise<RecordId[]> {
  const { history } = await at.call('subject.show', { subject });
  return history.filter(({ state }) => state === 'live').map(({ record }) => record);
}

describe('two stores that exchanged everything', () => {
  test('[M4] [M7] have the same words for each other, whatever each of them keeps for itself', async () => {
    const { a, b, of } = apart();
    const before = await words(a, of, b);
    expect(await words(b, of, a)).toBe(before);
    await sayAt(a, of, 'person', { name: 'Only Athome' });
    await sayAt(b, of, 'phone', { number: '+44 7700 900199' });
    expect(await words(a, of, b)).toBe(before);
    expect(await words(b, of, a)).toBe(before);
    expect((await a.call('case.fingerprint', { case: of })).digest).not.toBe(
      (await b.call('case.fingerprint', { case: of })).digest,
    );
    const { first, atA, atB } = await compared({ ...world, a, b });
    for (const view of [first, atA, atB])
      expect(view).toMatchObject({ isSame: true, isCurrent: true, ranges: 0, left: 0, differences: [] });
    expect(first).toMatchObject({ round: 1, partner: a.id, partnerName: 'Northmark Agency', ours: first.theirs });
  });

  test('[M7] another partner and another case have other words', async () => {
    const { a, b, of } = apart();
    const other = await memoryAgency('Ostbruck Bureau', 'FR', now, (end) => ends.push(end));
    await introduce(a, other);
    await take(other, await send(a, other, of));
    expect(await words(a, of, other)).toBe(await words(other, of, a));
    expect(await words(a, of, other)).not.toBe(await words(a, of, b));
  });

  test('[M7] what was sent and answered with withheld claims is the same too', async () => {
    const { a, b, of } = apart();
    await sayAt(a, of, 'person', { name: 'Vera Inventova', subjectCategory: 'victim', dateOfBirth: '2003-04-05' });
    await take(b, await send(a, b, of));
    expect(await words(a, of, b)).toBe(await words(b, of, a));
  });
});

describe('one kind of difference names exactly its records', () => {
  test('[M20] a file that never arrived', async () => {
    const { a, b, of, ...rest } = apart();
    const before = new Set(await recordsOf(a, of));
    const { record } = await sayAt(a, of, 'person', { name: 'Lost Onthewayson' });
    const members = (await recordsOf(a, of)).filter((id) => !before.has(id));
    await send(a, b, of);
    const { first, atA, atB } = await compared({ a, b, of, ...rest });
    expect(members.length).toBe(1);
    expect(first).toMatchObject({ isSame: false, differences: [] });
    expect(first.ranges).toBeGreaterThan(0);
    expect(named(atA)).toEqual(are('missing-there', record, ...members));
    expect(named(atB)).toEqual(are('missing-here', record, ...members));
    expect(atA.differences.map(({ remedy, isOurs }) => [remedy, isOurs])).toEqual([
      ['release', true],
      ['release', true],
    ]);
    expect(atA.differences.map(({ held }) => held?.label ?? '').toSorted()).toEqual([
      'Lost Onthewayson',
      'Operation Test Lamp',
    ]);
    expect(atB.differences.map(({ remedy, isOurs, held }) => [remedy, isOurs, held])).toEqual([
      ['ask', false, undefined],
      ['ask', false, undefined],
    ]);
  });

  test.each(['correct', 'erase'] as const)('[M20] a withdrawal that was not sent (%s)', async (action) => {
    const { a, b, of, ofA, ...rest } = apart();
    const record = ofA[2]?.record as RecordId;
    await withdrawn(a, record, action);
    const { atA, atB } = await compared({ a, b, of, ofA, ...rest });
    expect(named(atA)).toEqual(are('withdrawn-here', record));
    expect(named(atB)).toEqual(are('gone-there', record));
    await take(b, await send(a, b, of));
    expect(await words(a, of, b)).toBe(await words(b, of, a));
  });

  test('[M20] a change that was not sent', async () => {
    const { a, b, of, ofB, ...rest } = apart();
    await changed(b, of, ofB[1] as Said, 'phone', '+44 7700 900177');
    const { atA, atB } = await compared({ a, b, of, ofB, ...rest });
    expect(named(atB)).toEqual(are('changed-here', ofB[1]?.record as RecordId));
    expect(named(atA)).toEqual(are('gone-there', ofB[1]?.record as RecordId));
  });

  test('[M20] a received bundle that was taken back', async () => {
    const { a, b, of, ...rest } = apart();
    const before = new Set(await recordsOf(a, of));
    const { record } = await sayAt(a, of, 'person', { name: 'Taken Backman' });
    const members = (await recordsOf(a, of)).filter((id) => !before.has(id));
    await take(b, await send(a, b, of));
    expect(await words(a, of, b)).toBe(await words(b, of, a));
    const { batches } = await b.call('batch.list', { limit: 1 });
    await b.call('batch.undo', { batch: batches[0]?.id as never });
    const { atA, atB } = await compared({ a, b, of, ...rest });
    expect(named(atA)).toEqual(are('missing-there', record, ...members));
    expect(named(atB)).toEqual(are('missing-here', record, ...members));
  });

  test('[M20] claims that were disclosed later', async () => {
    const { a, b, of, ...rest } = apart();
    const { record } = await sayAt(a, of, 'person', {
      name: 'Vera Inventova',
      subjectCategory: 'victim',
      dateOfBirth: '2003-04-05',
    });
    await take(b, await send(a, b, of));
    const later = await send(a, b, of, { include: ['victims'] });
    const { atA, atB } = await compared({ a, b, of, ...rest });
    expect(named(atA)).toEqual(are('fewer-there', record));
    expect(named(atB)).toEqual(are('fewer-here', record));
    await take(b, later);
    expect(await words(a, of, b)).toBe(await words(b, of, a));
  });

  test('[M20] a store that is older than what the partner has seen', async () => {
    const { a, b, of, ofA, ...rest } = apart();
    const older = a.copy();
    const { record } = await sayAt(a, of, 'person', { name: 'Forgotten Restoreson' });
    await take(b, await send(a, b, of));
    const { atA, atB } = await compared({ a: older, b, of, ofA, ...rest });
    expect(atA.differences.map(({ what }) => what)).toEqual(['unknown-here', 'unknown-here']);
    expect(named(atA)).toContain(`unknown-here ${record}`);
    expect(atB.differences.map(({ what }) => what)).toEqual(['gone-there', 'gone-there']);
  });
});

test(
  '[M1–M3] [M11] [M20] any mixture of differences is told exactly, on both sides',
  { timeout: MOST_TIME },
  async () => {
    const Action = fc.constantFrom('nothing', 'withdraw', 'erase', 'change');
    const Actions = fc.tuple(
      fc.array(Action, { minLength: 6, maxLength: 6 }),
      fc.array(Action, { minLength: 4, maxLength: 4 }),
    );
    await fc.assert(
      fc.asyncProperty(Actions, async ([atA, atB]) => {
        const here = apart();
        const { a, b, of } = here;
        const expectedA: string[] = [];
        const expectedB: string[] = [];
        for (const [agency, said, actions, own, others, type] of [
          [a, here.ofA, atA, expectedA, expectedB, 'person'],
          [b, here.ofB, atB, expectedB, expectedA, 'phone'],
        ] as const) {
          for (const [i, action] of actions.entries()) {
            const one = said[i] as Said;
            if (action === 'nothing') continue;
            if (action === 'change')
              await changed(agency, of, one, type, type === 'person' ? `Other ${i}` : `+44 7700 90088${i}`);
            else await withdrawn(agency, one.record, action === 'erase' ? 'erase' : 'correct');
            own.push(...are(action === 'change' ? 'changed-here' : 'withdrawn-here', one.record));
            others.push(...are('gone-there', one.record));
          }
        }
        const told = await compared(here);
        expect(named(told.atA)).toEqual(expectedA.toSorted());
        expect(named(told.atB)).toEqual(expectedB.toSorted());
        expect((await words(a, of, b)) === (await words(b, of, a))).toBe(expectedA.length === 0);
      }),
      { numRuns: 12 },
    );
  },
);

describe('the files', () => {
  test('[M30] tell nothing that the partner was never told, not by a byte', async () => {
    const { a, b, of } = apart();
    const copy = a.copy();
    const { record } = await sayAt(a, of, 'person', { name: 'Canary Secretova' });
    const open = async (at: MemoryAgency) => {
      const { bytes } = await at.call('compare.begin', { case: of, partner: b.id });
      const identity = new TextDecoder().decode((await b.call('vault.identity', {})).bytes).trim();
      const inner = await unseal([identity], bytes);
      const length = new DataView(inner.buffer, inner.byteOffset).getUint32(4);
      const text = new TextDecoder('latin1').decode(inner);
      return { text, said: text.slice(8, 8 + length).replace(/"created":"[^"]*"/, '') };
    };
    const [withCanary, without] = [await open(a), await open(copy)];
    expect(withCanary.said).toBe(without.said);
    expect(withCanary.said).toContain('"round":1');
    for (const planted of ['Canary', 'Secretova', record, 'Madeupson', 'Operation'])
      expect(withCanary.text).not.toContain(planted);
  });

  test('[M16] a list says that it is not current when the store changed since', async () => {
    const { a, b, of, ofA } = apart();
    const one = await a.call('compare.begin', { case: of, partner: b.id });
    const two = await b.call('compare.answer', { case: of, bytes: one.bytes });
    expect(await a.call('compare.open', { case: of, bytes: two.bytes, limit: 10 })).toMatchObject({
      isCurrent: true,
      isSame: true,
    });
    await withdrawn(a, ofA[0]?.record as RecordId);
    expect(await a.call('compare.open', { case: of, bytes: two.bytes, limit: 10 })).toMatchObject({
      isCurrent: false,
      isSame: false,
    });
  });

  test('[M20] a list is told page by page', async () => {
    const { a, b, of, ofA } = apart();
    for (const { record } of ofA) await withdrawn(a, record);
    const one = await b.call('compare.begin', { case: of, partner: a.id });
    const { bytes } = await a.call('compare.answer', { case: of, bytes: one.bytes });
    const pages = await Promise.all([0, 4].map((from) => b.call('compare.open', { case: of, bytes, from, limit: 4 })));
    expect(pages.map(({ differences, total }) => [differences.length, total])).toEqual([
      [4, 6],
      [2, 6],
    ]);
    expect(new Set(pages.flatMap(({ differences }) => differences.map(({ record }) => record)))).toEqual(
      new Set(ofA.map(({ record }) => record)),
    );
  });

  test('are held against the store once for all of their pages, and anew when it has changed', async () => {
    const { a, b, of, ofA, ofB } = apart();
    await withdrawn(a, ofA[0]?.record as RecordId);
    const one = await b.call('compare.begin', { case: of, partner: a.id });
    const { bytes } = await a.call('compare.answer', { case: of, bytes: one.bytes });
    const page = (from: number) => b.call('compare.open', { case: of, bytes, from, limit: 1 });
    const first = await page(0);
    let comparisons = 0;
    b.interrupt('compare', async () => void (comparisons += 1));
    expect(await page(0)).toEqual(first);
    expect(comparisons).toBe(0);
    await withdrawn(b, ofB[0]?.record as RecordId);
    expect([first.isCurrent, (await page(0)).isCurrent]).toEqual([true, false]);
    expect(comparisons).toBe(1);
  });

  test('[§4] are refused where they are not for us, not of this case, or the last', async () => {
    const { a, b, of } = apart();
    const other = await memoryAgency('Westhaven Unit', 'AT', now, (end) => ends.push(end));
    await introduce(a, other);
    const { id: second } = await b.call('case.save', { title: 'Another', handling });
    const one = await a.call('compare.begin', { case: of, partner: b.id });
    const two = await b.call('compare.answer', { case: of, bytes: one.bytes });
    const three = await a.call('compare.answer', { case: of, bytes: two.bytes });
    const bundle = await send(a, b, of);
    const open = (bytes: Uint8Array, id = of) => b.call('compare.open', { case: id, bytes, limit: 1 });
    await expect(open(one.bytes, second)).rejects.toMatchObject({ code: 'compare.other-case' });
    await expect(open(two.bytes)).rejects.toMatchObject({ code: 'bundle.not-for-us' });
    await expect(open(bundle)).rejects.toMatchObject({ code: 'file.other-kind' });
    await expect(open(new Uint8Array(100))).rejects.toMatchObject({ code: 'bundle.malformed' });
    const flipped = one.bytes.slice();
    flipped[flipped.length - 20] = (flipped.at(-20) ?? 0) ^ 1;
    await expect(open(flipped)).rejects.toMatchObject({ code: 'bundle.damaged' });
    await expect(b.call('compare.answer', { case: of, bytes: three.bytes })).rejects.toMatchObject({
      code: 'compare.last-file',
    });
    await expect(a.call('compare.begin', { case: of, partner: 'f'.repeat(64) })).rejects.toMatchObject({
      code: 'store.not-found',
    });
    await a.call('partner.revoke', { agency: b.id, reason: 'lost keys' });
    await expect(a.call('compare.begin', { case: of, partner: b.id })).rejects.toMatchObject({
      code: 'partner.not-confirmed',
    });
    await expect(a.call('compare.open', { case: of, bytes: two.bytes, limit: 1 })).rejects.toMatchObject({
      code: 'bundle.revoked-signer',
    });
  });

  test('[M21] [M32] every file that is made is in the audit log, and opening one changes nothing', async () => {
    const { a, b, of } = apart();
    const one = await a.call('compare.begin', { case: of, partner: b.id });
    const before = await b.call('audit.list', { limit: 1 });
    await b.call('compare.open', { case: of, bytes: one.bytes, limit: 1 });
    expect((await b.call('audit.list', { limit: 1 })).total).toBe(before.total);
    await b.call('compare.answer', { case: of, bytes: one.bytes });
    expect((await a.call('audit.list', { limit: 1 })).entries[0]).toMatchObject({ action: 'compare.begin' });
    expect((await b.call('audit.list', { limit: 1 })).entries[0]).toMatchObject({ action: 'compare.answer' });
  });
});

const by = (issuer: AgencyId) => ({ issuer, kid: '0123456789abcdef' as KeyId, created: '2026-05-01T09:30:00.000Z' });
const noSignature = () => new Uint8Array(64);

test('[M10] [M12] a hundred differences among 100 000 records are found in three files', { timeout: MOST_TIME }, () => {
  const { case: of, agencies } = { case: world.of, agencies: [world.a.id, world.b.id] as const };
  const entries = Array.from({ length: 100_000 }, (_, i) => ({
    id: hashText(`record ${i}`) as RecordId,
    withheld: 0,
    isOurs: i % 2 === 0,
  })).sort((one, other) => (one.id < other.id ? -1 : 1));
  const setA: ToldSet = { case: of, agencies, entries: entries.filter((_, i) => i % 2000 !== 7) };
  const mirrored = entries.map((entry) => ({ ...entry, isOurs: !entry.isOurs }));
  const setB: ToldSet = { case: of, agencies, entries: mirrored.filter((_, i) => i % 2000 !== 1007) };
  const depth = depthFor(setA.entries.length);
  const [headsA, headsB] = [setA, setB].map((set) => runThrough(headsInSteps(set, set.entries, depth, hashInto))) as [
    Heads,
    Heads,
  ];
  const one = firstFile(by(world.a.id), world.b.id, setA, headsA);
  const two = answerTo(by(world.b.id), one, setB, headsB);
  const three = answerTo(by(world.a.id), two, setA, headsA);
  const ids = ({ ours, yours }: typeof two) => new Set([...ours, ...yours].map(([id]) => id));
  const [atB, atA] = [ids(two), ids(three)];
  const onlyA = [...atA].filter((id) => !atB.has(id));
  const onlyB = [...atB].filter((id) => !atA.has(id));
  expect([onlyA.length, onlyB.length, two.left, three.left]).toEqual([50, 50, 0, 0]);
  expect(new Set(onlyA)).toEqual(new Set(entries.filter((_, i) => i % 2000 === 1007).map(({ id }) => id)));
  expect(new Set(onlyB)).toEqual(new Set(entries.filter((_, i) => i % 2000 === 7).map(({ id }) => id)));
  const sizes = [one, two, three].map((file) => encodeComparison(file, noSignature).length);
  process.stdout.write(`100 000 records, 100 differences: 3 files of ${sizes.join(', ')} bytes\n`);
  expect(Math.max(...sizes)).toBeLessThan(2 ** 19);
});

test('[M12] what does not fit into one file is counted, and a further comparison shows it', () => {
  const { case: of, agencies } = { case: world.of, agencies: [world.a.id, world.b.id] as const };
  const entries = Array.from({ length: 70_000 }, (_, i) => ({
    id: hashText(`${i}`) as RecordId,
    withheld: 0,
    isOurs: true,
  }));
  const full: ToldSet = { case: of, agencies, entries: entries.sort((one, other) => (one.id < other.id ? -1 : 1)) };
  const none: ToldSet = { case: of, agencies, entries: [] };
  const depth = depthFor(70_000);
  const [headsA, headsB] = [full, none].map((set) => runThrough(headsInSteps(set, set.entries, depth, hashInto))) as [
    Heads,
    Heads,
  ];
  const one = firstFile(by(world.b.id), world.a.id, none, headsB);
  const two = answerTo(by(world.a.id), one, full, headsA);
  expect(two.ours.length).toBeLessThanOrEqual(65_536);
  expect(two.ours.length).toBeGreaterThan(65_000);
  expect(two.ranges.length + two.left).toBe(differingRanges(headsA.nodes, headsB.nodes).length);
  expect(answerTo(by(world.b.id), two, none, headsB).left).toBe(two.left);
});
