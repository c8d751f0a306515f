import { expect, test } from 'vitest';
import { auditEntries, verifyAudit } from '../../../src-main/store/audit.ts';
import { write } from '../../../src-main/store/store.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { AT, emptyStore, note } from '../../support/store-builders.ts';

function storeWithEntries(): Store {
  const store = emptyStore();
  for (const action of ['one', 'two', 'three', 'four'])
    write(store, { ...note(action), details: { count: 1 } }, () => undefined);
  return store;
}

/** What somebody who has the key, but not this program, can do. */
function tamper(store: Store, sql: string): void {
  store.sqlite.exec('DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_deleted');
  store.sqlite.exec(sql);
}

test('every change adds one entry that says who did what, newest first and in pages', () => {
  const store = storeWithEntries();
  expect(auditEntries(store, { limit: 2 })).toEqual([
    { sequence: 5, at: AT, actor: 'Ana', role: 'analyst', action: 'four', details: { count: 1 } },
    { sequence: 4, at: AT, actor: 'Ana', role: 'analyst', action: 'three', details: { count: 1 } },
  ]);
  expect(auditEntries(store, { before: 3, limit: 9 }).map(({ action }) => action)).toEqual(['one', 'vault.created']);
  expect(verifyAudit(store)).toEqual({ ok: true, entries: 5 });
});

test('details may depend on what the work returned', () => {
  const store = emptyStore();
  const counted = write(store, { ...note('counted'), details: (count: number) => ({ count }) }, () => 7);
  expect(counted).toBe(7);
  expect(auditEntries(store, { limit: 1 })[0]?.details).toEqual({ count: 7 });
});

test('[V60] entries can be neither changed nor deleted', () => {
  const store = storeWithEntries();
  expect(() => store.sqlite.exec(`UPDATE audit SET actor = 'Somebody'`)).toThrow('V60');
  expect(() => store.sqlite.exec('DELETE FROM audit WHERE seq = 3')).toThrow('V60');
});

test.each([
  ['another actor', `UPDATE audit SET actor = 'Somebody' WHERE seq = 3`, 3],
  ['another time', `UPDATE audit SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 2`, 2],
  ['other details', `UPDATE audit SET details = '{"count":2}' WHERE seq = 4`, 4],
  ['details that are none', `UPDATE audit SET details = 'count' WHERE seq = 4`, 4],
  ['another hash', `UPDATE audit SET hash = zeroblob(32) WHERE seq = 2`, 2],
  ['a missing entry', 'DELETE FROM audit WHERE seq = 2', 2],
  ['a cut end', 'DELETE FROM audit WHERE seq = 5', 5],
  ['everything gone', 'DELETE FROM audit', 1],
  [
    'two entries swapped',
    'UPDATE audit SET seq = CASE seq WHEN 2 THEN -3 ELSE -2 END WHERE seq IN (2, 3); UPDATE audit SET seq = -seq WHERE seq < 0',
    2,
  ],
  [
    'an entry added at the end',
    `INSERT INTO audit SELECT 6, at, actor, role, action, details, hash FROM audit WHERE seq = 5`,
    6,
  ],
])('[V60] %s is found', (_, sql, firstBad) => {
  const store = storeWithEntries();
  tamper(store, sql);
  expect(verifyAudit(store)).toMatchObject({ ok: false, firstBad });
});
