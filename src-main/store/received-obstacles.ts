import type { AgencyId, BatchId } from '../../src-shared/domain/ids.ts';
import { hexBytes } from './columns.ts';
import { readNumber } from './connection.ts';
import type { ReadDb } from './connection.ts';
import type { Obstacles } from './obstacles.ts';

/** V34: what forbids to take back a received bundle, asked of the records of the batch with numbers from ?2 to ?3. */

const OURS = '(SELECT a.id FROM agencies a WHERE a.uid = ?4)';
/** Nothing of it would be left: no live record from elsewhere. */
const IS_GONE = `NOT EXISTS (SELECT 1 FROM records o WHERE o.subject = r.subject AND o.batch <> ?1 AND o.kind = r.kind AND o.state = 'live')`;

export const ERASES = `SELECT count(*) AS n FROM records r CROSS JOIN retractions x ON x.by = r.rid
  WHERE r.batch = ?1 AND r.rid BETWEEN ?2 AND ?3 AND r.kind = 'retract' AND x.action = 'erase'`;
export const PASSED_ON = `SELECT count(*) AS n FROM records r
  WHERE r.batch = ?1 AND r.rid BETWEEN ?2 AND ?3 AND EXISTS (SELECT 1 FROM release_items i WHERE i.record = r.id)`;
export const ATTESTED_BY_US = `SELECT count(*) AS n FROM records r CROSS JOIN placements p ON p.rid = r.rid
  WHERE r.batch = ?1 AND r.rid BETWEEN ?2 AND ?3 AND r.author = ${OURS}`;
export const SUPERSEDED_BY_US = `SELECT count(*) AS n FROM records r CROSS JOIN supersessions x ON x.target = r.id
  CROSS JOIN records o ON o.rid = x.by WHERE r.batch = ?1 AND r.rid BETWEEN ?2 AND ?3 AND o.batch <> ?1 AND o.author = ${OURS}`;
export const WITHDRAWN_BY_US = `SELECT count(*) AS n FROM records r CROSS JOIN retractions x ON x.target = r.id
  CROSS JOIN records o ON o.rid = x.by WHERE r.batch = ?1 AND r.rid BETWEEN ?2 AND ?3 AND o.batch <> ?1 AND o.author = ${OURS}`;
export const JOINED_FROM = `SELECT count(*) AS n FROM records r CROSS JOIN links l ON l.src = r.subject
  CROSS JOIN records o ON o.subject = l.id AND o.state = 'live'
  WHERE r.batch = ?1 AND r.rid BETWEEN ?2 AND ?3 AND r.kind = 'entity' AND o.batch <> ?1 AND o.author = ${OURS} AND ${IS_GONE}`;
export const JOINED_TO = `SELECT count(*) AS n FROM records r CROSS JOIN links l ON l.dst = r.subject
  CROSS JOIN records o ON o.subject = l.id AND o.state = 'live'
  WHERE r.batch = ?1 AND r.rid BETWEEN ?2 AND ?3 AND r.kind = 'entity' AND o.batch <> ?1 AND o.author = ${OURS} AND ${IS_GONE}`;
export const COMPARED_FROM = `SELECT count(*) AS n FROM records r CROSS JOIN records o ON o.src = r.subject AND o.kind IN ('same', 'not-same')
  WHERE r.batch = ?1 AND r.rid BETWEEN ?2 AND ?3 AND r.kind = 'entity' AND o.state = 'live' AND o.batch <> ?1 AND o.author = ${OURS} AND ${IS_GONE}`;
export const COMPARED_TO = `SELECT count(*) AS n FROM records r CROSS JOIN records o ON o.dst = r.subject AND o.kind IN ('same', 'not-same')
  WHERE r.batch = ?1 AND r.rid BETWEEN ?2 AND ?3 AND r.kind = 'entity' AND o.state = 'live' AND o.batch <> ?1 AND o.author = ${OURS} AND ${IS_GONE}`;
export const SUPPORTED = `SELECT count(*) AS n FROM records r CROSS JOIN subjects s ON s.id = r.subject
  CROSS JOIN supports x ON x.subject = s.uid CROSS JOIN records o ON o.rid = x.rid
  WHERE r.batch = ?1 AND r.rid BETWEEN ?2 AND ?3 AND o.state = 'live' AND o.author = ${OURS} AND ${IS_GONE}`;
export const REPEATED = 'SELECT coalesce(sum(records), 0) AS n FROM batch_repeats WHERE batch = ?1';

/** V34: how many records of this batch a later one brought again. */
export function countRepeats(db: ReadDb, batch: BatchId): number {
  return readNumber(db, REPEATED, batch);
}

/** In the order in which they are told. */
export function receivedObstacles(ours: AgencyId): Obstacles {
  const us = hexBytes(ours);
  return [
    ['erased', ERASES],
    ['released', PASSED_ON],
    ['attested', ATTESTED_BY_US, us],
    ['built-on', SUPERSEDED_BY_US, us],
    ['built-on', WITHDRAWN_BY_US, us],
    ['built-on', JOINED_FROM, us],
    ['built-on', JOINED_TO, us],
    ['built-on', COMPARED_FROM, us],
    ['built-on', COMPARED_TO, us],
    ['built-on', SUPPORTED, us],
  ];
}
