import fc from 'fast-check';
import { expect, test } from 'vitest';
import { proveNow, proveStore } from '../../../src-main/store/prove.ts';
import type { Finding } from '../../../src-main/store/proof.ts';
import { saveSetting } from '../../../src-main/store/settings.ts';
import { verifyHead, write } from '../../../src-main/store/store.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { removeBatch } from '../../../src-main/store/undo.ts';
import type { ParsedRecord } from '../../../src-shared/records/parse-record.ts';
import {
  AT,
  caseOf,
  chart,
  link,
  NORTHMARK,
  note,
  person,
  put,
  retract,
  storeWith,
} from '../../support/store-builders.ts';

const NAMES = Array.from({ length: 300 }, (_, i) => `Person ${i}`);
/** More records than a step takes, so that there is a before and an after. */
const CROWD: readonly ParsedRecord[] = [
  ...NAMES.map((name) => person(name)),
  caseOf('Lantern', NAMES.slice(0, 3)),
  link('first link', 'knows', ['Person 0', 'Person 1']),
];

/** What a person may do between two steps. Each answers nothing; what is refused changes nothing. */
type Deed = { readonly deed: 'add' | 'supersede' | 'erase' | 'setting' | 'undo' | 'fail'; readonly at: number };
const Deeds = fc.array(
  fc.record({
    deed: fc.constantFrom('add', 'supersede', 'erase', 'setting', 'undo', 'fail'),
    at: fc.nat({ max: NAMES.length - 1 }),
  }),
  { maxLength: 12 },
);

function perform(store: Store, { deed, at }: Deed, count: number): void {
  const of = CROWD[at];
  if (of === undefined) return;
  const seed = `${deed} ${at} ${count}`;
  if (deed === 'add') put(store, [person(`New ${count}`)]);
  if (deed === 'supersede') put(store, [person(`Person ${at}`, [['name', seed]], { seed, supersedes: [of.id] })]);
  if (deed === 'erase') put(store, [retract([of], 'erase', { seed })]);
  if (deed === 'setting') write(store, note('test.set'), (tx) => saveSetting(tx, `name ${at % 3}`, count));
  if (deed === 'undo') {
    const { batch } = put(store, [person(`Undone ${count}`)]);
    write(store, note('test.undo'), (tx) => removeBatch(tx, batch, { at: AT, ours: NORTHMARK }));
  }
  if (deed === 'fail') {
    const failing = (): unknown =>
      write(store, note('test.fail'), (tx) => {
        saveSetting(tx, 'name 0', `failed ${count}`);
        tx.sqlite.exec('DELETE FROM records WHERE rid % 2 = 0');
        throw new Error('half way');
      });
    expect(failing).toThrow('half way');
  }
}

/** A proof with these deeds done one between two steps, in order, then to its end. */
function proveBetween(store: Store, deeds: readonly Deed[], every: number): readonly Finding[] {
  const proof = proveStore(store);
  const left = [...deeds];
  for (let step = 1; ; step += 1) {
    const { done, value } = proof.next();
    if (done === true) return value;
    const deed = step % every === 0 ? left.shift() : undefined;
    if (deed !== undefined) perform(store, deed, left.length);
  }
}

test('[V90] a store that only the program wrote to is whole, at every size', () => {
  expect(proveNow(storeWith())).toEqual([]);
  expect(proveNow(storeWith(...CROWD))).toEqual([]);
});

test('[V91] whatever is written between the steps, a proof never alarms without cause', () => {
  fc.assert(
    fc.property(Deeds, fc.integer({ min: 1, max: 3 }), (deeds, every) => {
      const store = storeWith(...CROWD);
      expect(proveBetween(store, deeds, every)).toEqual([]);
      expect(verifyHead(store).ok).toBe(true);
    }),
    { numRuns: 20 },
  );
});

/** Changes behind the store's back, each of one row. `$` stands for a row number. */
const PLANTED = [
  `UPDATE records SET body = replace(body, 'Person', 'Parson') WHERE rid = $`,
  `UPDATE records SET state = 'superseded' WHERE rid = $`,
  'DELETE FROM records WHERE rid = $',
  `UPDATE batches SET actor = 'Somebody' WHERE id = 1`,
  `INSERT INTO settings (name, value) VALUES ('planted', '1')`,
] as const;

test('[V91] whatever is written between the steps, a change behind the store’s back is found', () => {
  fc.assert(
    fc.property(
      Deeds,
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom(...PLANTED),
      fc.nat({ max: NAMES.length - 1 }),
      (deeds, every, planted, at) => {
        const store = storeWith(...CROWD);
        store.sqlite.exec(planted.replace('$', String(at + 1)));
        expect(proveBetween(store, deeds, every)).toContainEqual({ what: 'content', where: 'records', count: 1 });
      },
    ),
    { numRuns: 20 },
  );
});

