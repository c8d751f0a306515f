import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeInBulk } from '../../../src-main/store/bulk.ts';
import { fingerprint, projectionLines } from '../../../src-main/store/fingerprint.ts';
import { readHead } from '../../../src-main/store/head-row.ts';
import { statusCounts } from '../../../src-main/store/queries.ts';
import { removeRecords } from '../../../src-main/store/records.ts';
import { verifyHead, write } from '../../../src-main/store/store.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { removeLargeBatch } from '../../../src-main/store/undo.ts';
import type { BatchId, RecordId } from '../../../src-shared/domain/ids.ts';
import { randomRecords, waysToCome } from '../../support/random-records.ts';
import { AT, caseOf, emptyStore, link, NORTHMARK, note, person, put, storeWith } from '../../support/store-builders.ts';

/** docs/formats/vault.md V33, V34, V70: a batch of many records is taken back in slices, and the store is then what it would be otherwise. */

const quietly = (): Promise<void> => Promise.resolve();
const runs = { numRuns: process.env['SLOW'] === '1' ? 500 : 50 };

/** Rows of everything that is computed or counted. */
function told(store: Store): unknown {
  return {
    projection: [...projectionLines(store)],
    counts: statusCounts(store),
    records: store.sqlite.prepare('SELECT id, state, body FROM records ORDER BY id').all(),
    members: store.sqlite.prepare('SELECT case_id, member, stated FROM case_members ORDER BY 1, 2').all(),
    keys: store.sqlite.prepare('SELECT key, tie, entity FROM entity_keys ORDER BY 1, 2, 3').all(),
  };
}

async function takenBack(store: Store, batch: BatchId, onStep: (step: string) => void): Promise<void> {
  const progress = (stage: string): Promise<void> => Promise.resolve(onStep(stage));
  await writeInBulk(store, note('batch.undo'), progress, async (bulk) => {
    const work = removeLargeBatch(bulk, batch, { at: AT, ours: NORTHMARK });
    while (work.next().done !== true) await progress('undo');
  });
}

function held(store: Store): number {
  return Number(store.sqlite.prepare('SELECT count(*) FROM records').pluck().get());
}

function aCaseOf(size: number): Parameters<typeof put>[1] {
  const names = Array.from({ length: size }, (_, i) => `n${i}`);
  return [
    ...names.map((name) => person(name)),
    ...names.slice(1).map((name, i) => link(`l${i}`, 'called', [names[i] ?? '', name])),
    caseOf('Operation Example', names),
  ];
}

test('[V70] records that go in bulk leave what records leave that go at once', async () => {
  const some = randomRecords.chain((all) => fc.tuple(waysToCome(all), fc.array(fc.nat(), { maxLength: 12 })));
  await fc.assert(
    fc.asyncProperty(some, async ([parts, picks]) => {
      const [one, other] = [emptyStore(), emptyStore()];
      for (const part of parts) for (const store of [one, other]) put(store, part);
      const ids = parts.flat().map(({ id }) => id);
      const gone: RecordId[] = picks.flatMap((pick) => ids[pick % ids.length] ?? []);
      write(one, note('test.remove'), (tx) => removeRecords(tx, gone));
      await writeInBulk(other, note('test.remove'), quietly, async ({ remove }) => {
        for (const id of gone) await quietly().then(() => remove([id]));
      });
      expect(told(other)).toEqual(told(one));
      expect(verifyHead(other).ok).toBe(true);
    }),
    runs,
  );
});

test('[V33] between two pauses few records go, and a large one goes with few others', async () => {
  const store = storeWith(person('Ada'));
  const { batch } = put(store, aCaseOf(1500));
  const gone: number[] = [];
  let before = held(store);
  await takenBack(store, batch, (stage) => {
    if (stage !== 'undo') return;
    gone.push(before - held(store));
    before = held(store);
  });
  expect(Math.max(...gone)).toBe(128);
  // the case is the newest, and longer than what goes in one step
  expect(gone.find((count) => count > 0)).toBe(1);
  expect(statusCounts(store)).toMatchObject({ entities: 1, links: 0, records: 1, cases: 0 });
  expect(verifyHead(store).ok).toBe(true);
});

test('[V33] what forbids it is looked for in runs, with a pause behind each', async () => {
  const store = emptyStore();
  const { batch } = put(store, aCaseOf(2100));
  let looked = 0;
  await takenBack(store, batch, (stage) => void (looked += Number(stage === 'undo' && held(store) === 4200)));
  // three questions of three runs of 2048 numbers
  expect(looked).toBe(9);
});

test('[V71] what stops it at any stage leaves the store as it was', async () => {
  const twin = emptyStore();
  const stages: string[] = [];
  await takenBack(twin, put(twin, aCaseOf(700)).batch, (stage) => void stages.push(stage));
  expect(new Set(stages)).toEqual(new Set(['undo', 'projection', 'indexes', 'commit']));
  const store = emptyStore();
  const { batch } = put(store, aCaseOf(700));
  const everything = (): unknown => ({ head: readHead(store), fingerprint: fingerprint(store), told: told(store) });
  const before = everything();
  for (const at of [1, ...[0.25, 0.5, 0.75, 1].map((share) => Math.ceil(share * stages.length))]) {
    let left = at;
    const stopping = takenBack(store, batch, () => {
      left -= 1;
      if (left === 0) throw new Error('stopped');
    });
    await expect(stopping).rejects.toThrow('stopped');
    expect(everything()).toEqual(before);
  }
});
