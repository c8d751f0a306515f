import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newBatch } from '../../../src-main/store/batches.ts';
import { writeInBulk } from '../../../src-main/store/bulk.ts';
import type { BulkStage } from '../../../src-main/store/bulk-finish.ts';
import { fingerprint, projectionLines } from '../../../src-main/store/fingerprint.ts';
import { readHead } from '../../../src-main/store/head-row.ts';
import { caseRow, statusCounts } from '../../../src-main/store/queries.ts';
import { putRecords } from '../../../src-main/store/records.ts';
import { rebuildInSteps } from '../../../src-main/store/rebuild.ts';
import { verifyHead, write } from '../../../src-main/store/store.ts';
import type { Store } from '../../../src-main/store/store.ts';
import type { IdentifiedRecord, PutResult } from '../../../src-main/store/types.ts';
import { randomRecords, waysToCome } from '../../support/random-records.ts';
import { AT, caseOf, emptyStore, link, note, person, put, retract, subjectId } from '../../support/store-builders.ts';

/** A bulk change is a change: everything it does must be what `write` and `putRecords` do. */

const EARLY = { gathered: 2, putOff: 3 };
const LATE = { gathered: 1000, putOff: 1_000_000 };
const NEW = { kind: 'import', at: AT, actor: 'Ana' } as const;
const quietly = (): Promise<void> => Promise.resolve();
const runs = { numRuns: process.env['SLOW'] === '1' ? 500 : 50 };

async function putInBulk(
  store: Store,
  parts: readonly (readonly IdentifiedRecord[])[],
  limits: typeof EARLY = EARLY,
): Promise<PutResult[]> {
  const work = (bulk: Parameters<Parameters<typeof writeInBulk>[3]>[0]): Promise<PutResult[]> => {
    const batch = newBatch(bulk.tx, NEW);
    return Promise.resolve(parts.map((part) => bulk.put(batch, part)));
  };
  return await writeInBulk(store, note('test.bulk'), quietly, work, limits);
}

function putAtOnce(store: Store, parts: readonly (readonly IdentifiedRecord[])[]): PutResult[] {
  return write(store, note('test.bulk'), (tx) => {
    const batch = newBatch(tx, NEW);
    return parts.map((part) => putRecords(tx, batch, part));
  });
}

/** Everything that two stores must have in common. */
function told(store: Store): unknown {
  return {
    projection: [...projectionLines(store)],
    counts: statusCounts(store),
    records: store.sqlite.prepare('SELECT id, state, batch, body FROM records ORDER BY id').all(),
    batches: store.sqlite.prepare('SELECT * FROM batches ORDER BY id').all(),
    tombstones: store.sqlite.prepare('SELECT t.id, t.by FROM tombstones t ORDER BY t.id').all(),
    members: store.sqlite.prepare('SELECT count(*), sum(stated) FROM case_members').raw().get(),
    statements: store.sqlite.prepare('SELECT body FROM case_statements ORDER BY body').pluck().all(),
  };
}

/** Counts kept step by step are those of the rows. */
function counted(store: Store): unknown {
  const one = (sql: string): unknown => store.sqlite.prepare(sql).pluck().get();
  return {
    entities: one('SELECT count(*) FROM entities'),
    links: one('SELECT count(*) FROM links WHERE is_drawable = 1'),
    undrawnLinks: one('SELECT count(*) FROM links WHERE is_drawable = 0'),
    records: one('SELECT count(*) FROM records'),
    cases: one('SELECT count(*) FROM cases'),
  };
}

const CASE_MEMBERS = `SELECT c.id,
    (SELECT count(*) FROM case_members m CROSS JOIN entities e ON e.id = m.member WHERE m.case_id = c.id) = c.entities AS entities,
    (SELECT count(*) FROM case_members m CROSS JOIN links l ON l.id = m.member WHERE m.case_id = c.id AND l.is_drawable = 1) = c.links AS links
  FROM cases c`;

