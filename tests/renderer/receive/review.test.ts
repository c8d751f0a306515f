import { expect, test } from 'vitest';
import {
  allShown,
  chosenFor,
  filterOptions,
  isOpen,
  openCount,
  tallyOf,
  tidy,
} from '../../../src-renderer/features/receive/review.ts';
import type { ReviewChoice } from '../../../src-shared/contract/review.ts';
import type { PlanItem, PlanTotals } from '../../../src-shared/contract/views.ts';

const counts = { new: 5, changed: 3, conflicting: 2, known: 7, refused: 1 };
const one = (decision: ReviewChoice['decision'], ...items: string[]): ReviewChoice => ({ decision, which: { items } });

test('equal filters ask for equal pages, whatever was set and cleared on the way', () => {
  expect(tidy({ states: ['new'], text: '', kinds: [], protected: undefined })).toEqual({ states: ['new'] });
  expect(tidy({})).toEqual({});
});

test('a decision about all that is shown is a rule: everything, or what the filter says', () => {
  expect(allShown({ text: '' })).toEqual({ all: true });
  expect(allShown({ states: ['new'], text: 'ana' })).toEqual({ where: { states: ['new'], text: 'ana' } });
});

test('only what is new, changed or conflicting can be decided on', () => {
  const states = ['new', 'changed', 'conflicting', 'known', 'refused'] as const;
  expect(states.filter((state) => isOpen({ state } as PlanItem))).toEqual(['new', 'changed', 'conflicting']);
  expect(openCount({}, { counts })).toBe(10);
  expect(openCount({ states: ['conflicting'] }, { counts })).toBe(2);
  expect(openCount({ states: ['known'] }, { counts })).toBe(0);
});

test('until the vault has answered, an item shows its own last choice, and nothing where a rule came after it', () => {
  expect(chosenFor([one('accept', 'a', 'b'), one('hold', 'b')], 'a')).toBe('accept');
  expect(chosenFor([one('accept', 'a', 'b'), one('hold', 'b')], 'b')).toBe('hold');
  expect(chosenFor([one('accept', 'a'), { decision: 'hold', which: { all: true } }], 'a')).toBe('hold');
  expect(chosenFor([one('accept', 'a'), { decision: 'hold', which: { where: {} } }], 'a')).toBeUndefined();
  expect(chosenFor([], 'a')).toBeUndefined();
});

test('what is held and what is undecided are both left out', () => {
  const tally = {
    accepted: { new: 1, changed: 2, conflicting: 0 },
    held: { new: 1, changed: 0, conflicting: 1 },
    undecided: { new: 0, changed: 4, conflicting: 0 },
    records: { accepted: 3, held: 2, undecided: 4, known: 0, refused: 0 },
    alsoAccepted: 0,
    alsoHeld: 0,
    erasures: 0,
    missing: 0,
    decisions: [],
  };
  expect(tallyOf(tally)).toEqual({ new: 1, changed: 2, conflicting: 0, leftOut: 6 });
});

test('filters say how many items each is about', () => {
  const totals = {
    types: [{ kind: 'entity', type: 'person', count: 1200 }],
    authors: [{ agency: 'a'.repeat(64), name: 'Northmark Agency', count: 3 }],
    grades: [],
  } as unknown as PlanTotals;
  const options = filterOptions(totals, (_, type) => type);
  expect(options.types).toEqual([{ value: 'entity person', label: 'person · 1,200' }]);
  expect(options.authors[0]?.label).toBe('Northmark Agency · 3');
});
