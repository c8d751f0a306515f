import fc from 'fast-check';
import { expect, test } from 'vitest';
import { liveRecords } from '../../../src-shared/records/liveness.ts';
import type { RecordHeader } from '../../../src-shared/records/liveness.ts';
import { northmark, recordIdOf, southmark, subject } from '../../support/bundle-samples.ts';

function header(number: number, facts: Partial<RecordHeader> = {}): RecordHeader {
  return { id: recordIdOf(number), author: northmark.id, subject: subject(1), supersedes: [], ...facts };
}

const live = (...headers: readonly RecordHeader[]): number[] =>
  [...liveRecords(headers)].map((id) => Number.parseInt(id, 16)).toSorted((a, b) => a - b);

test('[R14] a superseded or retracted record is not live', () => {
  expect(live(header(1), header(2, { supersedes: [recordIdOf(1)] }))).toEqual([2]);
  expect(live(header(1), header(2, { subject: subject(2), targets: [recordIdOf(1)] }))).toEqual([2]);
});

test('[R4] an agency cannot supersede or retract what another said', () => {
  expect(live(header(1), header(2, { author: southmark.id, supersedes: [recordIdOf(1)] }))).toEqual([1, 2]);
  expect(live(header(1), header(2, { author: southmark.id, targets: [recordIdOf(1)] }))).toEqual([1, 2]);
});

test('[R4] a record supersedes only what is said of the same subject', () => {
  expect(live(header(1), header(2, { subject: subject(2), supersedes: [recordIdOf(1)] }))).toEqual([1, 2]);
});

test('[R4] a reference to a record that is not there has no effect', () => {
  expect(live(header(2, { supersedes: [recordIdOf(1)], targets: [recordIdOf(9)] }))).toEqual([2]);
});

test('[R14] a superseding record counts even if it is superseded or retracted itself', () => {
  const chain = [header(1), header(2, { supersedes: [recordIdOf(1)] }), header(3, { supersedes: [recordIdOf(2)] })];
  expect(live(...chain)).toEqual([3]);
  expect(live(header(1), header(2, { supersedes: [recordIdOf(1)] }), header(4, { targets: [recordIdOf(2)] }))).toEqual([
    4,
  ]);
});

const headers = fc
  .array(
    fc.record({
      number: fc.integer({ min: 1, max: 12 }),
      author: fc.constantFrom(northmark.id, southmark.id),
      about: fc.integer({ min: 1, max: 3 }),
      supersedes: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 3 }),
      targets: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 3 }),
    }),
    { maxLength: 12 },
  )
  .map((list) => {
    const distinct = new Map(list.map((one) => [one.number, one]));
    return [...distinct.values()].map(({ number, author, about, supersedes, targets }) =>
      header(number, {
        author,
        subject: subject(about),
        supersedes: supersedes.map(recordIdOf),
        targets: targets.map(recordIdOf),
      }),
    );
  });

test('[R14] liveness does not depend on order or doubles', () => {
  fc.assert(
    fc.property(headers, fc.array(fc.nat()), (list, keys) => {
      const shuffled = list.toSorted((one, other) => (keys[list.indexOf(one)] ?? 0) - (keys[list.indexOf(other)] ?? 0));
      expect(live(...shuffled, ...list)).toEqual(live(...list));
    }),
    { numRuns: 500 },
  );
});

test('[R14] more records never bring one back to life', () => {
  fc.assert(
    fc.property(headers, fc.nat(), (list, cut) => {
      const before = list.slice(0, cut % (list.length + 1));
      const after = new Set(live(...list));
      const dead = before
        .map(({ id }) => Number.parseInt(id, 16))
        .filter((number) => !live(...before).includes(number));
      expect(dead.filter((number) => after.has(number))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
