import { expect, test } from 'vitest';
import { draftOf, emptyDraft, gradeCode, needsCaveat, parseDraft } from '../../../src-renderer/ui/statement-draft.ts';

const draft = emptyDraft('NM-2026-0114');

test('a draft with a reference only is a statement: not graded, an assessment, TLP:AMBER+STRICT', () => {
  expect(parseDraft(draft)).toEqual({
    ok: true,
    source: { reference: 'NM-2026-0114', basis: 'assessment' },
    handling: { tlp: 'TLP:AMBER+STRICT', codes: [], purposes: [], legalBases: [] },
  });
});

test('a statement without a source reference says so at its field', () => {
  const check = parseDraft(emptyDraft('  '));
  expect(check.ok).toBe(false);
  expect(!check.ok && Object.keys(check.errors)).toEqual(['reference']);
});

test('a grade with one half is not a grade', () => {
  const half = { ...draft, grade: { scheme: 'europol-4x4', source: 'B', information: '' } } as const;
  expect(gradeCode(half.grade)).toBeUndefined();
  const check = parseDraft(half);
  expect(!check.ok && Object.keys(check.errors)).toEqual(['grade']);
  const whole = { ...half, grade: { ...half.grade, information: '2' } };
  expect(gradeCode(whole.grade)).toBe('B2');
  expect(parseDraft(whole).ok).toBe(true);
});

test('[R6] H3 and C need a caveat in words, the other codes do not', () => {
  expect(['H0', 'H1', 'H2', 'H3', 'P', 'C'].filter((code) => needsCaveat([code as 'H3']))).toEqual(['H3', 'C']);
  const check = parseDraft({ ...draft, codes: ['H3'] });
  expect(!check.ok && Object.keys(check.errors)).toEqual(['caveat']);
  expect(parseDraft({ ...draft, codes: ['H3'], caveat: 'Ask the originator first.' }).ok).toBe(true);
});

test('a date is kept as precise as it is known, and a text that is no date is refused at its field', () => {
  expect(parseDraft({ ...draft, collectedOn: '2026-03' })).toMatchObject({ source: { collectedOn: '2026-03' } });
  const check = parseDraft({ ...draft, collectedOn: 'last March', reviewOn: 'soon' });
  expect(!check.ok && Object.keys(check.errors).sort()).toEqual(['collectedOn', 'reviewOn']);
});

test('a draft made from a statement says the same again', () => {
  const check = parseDraft({
    ...draft,
    grade: { scheme: 'uk-3x5x2', source: '1', information: 'B' },
    collectedOn: '2026~',
    basis: 'fact',
    tlp: 'TLP:RED',
    codes: ['C'],
    caveat: 'Covert use only.',
    purposes: ['Operation Lantern'],
    legalBases: ['untoc-27'],
    reviewOn: '2027-03-31',
  });
  if (!check.ok) throw new Error('the draft is not a statement');
  expect(parseDraft(draftOf(check.source, check.handling))).toEqual(check);
});
