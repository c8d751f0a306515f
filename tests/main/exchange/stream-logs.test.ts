import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newestLog, rewrittenLogs } from '../../../src-main/exchange/stream-logs.ts';
import { streamReport } from '../../../src-main/exchange/stream-report.ts';
import type { Statement } from '../../../src-main/exchange/stream.ts';

/** docs/formats/bundle.md Q13, Q14 */

type Said = Statement & { readonly at: string };

const HOUR = 60 * 60 * 1000;

function hours(number: number): string {
  return new Date(Date.UTC(2026, 4, 1) + number * HOUR).toISOString();
}

const root = (name: string) => name.padStart(64, '0');

/** A receipt right after the data bundle `sequence`, made at some hour, of a log of `size` entries. */
function receipt(sequence: number, hour: number, size: number, more: Partial<Said> = {}): Said {
  const said = { kind: 'receipt', epoch: 1, sequence, saidAt: hours(hour), at: hours(hour) } as const;
  const name = `${more.epoch ?? 1}-${size}`;
  return { ...said, manifest: `receipt ${sequence} ${hour} ${name}`, log: { size, root: root(name) }, ...more };
}

const found = (...said: readonly Said[]) =>
  rewrittenLogs(said).map(({ earlier, later }) => [earlier.manifest, later.manifest]);

describe('[Q13] a log that is not the one that was told of', () => {
  const one = receipt(1, 0, 10);
  const [cut, anew] = [
    receipt(2, 1, 9),
    receipt(1, 1, 10, { manifest: 'anew', log: { size: 10, root: root('anew') } }),
  ];

  test('is shorter further on in the stream', () => expect(found(one, cut)).toEqual([[one.manifest, cut.manifest]]));
  test('or later on one place', () => {
    const late = receipt(1, 30, 9);
    expect(found(one, late)).toEqual([[one.manifest, late.manifest]]);
  });
  test('or has another root for one size, wherever it stands', () => {
    expect(found(one, anew)).toEqual([[one.manifest, 'anew']]);
    const early = { ...anew, sequence: 0 };
    expect(found(one, early)).toEqual([[one.manifest, 'anew']]);
  });
  test('also where a receipt does not say where it stands', () => {
    const { sequence: _none, ...nowhere } = anew;
    expect(found(one, nowhere)).toEqual([[one.manifest, 'anew']]);
  });
  test('by both it is told once, by the root', () => {
    const both = receipt(3, 2, 10, { manifest: 'both', log: { size: 10, root: root('x') } });
    const longer = receipt(2, 1, 12);
    expect(found(one, longer, both)).toEqual([[one.manifest, 'both']]);
  });
  test('is an alarm that names both receipts and what they say', () => {
    const { alarms } = streamReport({
      received: [],
      statements: [cut, one],
      unknownReceipts: [],
      sent: [],
      answered: new Map(),
      ourEpoch: 1,
      now: new Date(hours(40)),
    });
    const manifests = [one.manifest, cut.manifest];
    const where = { epoch: 1, sequence: 2, at: cut.at };
    expect(alarms).toEqual([{ kind: 'log-rewritten', ...where, manifests, entries: [10, 9] }]);
  });
});

describe('[Q13] no false alarm:', () => {
  test.each<readonly [string, readonly Said[]]>([
    ['receipts of one day on one place have no order', [receipt(1, 20, 10), receipt(1, 30, 9)]],
    ['a log that did not grow', [receipt(1, 0, 10), receipt(2, 1, 10, { manifest: 'other' })]],
    ['a restored log, in its new epoch, is shorter', [receipt(5, 0, 10), receipt(0, 1, 4, { epoch: 2 })]],
    ['and has another root', [receipt(5, 0, 10), receipt(1, 1, 10, { epoch: 2 })]],
    ['a receipt of version 1 says nothing', [receipt(1, 0, 10), { ...receipt(2, 1, 9), log: undefined }].map(without)],
    ['a later receipt for what was sealed before', [receipt(2, 0, 10), receipt(1, -1, 9)]],
  ])('%s', (_what, said) => expect(found(...said)).toEqual([]));

  test('an honest log, whatever comes late, twice or never; and one false receipt is found whenever it comes', () => {
    // so many entries before each of twelve receipts, and so many of them between two bundles
    const growth = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.boolean()), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(growth, fc.infiniteStream(fc.nat()), fc.nat(), (steps, chance, which) => {
        let [size, place] = [1, 0];
        const honest = steps.map(([more, isSealed], hour) => {
          size += more;
          place += Number(isSealed);
          return receipt(place, hour, size, { manifest: `m${hour}` });
        });
        const come = honest
          .flatMap((said) => Array.from({ length: (chance.next().value ?? 0) % 3 }, () => said))
          .map((said) => ({ said, by: chance.next().value ?? 0 }))
          .toSorted((a, b) => a.by - b.by)
          .map(({ said }, i) => ({ ...said, at: hours(100 + i) }));
        expect(found(...come)).toEqual([]);
        const twin = come[which % Math.max(1, come.length)];
        if (twin?.log === undefined) return;
        const forged = { ...twin, manifest: 'forged', log: { ...twin.log, root: root('forged') } };
        expect(found(...come, forged).length).toBeGreaterThan(0);
        expect(found(forged, ...come).length).toBeGreaterThan(0);
      }),
    );
  });
});

test('[Q14] the newest one that was witnessed is of the highest epoch, and there the longest', () => {
  const said = [receipt(5, 0, 10), receipt(1, 1, 4, { epoch: 2 }), receipt(0, 2, 3, { epoch: 2 })];
  const newest = { epoch: 2, size: 4, root: root('2-4'), at: hours(1) };
  expect(newestLog(said)).toEqual(newest);
  expect(newestLog(said.toReversed()), 'in whatever order they came').toEqual(newest);
  expect(newestLog([])).toBeUndefined();
});

function without(said: Said | (Omit<Said, 'log'> & { readonly log: undefined })): Said {
  const { log, ...rest } = said;
  return log === undefined ? rest : { ...rest, log };
}
