import { expect, test } from 'vitest';
import { drawAlso, drawOnly, drawingOf, showInCase, takeBackStep } from '../../../src-renderer/shell/drawings.ts';
import { openSubject } from '../../../src-renderer/shell/open-subject.ts';
import { linksIntoCase } from '../../../src-renderer/shell/guest-links.ts';
import { createViewStore } from '../../../src-renderer/shell/view-state.ts';
import { link, subject } from '../chart/chart-builders.ts';

const CASE = subject(900);
const OTHER = subject(901);
const also = (store: ReturnType<typeof createViewStore>, id = CASE) => drawingOf(store.get(), id).also;

test('what is added to a drawing stays, each once, and every step can be taken back', () => {
  const store = createViewStore();
  drawAlso(store, CASE, [subject(1), subject(2)]);
  drawAlso(store, CASE, [subject(2), subject(3)]);
  expect(also(store)).toEqual([subject(1), subject(2), subject(3)]);
  expect(drawingOf(store.get(), CASE).added).toBe(1);
  takeBackStep(store, CASE);
  expect(also(store)).toEqual([subject(1), subject(2)]);
  takeBackStep(store, CASE);
  takeBackStep(store, CASE);
  expect(drawingOf(store.get(), CASE)).toEqual({ only: undefined, also: [], added: 0 });
});

test('adding what is there is no step', () => {
  const store = createViewStore();
  drawAlso(store, CASE, [subject(1)]);
  const before = store.get();
  drawAlso(store, CASE, [subject(1)]);
  expect(store.get()).toBe(before);
});

test('leaving only some is a step too, and later ones come on top of it', () => {
  const store = createViewStore();
  drawAlso(store, CASE, [subject(1), subject(2)]);
  drawOnly(store, CASE, [subject(2)]);
  drawAlso(store, CASE, [subject(5)]);
  expect(drawingOf(store.get(), CASE)).toMatchObject({ only: [subject(2)], also: [subject(5)] });
  takeBackStep(store, CASE);
  takeBackStep(store, CASE);
  expect(also(store)).toEqual([subject(1), subject(2)]);
});

test('every case has a drawing of its own, which it keeps while another is open', () => {
  const store = createViewStore();
  showInCase(store, CASE, subject(1));
  showInCase(store, OTHER, subject(2));
  expect([also(store), also(store, OTHER)]).toEqual([[subject(1)], [subject(2)]]);
  expect(store.get()).toMatchObject({ screen: 'workspace', caseId: OTHER, selection: [subject(2)] });
});

test('what was found opens in the open case when it is there, and in its only case otherwise', () => {
  const store = createViewStore();
  openSubject(store, subject(1), [{ id: OTHER }]);
  expect(store.get()).toMatchObject({ caseId: OTHER, selection: [subject(1)], dialog: undefined });
  openSubject(store, subject(2), [{ id: CASE }, { id: OTHER }]);
  expect(store.get()).toMatchObject({ caseId: OTHER, selection: [subject(2)] });
});

test('what is in several other cases asks for one, and what is in none is drawn beside the open case', () => {
  const store = createViewStore();
  openSubject(store, subject(1), [{ id: CASE }, { id: OTHER }]);
  expect(store.get().dialog).toEqual({ kind: 'choose-case', subject: subject(1) });
  openSubject(store, subject(2), []);
  expect(store.get().dialog).toEqual({ kind: 'choose-case', subject: subject(2) });
  showInCase(store, CASE, subject(3));
  openSubject(store, subject(2), []);
  expect(store.get()).toMatchObject({ caseId: CASE, selection: [subject(2)], dialog: undefined });
});

test('a guest comes into a case with the drawn links between it and the members, and no others', () => {
  const guest = subject(7);
  const links = [link(1, 7, 1), link(2, 7, 8), link(3, 2, 7), link(4, 1, 2)];
  const guests = [guest, subject(8), subject(1001), subject(1002), subject(1003)];
  expect(linksIntoCase({ links, guests }, guest)).toEqual([subject(1001), subject(1003)]);
});