test('[V70] [V73] in bulk and at once: the same answers, rows, counts, projection and content of the head', async () => {
  const ways = randomRecords.chain((all) => fc.tuple(waysToCome(all), waysToCome(all), fc.constantFrom(EARLY, LATE)));
  await fc.assert(
    fc.asyncProperty(ways, async ([before, after, limits]) => {
      const [bulk, plain] = [emptyStore(), emptyStore()];
      const half = before.slice(0, Math.floor(before.length / 3));
      for (const part of half) for (const store of [bulk, plain]) put(store, part);
      const answers = await putInBulk(bulk, after, limits);
      expect(answers).toEqual(putAtOnce(plain, after));
      expect(told(bulk)).toEqual(told(plain));
      expect(fingerprint(bulk)).toBe(fingerprint(plain));
      expect(statusCounts(bulk)).toMatchObject(counted(bulk) as object);
      expect(bulk.sqlite.prepare(CASE_MEMBERS).all()).toEqual(
        bulk.sqlite.prepare('SELECT id, 1 AS entities, 1 AS links FROM cases').all(),
      );
      expect(verifyHead(bulk).ok).toBe(true);
      expect(indexesOf(bulk)).toEqual(indexesOf(plain));
    }),
    runs,
  );
});

test('[V74] hundreds of subjects, some held, some new, some named before they come: as at once', async () => {
  const names = Array.from({ length: 240 }, (_, i) => `Invented ${i}`);
  const people = names.map((name) => person(name));
  const links = names.map((name, i) => link(`l${i}`, 'called', [name, `Invented ${(i * 7) % 300}`]));
  const cases = [0, 1, 2].map((i) => caseOf('Operation Example', names.slice(i * 60, i * 60 + 120), { seed: `${i}` }));
  const later = names.filter((_, i) => i % 5 === 0).map((name) => person(name, [['alias', 'Sparrow']]));
  const [bulk, plain] = [emptyStore(), emptyStore()];
  for (const store of [bulk, plain]) put(store, [...people.slice(0, 70), ...links.slice(0, 30)]);
  const parts = [links, cases, people, later];
  expect(await putInBulk(bulk, parts, { gathered: 64, putOff: 200 })).toEqual(putAtOnce(plain, parts));
  expect(told(bulk)).toEqual(told(plain));
  expect(statusCounts(bulk)).toMatchObject(counted(bulk) as object);
  expect(caseRow(bulk, subjectId('Operation Example'))).toMatchObject({ entities: 240, links: 0 });
});

test('[V40] [V74] an entity that goes, or comes late, in bulk: its links are drawn no longer, or from then on', async () => {
  for (const limits of [EARLY, LATE]) {
    const [ada, bo] = [person('Ada'), person('Bo')];
    const store = emptyStore();
    put(store, [ada, bo, link('l', 'called', ['Ada', 'Bo']), link('m', 'called', ['Bo', 'Cy'])]);
    put(store, [caseOf('Case', ['Ada', 'Bo', 'Cy', 'l', 'm'])]);
    expect(caseRow(store, subjectId('Case'))).toMatchObject({ entities: 2, links: 1 });
    await putInBulk(store, [[retract([ada], 'correct'), person('Cy'), person('Di'), person('Ed')]], limits);
    expect(statusCounts(store)).toMatchObject({ entities: 4, links: 1, undrawnLinks: 1 });
    expect(statusCounts(store)).toMatchObject(counted(store) as object);
    expect(caseRow(store, subjectId('Case'))).toMatchObject({ entities: 2, links: 1 });
    expect(store.sqlite.prepare('SELECT is_drawable FROM links ORDER BY id').pluck().all()).toEqual([0, 1]);
  }
});

test('[V72] [V76] counts and members stay right through any changes', () => {
  fc.assert(
    fc.property(randomRecords.chain(waysToCome), (parts) => {
      const store = emptyStore();
      for (const part of parts) put(store, part);
      expect(statusCounts(store)).toMatchObject(counted(store) as object);
      for (const row of store.sqlite.prepare(CASE_MEMBERS).all()) expect(row).toMatchObject({ entities: 1, links: 1 });
    }),
    runs,
  );
});

