import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalText } from '../../src-shared/crypto/canonical.ts';
import { hashFor, toHex } from '../../src-shared/crypto/hash.ts';
import type { SubjectId } from '../../src-shared/domain/ids.ts';
import { hexBytes, RecordIdRow } from './columns.ts';
import { readAll, readEach } from './connection.ts';
import type { ReadDb } from './connection.ts';
import { findSubject } from './identities.ts';
import { agencyNumbers } from './projected-rows.ts';

const HeldRow = z.object({ id: z.instanceof(Uint8Array), body: z.string() });

/** V48: equal for two stores that hold the same records and show the same, whatever the way the records came. O(store). */
export function fingerprint(db: ReadDb): string {
  const hash = createHash('sha256').update('chirograph/store-fingerprint/v1\n');
  for (const { id, body } of readEach(db, HeldRow, 'SELECT id, body FROM records ORDER BY id')) {
    hash.update(id).update(createHash('sha256').update(body).digest());
  }
  for (const line of projectionLines(db)) hash.update(line).update('\n');
  return hash.digest('hex');
}

/** V48: the words two leads read to each other are made of it: which live records a case has, not what we may see of them. */
export function caseFingerprint(db: ReadDb, id: SubjectId): string {
  const rows = readAll(db, RecordIdRow, CASE_RECORD_IDS, findSubject(db, id) ?? 0);
  return toHex(hashFor('chirograph/case-fingerprint/v1')(...rows.map((row) => hexBytes(row.id))));
}

export const CASE_RECORD_IDS = `SELECT r.id FROM (SELECT ?1 AS subject UNION SELECT member FROM case_members WHERE case_id = ?1) m
  CROSS JOIN records r ON r.subject = m.subject WHERE r.state = 'live' AND r.kind IN ('entity', 'link', 'case') ORDER BY r.id`;

/** The whole projection as lines of canonical JSON with global ids, in ascending order of the subjects: also what tests compare. */
export function* projectionLines(db: ReadDb): Generator<string> {
  const agencies = agencyNumbers(db);
  for (const [table, sql] of PROJECTION) {
    for (const row of readEach(db, AnyRow, sql)) {
      const authors = row['authors'];
      const named =
        typeof authors === 'string' ? { authors: authors.split(' ').map((number) => agencies.get(number) ?? '') } : {};
      yield canonicalText([table, { ...withTextOnly(row), ...named }]);
    }
  }
}

const AnyRow = z.record(z.string(), z.union([z.string(), z.number(), z.null(), z.instanceof(Uint8Array)]));

const PROJECTION = [
  ['entities', 'SELECT s.uid, e.* FROM entities e CROSS JOIN subjects s ON s.id = e.id ORDER BY s.uid'],
  [
    'links',
    `SELECT s.uid, f.uid AS from_uid, t.uid AS to_uid, l.* FROM links l CROSS JOIN subjects s ON s.id = l.id
     CROSS JOIN subjects f ON f.id = l.src CROSS JOIN subjects t ON t.id = l.dst ORDER BY s.uid`,
  ],
  ['cases', 'SELECT s.uid, c.* FROM cases c CROSS JOIN subjects s ON s.id = c.id ORDER BY s.uid'],
  [
    'case_members',
    `SELECT c.uid, m.uid AS member_uid FROM case_members x CROSS JOIN subjects c ON c.id = x.case_id
     CROSS JOIN subjects m ON m.id = x.member ORDER BY c.uid, m.uid`,
  ],
  [
    'chart_positions',
    `SELECT c.uid, s.uid AS subject_uid, k.uid AS case_uid, a.uid AS author_uid, p.record, p.x, p.y, p.pinned FROM chart_positions p
     CROSS JOIN subjects c ON c.id = p.chart CROSS JOIN subjects s ON s.id = p.subject CROSS JOIN subjects k ON k.id = p.case_id
     CROSS JOIN agencies a ON a.id = p.author ORDER BY c.uid, s.uid`,
  ],
  [
    'entity_texts',
    'SELECT s.uid, t.words, t.keys, t.shown FROM entity_texts t CROSS JOIN subjects s ON s.id = t.rowid ORDER BY s.uid',
  ],
  [
    'entity_keys',
    'SELECT s.uid, k.key FROM entity_keys k CROSS JOIN subjects s ON s.id = k.entity ORDER BY k.key, s.uid',
  ],
] as const;

/** Bytes as hex; the store's own integers left out (V24). */
function withTextOnly(row: z.infer<typeof AnyRow>): { readonly [column: string]: string | number | null } {
  const ours = new Set(['id', 'src', 'dst']);
  return Object.fromEntries(
    Object.entries(row).flatMap(([column, value]) => {
      if (ours.has(column)) return [];
      return [[column, value instanceof Uint8Array ? toHex(value) : value]];
    }),
  );
}
