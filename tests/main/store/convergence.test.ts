import fc from 'fast-check';
import { expect, test } from 'vitest';
import { liveRecords as liveByRule } from '../../../src-shared/records/liveness.ts';
import type { ParsedRecord } from '../../../src-shared/records/parse-record.ts';
import { withhold } from '../../../src-shared/records/redact.ts';
import { findRecord } from '../../../src-main/store/history.ts';
import { fingerprint, projectionLines } from '../../../src-main/store/fingerprint.ts';
import { rebuild } from '../../../src-main/store/rebuild.ts';
import { verifyHead, write } from '../../../src-main/store/store.ts';
import type { Store } from '../../../src-main/store/store.ts';
import type { IdentifiedRecord } from '../../../src-main/store/types.ts';
import {
  caseOf,
  chart,
  emptyStore,
  identity,
  link,
  NORTHMARK,
  note,
  person,
  put,
  retract,
  SOUTHVALE,
  subjectId,
} from '../../support/store-builders.ts';

/** The laws of DESIGN §2 over random sets of records: few subjects and agencies, so that everything meets everything. */

const NAMES = ['Ada', 'Bo', 'Cy'] as const;
const name = fc.constantFrom(...NAMES);
const author = fc.constantFrom(NORTHMARK, SOUTHVALE);
const seed = fc.constantFrom('1', '2', '3');
const grade = fc.option(
  fc
    .constantFrom('1', '2', '3', '4')
    .map((information) => ({ scheme: 'europol-4x4' as const, source: 'B', information })),
  { nil: undefined },
);
const said = fc
  .record({ author, seed, grade, reference: fc.constantFrom('Interview 1', 'Report 2') })
  .map(({ author, seed, grade, reference }) => ({
    author,
    seed,
    source: { reference, basis: 'fact' as const, ...(grade !== undefined && { grade }) },
  }));

const statement = fc.oneof(
  fc.tuple(name, fc.constantFrom('Ada', 'Adda', 'Bo', 'Cyril'), said).map(([who, called, by]) =>
    person(
      who,
      [
        ['name', called],
        ['alias', 'Sparrow'],
        ['subjectCategory', called === 'Bo' ? 'victim' : 'suspect'],
      ],
      by,
    ),
  ),
  fc.tuple(name, name, said).map(([from, to, by]) => link(`${from}-${to}`, 'associate-of', [from, to], by)),
  fc
    .tuple(fc.uniqueArray(name, { minLength: 1 }), said)
    .map(([members, by]) => caseOf('Operation Example', members, by)),
  fc
    .tuple(name, fc.integer({ min: -9, max: 9 }), said)
    .map(([who, x, by]) => chart('Drawing', 'Operation Example', { [who]: [x, 0] }, by)),
  said.map((by) => identity('same', 'Ada', 'Bo', by)),
);

/** Statements, then statements that supersede or retract some of them, rightly or not. */
const records = fc
  .tuple(
    fc.array(statement, { minLength: 1, maxLength: 8 }),
    fc.array(fc.tuple(fc.nat(), author, name), { maxLength: 3 }),
    fc.array(
      fc.tuple(
        fc.array(fc.nat(), { minLength: 1, maxLength: 2 }),
        author,
        fc.constantFrom('correct', 'suppress', 'erase'),
      ),
      {
        maxLength: 4,
      },
    ),
  )
  .map(([said, superseding, retracting]) => {
    const all: ParsedRecord[] = [...said];
    for (const [at, author, who] of superseding) {
      const target = all[at % all.length];
      if (target !== undefined) all.push(person(who, [['name', 'Later']], { author, supersedes: [target.id] }));
    }
    for (const [targets, author, action] of retracting) {
      all.push(
        retract(
          targets.flatMap((at) => all[at % all.length] ?? []),
          action,
          { author },
        ),
      );
    }
    return [...new Map(all.map((each) => [each.id, each])).values()];
  });

/** A way for them to come: redacted copies before or after, duplicates, any order, any batches. */
function ways(all: readonly ParsedRecord[]): fc.Arbitrary<IdentifiedRecord[][]> {
  const copies: IdentifiedRecord[] = all.flatMap(({ id, record }) => {
    const half = withhold(record, (claim) => record.commitment === 'claims' && claim.property === 'name');
    return [
      { id, record },
      { id, record: half },
      { id, record },
    ];
  });
  return fc
    .tuple(
      fc.shuffledSubarray(copies, { minLength: copies.length, maxLength: copies.length }),
      fc.integer({ min: 1, max: 5 }),
    )
    .map(([shuffled, size]) =>
      Array.from({ length: Math.ceil(shuffled.length / size) }, (_, i) => shuffled.slice(i * size, (i + 1) * size)),
    );
}

function storeOf(batches: readonly (readonly IdentifiedRecord[])[]): Store {
  const store = emptyStore();
  for (const batch of batches) put(store, batch);
  return store;
}

const runs = { numRuns: process.env['SLOW'] === '1' ? 500 : 60 };

test('[R13] [V48] any order, any batches, duplicates, redacted before or after in full: one fingerprint', () => {
  const twoWays = records.chain((all) => fc.tuple(fc.constant(all), ways(all), ways(all)));
  fc.assert(
    fc.property(twoWays, ([all, one, other]) => {
      const expected = fingerprint(storeOf([all]));
      expect(fingerprint(storeOf(one))).toBe(expected);
      expect(fingerprint(storeOf(other))).toBe(expected);
    }),
    runs,
  );
});

test('[V40] the projection that grew step by step is the one that is rebuilt', () => {
  fc.assert(
    fc.property(records.chain(ways), (batches) => {
      const store = storeOf(batches);
      const grown = [...projectionLines(store)];
      write(store, note('store.rebuilt'), rebuild);
      expect([...projectionLines(store)]).toEqual(grown);
    }),
    runs,
  );
});

test('[V51] the head is that of the rows, however they came', () => {
  fc.assert(
    fc.property(records.chain(ways), (batches) => {
      expect(verifyHead(storeOf(batches)).ok).toBe(true);
    }),
    runs,
  );
});

test('[R14] the store and the rule on plain headers agree on what is live', () => {
  fc.assert(
    fc.property(records, (all) => {
      const store = storeOf([all]);
      const held = all.filter(({ id }) => findRecord(store, id) !== undefined);
      const live = liveByRule(
        held.map(({ id, record }) => ({ id, ...record, ...('targets' in record && { targets: record.targets }) })),
      );
      for (const { id } of held) expect(findRecord(store, id)?.state === 'live').toBe(live.has(id));
    }),
    runs,
  );
});

test('a different claim, or one withheld claim, is another fingerprint', () => {
  const ada = person('Ada');
  const store = storeOf([[ada]]);
  expect(fingerprint(storeOf([[person('Ada', [['name', 'Ada B']])]]))).not.toBe(fingerprint(store));
  const half = { id: ada.id, record: withhold(ada.record, () => true) };
  expect(fingerprint(storeOf([[half]]))).not.toBe(fingerprint(store));
  expect(subjectId('Ada')).toBe(ada.record.subject);
});
