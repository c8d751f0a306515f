import { expect, test } from 'vitest';
import { z } from 'zod';
import { growTree, proveLog, treeHead } from '../../../src-main/store/audit-tree.ts';
import { verifyAudit } from '../../../src-main/store/audit.ts';
import { write } from '../../../src-main/store/store.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { toHex } from '../../../src-shared/crypto/hash.ts';
import { merkleRoot } from '../../../src-shared/crypto/merkle.ts';
import { runThrough } from '../../../src-shared/crypto/steps.ts';
import { emptyStore, note } from '../../support/store-builders.ts';

function logOf(...actions: readonly string[]): Store {
  const store = emptyStore();
  for (const action of actions) enter(store, action);
  return store;
}

function enter(store: Store, action: string): void {
  write(store, note(action), () => undefined);
}

const proved = (...asked: Parameters<typeof proveLog>) => runThrough(proveLog(...asked));

/** By the definition of the tree, over what the table has. */
function rootOfFirst(store: Store, size: number): string {
  const rows = store.sqlite.prepare('SELECT hash FROM audit ORDER BY seq LIMIT ?').all(size);
  const leaves = z.array(z.object({ hash: z.instanceof(Uint8Array) })).parse(rows);
  return toHex(merkleRoot(leaves.map(({ hash }) => new Uint8Array(hash))));
}

/** What somebody who has the key, but not this program, can do. */
function tamper(store: Store, sql: string): void {
  store.sqlite.exec('DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_deleted');
  store.sqlite.exec(sql);
}

test('[V61] the tree head is that of RFC 6962 over the hashes of all entries, at every size', () => {
  const store = emptyStore();
  for (let size = 1; size <= 20; size += 1) {
    expect(treeHead(store)).toEqual({ size, root: rootOfFirst(store, size) });
    enter(store, `entry ${size}`);
  }
});

test('[V61] a transaction that is rolled back leaves nothing of itself in the tree', () => {
  const store = logOf('one', 'two');
  const before = treeHead(store);
  expect(() =>
    write(store, note('three'), () => {
      throw new Error('given up');
    }),
  ).toThrow('given up');
  expect(treeHead(store)).toEqual(before);
  enter(store, 'another three');
  expect(treeHead(store)).toEqual({ size: 4, root: rootOfFirst(store, 4) });
});

test('[V61] what is remembered of it is not believed when the log is another one', () => {
  const store = logOf('one', 'two', 'three');
  treeHead(store);
  const other = logOf('one', 'other two', 'three', 'four');
  tamper(store, 'DELETE FROM audit');
  const copy = store.sqlite.prepare('INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?)');
  for (const row of other.sqlite.prepare('SELECT * FROM audit ORDER BY seq').raw().all())
    copy.run(...(row as unknown[]));
  const head = other.sqlite.prepare('SELECT audit_size, audit_hash FROM head').raw().get() as unknown[];
  store.sqlite.prepare('UPDATE head SET audit_size = ?, audit_hash = ?').run(...head);
  expect(treeHead(store)).toEqual(treeHead(other));
});

test('[V61] no tree head is made of a log that does not end where the head says', () => {
  const cut = logOf('one', 'two');
  tamper(cut, 'DELETE FROM audit WHERE seq = 3');
  expect(() => treeHead(cut)).toThrow('vault.store-damaged');
  const longer = logOf('one', 'two');
  tamper(longer, 'INSERT INTO audit SELECT 4, at, actor, role, action, details, hash FROM audit WHERE seq = 3');
  expect(() => treeHead(longer)).toThrow('vault.store-damaged');
});

test('[V62] every checkpoint of a log stays true of it, however long it gets', () => {
  const store = emptyStore();
  const checkpoints = [treeHead(store)];
  for (const action of ['one', 'two', 'three', 'four', 'five', 'six']) {
    enter(store, action);
    checkpoints.push(treeHead(store));
  }
  for (const checkpoint of checkpoints)
    expect(proved(store, checkpoint)).toEqual({
      ok: true,
      entries: 7,
      root: rootOfFirst(store, 7),
      checkpoint: 'same',
    });
  expect(proved(store)).toEqual({ ok: true, entries: 7, root: rootOfFirst(store, 7) });
});

test('[V62] a log that was written anew is whole by its own chain, and is not the one that was witnessed', () => {
  const witnessed = treeHead(logOf('looked at a victim', 'released it'));
  const anew = logOf('looked at nothing', 'released it', 'went home');
  expect(verifyAudit(anew)).toEqual({ ok: true, entries: 4 });
  expect(proved(anew, witnessed)).toMatchObject({ ok: true, checkpoint: 'other' });
  expect(proved(logOf('released it'), witnessed)).toMatchObject({ ok: true, checkpoint: 'shorter' });
});

test('[V62] a log whose chain breaks proves what lies before, and nothing from there on', () => {
  const store = logOf('one', 'two', 'three');
  const [early, late] = [2, 4].map((size) => ({ size, root: rootOfFirst(store, size) }));
  tamper(store, `UPDATE audit SET actor = 'Somebody' WHERE seq = 3`);
  expect(proved(store, early)).toEqual({ ok: false, entries: 2, firstBad: 3, checkpoint: 'same' });
  expect(proved(store, late)).toEqual({ ok: false, entries: 2, firstBad: 3, checkpoint: 'other' });
  expect(proved(store, { size: 9, root: '0'.repeat(64) })).toMatchObject({ ok: false, checkpoint: 'other' });
});

/** 1200 entries with the one that makes a store: more than one step takes. */
function longLog(): Store {
  const store = emptyStore();
  for (let at = 0; at < 1199; at += 1) enter(store, `entry ${at}`);
  return store;
}

test('[V61] the first head of a long log is worked out with pauses, and what was done of it stays done', () => {
  const store = longLog();
  const steps = growTree(store);
  expect(steps.next().value).toEqual(['audit', 512, 1200]);
  enter(store, 'in between');
  expect(steps.next().value).toEqual(['audit', 1024, 1201]);
  steps.return();
  expect([...growTree(store)]).toEqual([['audit', 1201, 1201]]);
  enter(store, 'one more');
  expect([...growTree(store)]).toEqual([['audit', 1202, 1202]]);
  expect(treeHead(store)).toEqual({ size: 1202, root: rootOfFirst(store, 1202) });
});

test('[V62] a proof pauses, and proves what is entered in between', () => {
  const store = longLog();
  const proof = proveLog(store);
  expect(proof.next().value).toEqual(['audit', 256, 1200]);
  enter(store, 'in between');
  expect(runThrough(proof)).toEqual({ ok: true, entries: 1201, root: rootOfFirst(store, 1201) });
});