test('[V91] a change planted while the proof goes on is found too, before and behind where it is', () => {
  for (const at of [1, 299]) {
    for (const steps of [1, 2, 3]) {
      const store = storeWith(...CROWD);
      const proof = proveStore(store);
      for (let step = 0; step < steps; step += 1) proof.next();
      store.sqlite.exec(`UPDATE records SET state = 'suppressed' WHERE rid = ${at}`);
      expect([...rest(proof)]).toContainEqual({ what: 'content', where: 'records', count: 1 });
    }
  }
});

function rest(proof: ReturnType<typeof proveStore>): readonly Finding[] {
  for (;;) {
    const { done, value } = proof.next();
    if (done === true) return value;
  }
}

test('[V60] a changed, a cut and a lengthened audit log are found', () => {
  for (const sql of [
    `DROP TRIGGER audit_is_never_changed; UPDATE audit SET actor = 'Somebody' WHERE seq = 1`,
    'DROP TRIGGER audit_is_never_deleted; DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)',
    `INSERT INTO audit SELECT seq + 1, at, actor, role, action, details, hash FROM audit ORDER BY seq DESC LIMIT 1`,
  ]) {
    const store = storeWith(person('Ada'));
    store.sqlite.exec(sql);
    expect(proveNow(store)).toEqual([{ what: 'audit', where: 'audit', count: 1 }]);
  }
});

test('[V92] an index that lacks entries, or has too many, is found by its name', () => {
  const cases = [
    [`UPDATE records SET subject = 1 WHERE rid = 280`, 'records_by_subject'],
    ['DELETE FROM links', 'links_out'],
  ] as const;
  for (const [sql, index] of cases) {
    const store = storeWith(...CROWD);
    behindItsBack(store, index, sql);
    expect(proveNow(store)).toContainEqual({ what: 'index', where: index, count: 1 });
  }
});

/** Runs a statement that leaves one index as it is: the schema does not know of the index meanwhile. */
function behindItsBack(store: Store, index: string, sql: string): void {
  store.sqlite.unsafeMode(true);
  store.sqlite.pragma('writable_schema=ON');
  const row = store.sqlite.prepare('SELECT * FROM sqlite_schema WHERE name = ?').get(index);
  store.sqlite.prepare('DELETE FROM sqlite_schema WHERE name = ?').run(index);
  store.sqlite.pragma('writable_schema=RESET');
  store.sqlite.exec(sql);
  store.sqlite.pragma('writable_schema=ON');
  store.sqlite
    .prepare(
      'INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES (@type, @name, @tbl_name, @rootpage, @sql)',
    )
    .run(row);
  store.sqlite.pragma('writable_schema=RESET');
}

test('[V93] a full text that differs from what it indexes is found', () => {
  const store = storeWith(...CROWD);
  store.sqlite.unsafeMode(true);
  store.sqlite.exec('DELETE FROM entity_texts_content WHERE id = 5');
  expect(proveNow(store)).toContainEqual({ what: 'texts', where: 'entity_texts', count: 1 });
});

test.each([
  ['entities', `UPDATE entities SET label = 'Somebody' WHERE id = 7`],
  ['entities', 'DELETE FROM entities WHERE id = 7'],
  [
    'entities',
    `INSERT INTO entities SELECT 100000, type, 'Nobody', subject_category, is_protected, tlp, authors, grades, conflicts, withheld, first_on, last_on, review_on FROM entities WHERE id = 7`,
  ],
  ['links', `UPDATE links SET dst = 7`],
  ['links', 'UPDATE links SET is_drawable = 0'],
  ['cases', `UPDATE cases SET title = 'Another'`],
  ['cases', 'UPDATE cases SET entities = entities + 1'],
  ['case_members', 'DELETE FROM case_members WHERE member = (SELECT min(member) FROM case_members)'],
  ['case_members', 'UPDATE case_members SET stated = 2'],
  ['chart_positions', 'UPDATE chart_positions SET x = 99'],
  ['entity_texts', `UPDATE entity_texts SET words = 'somebody' WHERE rowid = 7`],
  ['entity_keys', 'DELETE FROM entity_keys WHERE entity = 7'],
  [
    'entity_keys',
    `INSERT INTO entity_keys (key, tie, entity) SELECT 'ghost', tie, entity FROM entity_keys WHERE entity = 7 LIMIT 1`,
  ],
  ['counts', `UPDATE counts SET n = n + 1 WHERE name = 'links'`],
])('[V94] a row of %s that is not what the records say is found', (where, sql) => {
  const store = storeWith(...CROWD, chart('drawing', 'Lantern', { 'Person 0': [1, 2] }));
  expect(proveNow(store)).toEqual([]);
  store.sqlite.exec(sql);
  expect(
    proveNow(store)
      .filter(({ what }) => what === 'projection')
      .map((finding) => finding.where),
  ).toContain(where);
});

test('[V91] a proof leaves nothing behind, also when it is given up', () => {
  const store = storeWith(...CROWD);
  const proof = proveStore(store);
  proof.next();
  proof.return([]);
  expect(store.sqlite.prepare('SELECT count(*) FROM sqlite_temp_schema').pluck().get()).toBe(0);
});
