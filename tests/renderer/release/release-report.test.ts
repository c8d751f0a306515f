import { expect, test } from 'vitest';
import type { ReleaseSubject } from '../../../src-shared/contract/views.ts';
import { RecordId } from '../../../src-shared/domain/ids.ts';
import { restWords } from '../../../src-renderer/features/release/release-report.ts';

type Record = ReleaseSubject['records'][number];
type Action = Record['verdict']['action'];

function recordOf(actions: readonly Action[], more?: Record['more'], whole: Action = 'release'): Record {
  return {
    record: RecordId.parse('0'.repeat(64)),
    verdict: { action: whole, rule: whole === 'release' ? 'P0' : 'P2' },
    conditions: [],
    alreadyHeldBy: [],
    claims: actions.map((action, i) => ({
      property: 'note',
      label: 'Note',
      display: `${i}`,
      verdict: { action, rule: action === 'release' ? 'P0' : 'P5' },
    })),
    ...(more !== undefined && { more }),
    handling: { tlp: 'TLP:AMBER', codes: [], purposes: [], legalBases: [] },
  };
}

const SEVEN_LEAVE = Array.from({ length: 7 }, (): Action => 'release');

test('what is said of values that are not shown adds up, whether they are folded or not listed', () => {
  const folded = recordOf([...SEVEN_LEAVE, 'withhold']);
  const staying = folded.claims.filter(({ verdict }) => verdict.action === 'withhold');
  expect(restWords(folded, staying, false)).toBe('7 more values: 7 leave. Open the subject to see them.');
  const long = recordOf([...SEVEN_LEAVE, 'withhold'], { leaving: 19_000, withheld: 893 });
  const stayingOfLong = long.claims.filter(({ verdict }) => verdict.action === 'withhold');
  expect(restWords(long, stayingOfLong, false)).toBe(
    '19,900 more values: 19,007 leave, 893 stay home. Open the subject to see 7 of them; the others are too many to be listed.',
  );
  expect(restWords(long, long.claims, false)).toBe(
    '19,893 more values: 19,000 leave, 893 stay home. Too many values to list them all.',
  );
  expect(restWords(folded, folded.claims, false)).toBeUndefined();
});

test('where only what stays is listed, what leaves is not spoken of', () => {
  const long = recordOf([...SEVEN_LEAVE, 'withhold'], { leaving: 19_000, withheld: 1 });
  const staying = long.claims.filter(({ verdict }) => verdict.action === 'withhold');
  expect(restWords(long, staying, true)).toBe('1 more value: 1 stays home. Too many values to list them all.');
  expect(restWords(recordOf(SEVEN_LEAVE), [], true)).toBeUndefined();
});

test('of a record that stays home as a whole every value stays home', () => {
  const home = recordOf(SEVEN_LEAVE, { leaving: 0, withheld: 3 }, 'withhold');
  expect(restWords(home, [], false)).toBe(
    '10 more values: 10 stay home. Open the subject to see 7 of them; the others are too many to be listed.',
  );
});