test('[V40] [V78] the projection that grew in any way is the one that is rebuilt in steps', async () => {
  await fc.assert(
    fc.asyncProperty(randomRecords.chain(waysToCome), async (parts) => {
      const store = emptyStore();
      await putInBulk(store, parts);
      const grown = told(store) as { counts: object };
      store.sqlite.exec(`UPDATE entities SET label = 'wrong'; UPDATE counts SET n = n + 1; DELETE FROM case_members`);
      await rebuildInSteps(store, note('store.rebuilt'), quietly);
      const { sequence } = readHead(store);
      expect(told(store)).toEqual({ ...grown, counts: { ...grown.counts, sequence } });
      expect(verifyHead(store).ok).toBe(true);
      expect(indexesOf(store)).toEqual(indexesOf(emptyStore()));
    }),
    runs,
  );
});

test('[V71] progress tells the stages in order, and what it throws takes everything back', async () => {
  const stages: BulkStage[] = ['records', 'projection', 'indexes', 'search', 'commit'];
  for (const cancelled of stages.filter((stage) => stage !== 'records' && stage !== 'search')) {
    const store = emptyStore();
    put(store, [person('Ada'), link('l', 'called', ['Ada', 'Bo'])]);
    const before = { told: told(store), head: readHead(store), indexes: indexesOf(store) };
    const seen: BulkStage[] = [];
    const progress = (stage: BulkStage): Promise<void> => {
      seen.push(stage);
      return stage === cancelled ? Promise.reject(new Error('enough')) : Promise.resolve();
    };
    const bulk = writeInBulk(
      store,
      note('test.bulk'),
      progress,
      ({ tx, put: add }) =>
        Promise.resolve(add(newBatch(tx, NEW), [person('Bo'), person('Cy'), caseOf('Case', ['Bo']), person('Di')])),
      EARLY,
    );
    await expect(bulk).rejects.toThrow('enough');
    const order = seen.map((stage) => stages.indexOf(stage));
    expect(order).toEqual(order.toSorted((one, other) => one - other));
    expect({ told: told(store), head: readHead(store), indexes: indexesOf(store) }).toEqual(before);
    put(store, [person('Bo')]);
    expect(statusCounts(store)).toMatchObject({ entities: 2, links: 1, undrawnLinks: 0 });
  }
});

test('no other change begins while a bulk change is under way', async () => {
  const store = emptyStore();
  const progress = (): Promise<void> => {
    expect(() => put(store, [person('Cy')])).toThrow('vault.busy');
    return Promise.resolve();
  };
  await writeInBulk(store, note('test.bulk'), progress, ({ tx, put: add }) =>
    Promise.resolve(add(newBatch(tx, NEW), [person('Bo')])),
  );
  expect(statusCounts(store).entities).toBe(1);
});

test('[V76] one more record of a case, and one fewer, change only what they name', () => {
  const store = emptyStore();
  const one = caseOf('Case', ['Ada', 'Bo']);
  const two = caseOf('Case', ['Bo', 'Cy'], { seed: '2' });
  put(store, [person('Ada'), person('Bo'), person('Cy'), one, two]);
  expect(caseRow(store, subjectId('Case'))).toMatchObject({ entities: 3 });
  put(store, [retract([two], 'correct')]);
  expect(caseRow(store, subjectId('Case'))).toMatchObject({ entities: 2 });
  put(store, [retract([one], 'erase')]);
  expect(caseRow(store, subjectId('Case'))).toBeUndefined();
  expect(store.sqlite.prepare('SELECT count(*) FROM case_members').pluck().get()).toBe(0);
});

function indexesOf(store: Store): unknown {
  return store.sqlite
    .prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name`)
    .all();
}
