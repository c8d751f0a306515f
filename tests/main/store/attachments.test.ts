import { expect, test } from 'vitest';
import {
  addCustody,
  countAttachments,
  CUSTODY,
  custodyOf,
  ERASING,
  erasingAttachments,
  findAttachment,
  heldAttachments,
  holdAttachment,
  LAST_PROOF,
  SUPPORTING,
} from '../../../src-main/store/attachments.ts';
import { newBatch } from '../../../src-main/store/batches.ts';
import { queryPlan, readNumber } from '../../../src-main/store/connection.ts';
import { ALL_FILES, FILES_OF, NAMING, recordsNaming } from '../../../src-main/store/history.ts';
import { FILES_ABOUT } from '../../../src-main/store/release-records.ts';
import { putRecords } from '../../../src-main/store/records.ts';
import { verifyHead, write } from '../../../src-main/store/store.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { FileHash } from '../../../src-shared/domain/ids.ts';
import type { ParsedRecord } from '../../../src-shared/records/parse-record.ts';
import { sealRecord } from '../../../src-shared/records/seal-record.ts';
import {
  AT,
  emptyStore,
  NORTHMARK,
  note,
  put,
  retract,
  seededBytes,
  SOUTHVALE,
  subjectId,
} from '../../support/store-builders.ts';

const PLANS = { ALL_FILES, CUSTODY, ERASING, FILES_ABOUT, FILES_OF, LAST_PROOF, NAMING, SUPPORTING };

test.each(Object.entries(PLANS))('the plan of %s reads an index, never a whole table', (name, sql) => {
  const plan = queryPlan(emptyStore(), sql);
  const listed = 'SCAN a USING COVERING INDEX attachment_records_by_rid';
  expect(plan.replace(listed, '')).not.toMatch(/SCAN [artx]\b/);
  if (['ALL_FILES', 'CUSTODY', 'FILES_OF'].includes(name)) expect(plan).not.toContain('TEMP B-TREE');
});

const SHA = FileHash.parse('c'.repeat(64));

function file(name: string, supports: readonly string[], author = NORTHMARK): ParsedRecord {
  return sealRecord(
    {
      kind: 'attachment',
      subject: subjectId(name),
      author,
      created: AT,
      supersedes: [],
      handling: { tlp: 'TLP:AMBER', codes: [], purposes: [], legalBases: [] },
      commitment: 'claims',
      source: { reference: 'report 7', basis: 'fact' },
      file: { sha256: SHA, size: 10, type: 'text/plain' },
      supports: supports.map(subjectId),
      claims: [{ property: 'name', value: `${name}.txt` }],
    },
    { randomBytes: seededBytes(name) },
  );
}

function hold(store: Store): void {
  write(store, note('attachment.add'), (tx) => {
    holdAttachment(tx, { sha256: SHA, size: 10 });
    addCustody(tx, SHA, { event: 'added', at: AT, actor: 'Olga' });
  });
}

test('[V120] records of a file are found by what they support and by the file, in whatever order they and their subjects came', () => {
  const store = emptyStore();
  const [one, other] = [file('one', ['Ada', 'Bo']), file('other', ['Bo'])];
  put(store, [one]);
  put(store, [other]);
  put(store, [one]);
  expect(['Ada', 'Bo', 'Cy'].map((name) => countAttachments(store, subjectId(name)))).toEqual([1, 2, 0]);
  expect(recordsNaming(store, SHA).map(({ id }) => id)).toEqual([one.id, other.id].toSorted());
  expect(verifyHead(store).ok).toBe(true);
});

test('[V122] a file is to be erased when no record, live or not, names it any more, whoever erased the last one', () => {
  const store = emptyStore();
  hold(store);
  const [ours, theirs] = [file('ours', ['Ada']), file('theirs', ['Ada'], SOUTHVALE)];
  put(store, [ours]);
  put(store, [theirs]);
  put(store, [retract([theirs], 'correct', { author: SOUTHVALE })]);
  put(store, [retract([ours], 'erase')]);
  expect(findAttachment(store, SHA)?.state).toBe('held');
  expect(erasingAttachments(store)).toEqual([]);
  put(store, [retract([theirs], 'erase', { author: SOUTHVALE })]);
  expect(erasingAttachments(store)).toEqual([SHA]);
  expect(heldAttachments(store)).toEqual([]);
  expect(verifyHead(store).ok).toBe(true);
});

test('[V122] the same in one transaction with the record itself, or when the erasure came first', () => {
  const store = emptyStore();
  hold(store);
  const one = file('one', ['Ada']);
  write(store, note('import'), (tx) => {
    putRecords(tx, newBatch(tx, { kind: 'edit', at: AT, actor: 'Olga' }), [one, retract([one], 'erase')]);
  });
  expect(erasingAttachments(store)).toEqual([SHA]);
  put(store, [one]);
  expect(countAttachments(store, subjectId('Ada'))).toBe(0);
});

test('[V31] an erased record leaves none of its edges: neither which file it named nor whom it was about', () => {
  const store = emptyStore();
  const one = file('one', ['Ada', 'Bo']);
  put(store, [one]);
  put(store, [retract([one], 'erase')]);
  for (const table of ['supports', 'attachment_records']) {
    expect([table, readNumber(store, `SELECT count(*) AS n FROM ${table}`)]).toEqual([table, 0]);
  }
});

test('[V123] custody is told newest first, and only so much of it', () => {
  const store = emptyStore();
  hold(store);
  write(store, note('attachment.export'), (tx) => {
    addCustody(tx, SHA, { event: 'exported', at: AT, actor: 'Olga', note: 'for the invented court' });
  });
  expect(custodyOf(store, SHA, 10)).toEqual([
    { event: 'exported', at: AT, actor: 'Olga', note: 'for the invented court' },
    { event: 'added', at: AT, actor: 'Olga' },
  ]);
  expect(custodyOf(store, SHA, 1)).toHaveLength(1);
});
