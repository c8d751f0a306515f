import { z } from 'zod';
import { readAll, readNumber, readOne } from './connection.ts';
import type { ReadDb } from './connection.ts';
import { readHead } from './head-row.ts';
import type { ProofStep } from './proof.ts';
import type { Differences } from './differences.ts';

const ENTITIES_A_STEP = 96;
const KEYS_A_STEP = 256;

/**
 * V94: every key of every entity's texts is in the ordered index, and no other is. As many keys as there should be are the right ones, as long as nothing
 * changed meanwhile; otherwise each is looked at.
 */
export function* proveKeys(db: ReadDb, differences: Differences): Generator<ProofStep, void, undefined> {
  const { sequence } = readHead(db);
  let expected = 0;
  let missing = 0;
  for (let from = 0, isMore = true; isMore;) {
    const to = readOne(db, LastRow, LAST_TEXT, from, ENTITIES_A_STEP)?.last ?? undefined;
    isMore = to !== undefined;
    if (to === undefined) break;
    expected += readNumber(db, KEYS_EXPECTED, from, to);
    missing += readNumber(db, KEYS_MISSING, from, to);
    from = to;
    yield { stage: 'texts', rows: from };
  }
  const isExact = readNumber(db, 'SELECT count(*) AS n FROM entity_keys') === expected - missing;
  const surplus = isExact && readHead(db).sequence === sequence ? 0 : yield* countSurplus(db);
  if (missing + surplus > 0) differences.set('entity_keys', missing + surplus);
}

const LastRow = z.object({ last: z.number().nullable() });
const LAST_TEXT =
  'SELECT max(rowid) AS last FROM (SELECT rowid FROM entity_texts WHERE rowid > CAST(? AS INTEGER) ORDER BY rowid LIMIT ?)';
const KEYS_EXPECTED = `SELECT coalesce(sum((SELECT count(DISTINCT j.value) FROM json_each(t.keys) j)), 0) AS n FROM entity_texts t
  WHERE t.rowid > CAST(? AS INTEGER) AND t.rowid <= CAST(? AS INTEGER)`;
const KEYS_MISSING = `SELECT count(*) AS n FROM entity_texts t CROSS JOIN subjects s ON s.id = t.rowid CROSS JOIN json_each(t.keys) j
  WHERE t.rowid > CAST(? AS INTEGER) AND t.rowid <= CAST(? AS INTEGER) AND NOT EXISTS
    (SELECT 1 FROM entity_keys k WHERE k.key = j.value AND k.tie = substr(s.uid, 13) AND k.entity = t.rowid)`;

const KeyRow = z.object({ key: z.string(), tie: z.instanceof(Uint8Array), entity: z.number(), isRight: z.number() });
const KEYS_FROM = `SELECT k.key, k.tie, k.entity, EXISTS (SELECT 1 FROM entity_texts t CROSS JOIN json_each(t.keys) j CROSS JOIN subjects s ON s.id = t.rowid
    WHERE t.rowid = k.entity AND j.value = k.key AND substr(s.uid, 13) = k.tie) AS isRight
  FROM entity_keys k WHERE (k.key, k.tie, k.entity) > (?, ?, ?) ORDER BY k.key, k.tie, k.entity LIMIT ?`;

function* countSurplus(db: ReadDb): Generator<ProofStep, number, undefined> {
  let surplus = 0;
  for (let last: z.infer<typeof KeyRow> | undefined, isMore = true; isMore;) {
    const from = [last?.key ?? '', last?.tie ?? new Uint8Array(), last?.entity ?? -1] as const;
    const rows: z.infer<typeof KeyRow>[] = readAll(db, KeyRow, KEYS_FROM, ...from, KEYS_A_STEP);
    surplus += rows.filter(({ isRight }) => isRight === 0).length;
    isMore = rows.length === KEYS_A_STEP;
    last = rows.at(-1);
    yield { stage: 'texts', rows: 0 };
  }
  return surplus;
}
