import { expect, test } from 'vitest';
import { withhold } from '../../../src-shared/records/redact.ts';
import { findRecord, knownRecords, subjectRecords, tombstones } from '../../../src-main/store/history.ts';
import { caseList, entityRows, linkRows, statusCounts } from '../../../src-main/store/queries.ts';
import { verifyHead } from '../../../src-main/store/store.ts';
import {
  caseOf,
  emptyStore,
  link,
  NORTHMARK,
  person,
  put,
  retract,
  SOUTHVALE,
  storeWith,
  subjectId,
} from '../../support/store-builders.ts';

test('a record becomes an entity that lists can show', () => {
  const store = storeWith(
    person('Ada Ample', [
      ['name', 'Ada Ample'],
      ['subjectCategory', 'suspect'],
    ]),
  );
  expect(entityRows(store, [subjectId('Ada Ample')])).toMatchObject([
    {
      type: 'person',
      label: 'Ada Ample',
      subjectCategory: 'suspect',
      isProtected: false,
      authors: [NORTHMARK],
      tlp: 'TLP:AMBER',
      degree: 0,
    },
  ]);
});

test('[R13] adding a record twice is adding it once', () => {
  const store = emptyStore();
  const ada = person('Ada Ample');
  expect(put(store, [ada])).toMatchObject({ added: 1, extended: 0, known: 0, refused: [] });
  expect(put(store, [ada])).toMatchObject({ added: 0, extended: 0, known: 1, refused: [] });
  expect(statusCounts(store)).toMatchObject({ records: 1, entities: 1 });
});

test('[R13] [V30] a fuller copy of a redacted record adds its claims, and a redacted one takes none away', () => {
  const full = person('Ada Ample', [
    ['name', 'Ada Ample'],
    ['alias', 'Sparrow'],
  ]);
  const redacted = { id: full.id, record: withhold(full.record, (claim) => claim.property === 'name') };
  const store = storeWith(redacted);
  expect(entityRows(store, [subjectId('Ada Ample')])[0]).toMatchObject({ label: 'Sparrow', withheld: 1 });
  expect(put(store, [full])).toMatchObject({ added: 0, extended: 1 });
  expect(put(store, [redacted])).toMatchObject({ known: 1 });
  expect(entityRows(store, [subjectId('Ada Ample')])[0]).toMatchObject({ label: 'Ada Ample', withheld: 0 });
  expect(findRecord(store, full.id)?.record).toEqual(full.record);
  expect(verifyHead(store).ok).toBe(true);
});

test('[R4] only the author supersedes, and only about the same subject', () => {
  const old = person('Ada Ample');
  const foreign = person('Ada Ample', [['name', 'Ada Other']], { author: SOUTHVALE, supersedes: [old.id] });
  const elsewhere = person('Bo Bland', [['name', 'Bo Bland']], { supersedes: [old.id] });
  const store = storeWith(old, foreign, elsewhere);
  expect(findRecord(store, old.id)?.state).toBe('live');
  const next = person('Ada Ample', [['name', 'Ada Ample-Stone']], { supersedes: [old.id] });
  put(store, [next]);
  expect(findRecord(store, old.id)).toMatchObject({ state: 'superseded', by: [next.id] });
});

test('[R14] a retracted superseding record still supersedes', () => {
  const old = person('Ada Ample');
  const next = person('Ada Ample', [['name', 'Ada Stone']], { supersedes: [old.id] });
  const store = storeWith(retract([next], 'correct'), next, old);
  expect(
    subjectRecords(store, subjectId('Ada Ample'))
      .map(({ state }) => state)
      .toSorted(),
  ).toEqual(['retracted', 'superseded']);
  expect(statusCounts(store).entities).toBe(0);
});

test('[R4] another agency cannot retract our record', () => {
  const ours = person('Ada Ample');
  const store = storeWith(ours, retract([ours], 'erase', { author: SOUTHVALE }));
  expect(findRecord(store, ours.id)?.state).toBe('live');
});

test('[R15] [V32] a suppressed record keeps its place in the history but not its claims', () => {
  const ada = person('Ada Ample');
  const store = storeWith(ada, retract([ada], 'suppress'));
  expect(findRecord(store, ada.id)).toMatchObject({ state: 'suppressed', record: { claims: [] } });
});

test('[R15] [V31] an erased record is gone, its id stays, and it is refused when it arrives again', () => {
  const ada = person('Ada Ample');
  const eraser = retract([ada], 'erase');
  const store = storeWith(ada, eraser);
  expect(findRecord(store, ada.id)).toBeUndefined();
  expect(tombstones(store, subjectId('Ada Ample'))).toEqual([
    { id: ada.id, author: NORTHMARK, subject: subjectId('Ada Ample'), by: eraser.id },
  ]);
  expect(put(store, [ada])).toMatchObject({ added: 0, refused: [ada.id] });
  expect(knownRecords(store, [ada.id, eraser.id]).get(ada.id)).toBe('erased');
  expect(statusCounts(store)).toMatchObject({ entities: 0, records: 1 });
  expect(verifyHead(store).ok).toBe(true);
});

test('[V31] what an erased record superseded is live again, and a retract cannot be erased', () => {
  const old = person('Ada Ample');
  const next = person('Ada Ample', [['name', 'Ada Stone']], { supersedes: [old.id] });
  const eraser = retract([next], 'erase');
  const store = storeWith(old, next, eraser, retract([eraser], 'erase'));
  expect(findRecord(store, old.id)?.state).toBe('live');
  expect(findRecord(store, eraser.id)?.state).toBe('retracted');
});

test('[V40] a link is drawable as soon as both its ends are entities, in either order', () => {
  const store = storeWith(link('l', 'associate-of', ['Ada', 'Bo']));
  expect(statusCounts(store)).toMatchObject({ links: 0, undrawnLinks: 1 });
  put(store, [person('Ada'), person('Bo')]);
  expect(statusCounts(store)).toMatchObject({ links: 1, undrawnLinks: 0 });
  expect(linkRows(store, [subjectId('l')])).toMatchObject([
    { from: subjectId('Ada'), to: subjectId('Bo'), type: 'associate-of' },
  ]);
  const bo = person('Bo');
  put(store, [retract([bo], 'correct')]);
  expect(statusCounts(store)).toMatchObject({ links: 0, undrawnLinks: 1, entities: 1 });
});

test('[R16] a case has the members of all its live records together', () => {
  const store = storeWith(
    person('Ada'),
    person('Bo'),
    link('l', 'associate-of', ['Ada', 'Bo']),
    caseOf('Operation Example', ['Ada']),
    caseOf('Operation Example', ['Bo', 'l'], { author: SOUTHVALE }),
  );
  expect(caseList(store)).toMatchObject([{ title: 'Operation Example', entities: 2, links: 1 }]);
});
