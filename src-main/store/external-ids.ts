import { z } from 'zod';
import { BatchId } from '../../src-shared/domain/ids.ts';
import type { SubjectId } from '../../src-shared/domain/ids.ts';
import { SubjectColumn } from './columns.ts';
import { readAll, readOne } from './connection.ts';
import type { ReadDb } from './connection.ts';
import { findSubject } from './identities.ts';

/** Which entity of a case has which id in the file that it came from. */
export type ExternalId = { readonly batch: BatchId; readonly externalId: string; readonly subject: SubjectId };

/** Members looked at in one step. */
const STEP = 4096;

const ExternalIdRow = z.object({ batch: BatchId, external_id: z.string(), subject: SubjectColumn });
const MemberRow = z.object({ member: z.number() });

/** The last member of a step; none in the last one. */
const STEP_OF_MEMBERS = `SELECT member FROM case_members WHERE case_id = ?1 AND member > ?2 ORDER BY member LIMIT 1 OFFSET ?3`;
const EXTERNAL_IDS = `SELECT r.batch, s.uid AS subject, c.value ->> '$.value' AS external_id
  FROM case_members m CROSS JOIN records r ON r.subject = m.member CROSS JOIN subjects s ON s.id = m.member
  CROSS JOIN json_each(r.body, '$.claims') c
  WHERE m.case_id = ?1 AND m.member > ?2 AND m.member <= ?3 AND r.kind = 'entity' AND r.state = 'live'
    AND c.value ->> '$.property' = 'externalId' AND json_type(c.value, '$.value') = 'text'
  ORDER BY m.member, r.id, c.key`;

/** In steps, because a case may have a million members: other work may go on between two. O(records of the case). */
export function* externalIds(db: ReadDb, id: SubjectId): Generator<readonly ExternalId[]> {
  const found = findSubject(db, id) ?? 0;
  for (let last = 0; ;) {
    const end = readOne(db, MemberRow, STEP_OF_MEMBERS, found, last, STEP - 1)?.member;
    const rows = readAll(db, ExternalIdRow, EXTERNAL_IDS, found, last, end ?? Number.MAX_SAFE_INTEGER);
    yield rows.map(({ batch, subject, external_id: externalId }) => ({ batch, subject, externalId }));
    if (end === undefined) return;
    last = end;
  }
}
