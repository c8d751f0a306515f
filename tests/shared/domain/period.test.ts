import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PeriodEdge, overlaps } from '../../../src-shared/domain/period.ts';

const DAYS = { year: [1, 1, 12, 31], month: [1, 31] } as const;

/** First and last day that a partial date can mean, spelled out to ten digits. */
function daysOf(date: string): readonly [string, string] {
  const [start = '', end = start] = date
    .replaceAll(/[~?]/g, '')
    .split('/')
    .map((part) => part.slice(0, 10));
  return [`${start}-01-01`.slice(0, 10).replace(/^(\d{4}-\d{2})-01$/, '$1-01'), lastDay(end)];
}

function lastDay(date: string): string {
  return date.length === 4
    ? `${date}-${DAYS.year[2]}-${DAYS.year[3]}`
    : date.length === 7
      ? `${date}-${DAYS.month[1]}`
      : date;
}

const Year = fc.integer({ min: 2022, max: 2025 }).map(String);
const Month = fc
  .tuple(Year, fc.integer({ min: 1, max: 12 }))
  .map(([year, month]) => `${year}-${String(month).padStart(2, '0')}`);
const Day = fc
  .tuple(Month, fc.integer({ min: 1, max: 28 }))
  .map(([month, day]) => `${month}-${String(day).padStart(2, '0')}`);
const Edge = fc.oneof(Year, Month, Day);
const Marked = fc.tuple(Edge, fc.constantFrom('', '~', '?')).map(([date, mark]) => date + mark);
const Span = fc
  .tuple(Marked, Marked)
  .filter(([one, other]) => daysOf(one)[0] <= daysOf(other)[1])
  .map(([one, other]) => `${one}/${other}`);

test('something overlaps a period exactly when the days that its dates can mean do', () => {
  const Dates = fc
    .tuple(fc.oneof(Marked, Span), fc.oneof(Marked, Span))
    .filter(([first, last]) => daysOf(first)[0] <= daysOf(last)[1]);
  fc.assert(
    fc.property(
      Dates,
      fc.option(Edge, { nil: undefined }),
      fc.option(Edge, { nil: undefined }),
      ([firstOn, lastOn], from, to) => {
        const period = { undated: false, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
        const isAfter = from === undefined || daysOf(lastOn)[1] >= daysOf(from)[0];
        const isBefore = to === undefined || daysOf(firstOn)[0] <= daysOf(to)[1];
        expect(overlaps(period, { firstOn, lastOn })).toBe(isAfter && isBefore);
      },
    ),
    { numRuns: 1000 },
  );
});

test('what has no date is let through or not as the period says', () => {
  expect(overlaps({ from: '2024', undated: true }, {})).toBe(true);
  expect(overlaps({ from: '2024', undated: false }, {})).toBe(false);
  expect(overlaps({ undated: false }, {})).toBe(true);
});

test.each(['24', '2024-13', '2024-1', '2024-05-32', '2024-05-17T10:00Z', '2024~', ' 2024', ''])(
  '%o is no edge of a period',
  (text) => {
    expect(PeriodEdge.safeParse(text).success).toBe(false);
  },
);
