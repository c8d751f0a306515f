import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildGraph } from '../../../src-shared/graph/graph.ts';
import { readSnapshot, saveSnapshot } from '../../../src-main/analysis/graph-snapshot.ts';
import { storeGraph, wholeGraph } from '../../../src-main/analysis/store-graph.ts';
import { newBatch } from '../../../src-main/store/batches.ts';
import { putRecords } from '../../../src-main/store/records.ts';
import { type Store, write } from '../../../src-main/store/store.ts';
import { removeBatch } from '../../../src-main/store/undo.ts';
import type { ParsedRecord } from '../../../src-shared/records/parse-record.ts';
import {
  AT,
  emptyStore,
  link,
  NORTHMARK,
  note,
  person,
  put,
  retract,
  SOUTHVALE,
  storeWith,
} from '../../support/store-builders.ts';

const NAMES = ['Ada', 'Bo', 'Cy', 'Di', 'Eve', 'Flo'];
const name = fc.constantFrom(...NAMES);
const author = fc.constantFrom(NORTHMARK, SOUTHVALE);

/** A change of a store: something said, or something said earlier withdrawn. */
const step = fc.oneof(
  fc.record({ what: fc.constant('person' as const), name, author, seed: fc.string() }),
  fc.record({
    what: fc.constant('link' as const),
    link: fc.nat({ max: 7 }),
    from: name,
    to: name,
    author,
    seed: fc.string(),
  }),
  fc.record({ what: fc.constantFrom('correct' as const, 'suppress' as const, 'erase' as const), at: fc.nat() }),
  fc.record({ what: fc.constant('undo' as const), at: fc.nat() }),
  fc.record({ what: fc.constant('read' as const) }),
);

test('[V163] whatever was said, withdrawn, erased or undone since, the graph from the snapshot is the one made anew', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 24 }), (steps) => {
      const store = emptyStore();
      const said: ParsedRecord[] = [];
      const batches: number[] = [];
      for (const each of steps) {
        if (each.what === 'read') saveSnapshot(store, wholeGraph(store));
        else take(store, each, said, batches);
        expect(storeGraph(store)).toEqual(wholeGraph(store));
      }
    }),
    { numRuns: 60 },
  );
});

function take(
  store: Store,
  each: Exclude<Parameters<typeof recordOf>[0], never>,
  said: ParsedRecord[],
  batches: number[],
): void {
  if (each.what === 'undo') return undo(store, batches[each.at % Math.max(1, batches.length)]);
  const record = recordOf(each, said);
  if (record === undefined) return;
  said.push(record);
  batches.push(put(store, [record]).batch);
}

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

function recordOf(each: Step, said: readonly ParsedRecord[]): ParsedRecord | undefined {
  switch (each.what) {
    case 'person':
      return person(each.name, [['name', each.name]], { author: each.author, seed: each.seed });
    case 'link':
      return link(`tie ${each.link}`, 'paid', [each.from, each.to], { author: each.author, seed: each.seed });
    case 'correct':
    case 'suppress':
    case 'erase': {
      const target = said.filter(({ record }) => record.kind !== 'retract')[each.at % Math.max(1, said.length)];
      return target === undefined ? undefined : retract([target], each.what, { author: target.record.author });
    }
    case 'undo':
    case 'read':
      return undefined;
    default:
      return each satisfies never;
  }
}

/** What cannot be undone stays. */
function undo(store: Store, batch: number | undefined): void {
  if (batch === undefined) return;
  try {
    write(store, note('batch.undo'), (tx) =>
      removeBatch(tx, batch as Parameters<typeof removeBatch>[1], { at: AT, ours: NORTHMARK }),
    );
  } catch (error) {
    expect(error).toMatchObject({ code: 'batch.not-undoable' });
  }
}

test('[V160, V161] a snapshot that was read is the graph that was saved, also over many parts', () => {
  const store = emptyStore();
  const ids = Int32Array.from({ length: 200_000 }, (_, i) => 2 * i + 1);
  const from = ids.map((id) => id);
  const to = ids.map((_, i) => ids[(i * 7 + 3) % ids.length] ?? 0);
  const graph = buildGraph(ids, { from, to });
  saveSnapshot(store, graph);
  expect(store.sqlite.prepare('SELECT count(*) FROM graph_snapshot').pluck().get()).toBeGreaterThan(2);
  expect(readSnapshot(store)?.graph).toEqual(graph);
});

test('[V161] a snapshot with a part missing is none: the graph is made anew', () => {
  const store = storeWith(person('Ada'), person('Bo'), link('tie', 'paid', ['Ada', 'Bo']));
  storeGraph(store);
  store.sqlite.exec('DELETE FROM graph_snapshot');
  expect(readSnapshot(store)).toBeUndefined();
  expect(storeGraph(store)).toEqual(wholeGraph(store));
  expect(readSnapshot(store)).toBeDefined();
});

test('[V163] a vault that was opened for reading only is not written to', () => {
  const store = storeWith(person('Ada'), person('Bo'), link('tie', 'paid', ['Ada', 'Bo']));
  expect(storeGraph({ ...store, isReadOnly: true })).toEqual(wholeGraph(store));
  expect(readSnapshot(store)).toBeUndefined();
});

test('[V162] keeping a snapshot is no change: no audit entry and the same head', () => {
  const store = storeWith(person('Ada'), person('Bo'), link('tie', 'paid', ['Ada', 'Bo']));
  const head = store.sqlite.prepare('SELECT * FROM head').get();
  storeGraph(store);
  expect(readSnapshot(store)).toBeDefined();
  expect(store.sqlite.prepare('SELECT * FROM head').get()).toEqual(head);
});

test('[V163] one more record changes the snapshot and does not make it anew', () => {
  const many = Array.from({ length: 60 }, (_, i) => person(`p${i}`));
  const store = storeWith(...many, link('tie', 'paid', ['p1', 'p2']));
  storeGraph(store);
  const kept = readSnapshot(store)?.state;
  write(store, note('link.save'), (tx) => {
    putRecords(tx, newBatch(tx, { kind: 'edit', at: AT, actor: 'Ana' }), [link('tie 2', 'paid', ['p3', 'p4'])]);
  });
  expect(storeGraph(store)).toEqual(wholeGraph(store));
  expect(readSnapshot(store)?.state).toEqual(kept);
});
