import { z } from 'zod';
import type { AgencyId } from '../../src-shared/domain/ids.ts';
import { failure } from '../../src-shared/errors.ts';
import { AgencyColumn, hexBytes, HexColumn } from './columns.ts';
import { readAll, readOne } from './connection.ts';
import type { ReadDb, WriteDb } from './connection.ts';
import { findAgency, keepAgency } from './identities.ts';
import { deleteRows, insertRow, replaceRow } from './truth.ts';
import type { ManifestRow, ManifestVerdict, StreamRow } from './types.ts';

/** Where the streams of bundles from and to partners stand, and every manifest that belongs to one (bundle.md, B8). */

export type Direction = ManifestRow['direction'];

const Stream = z.object({ agency: AgencyColumn, epoch: z.number(), sequence: z.number(), manifest: HexColumn });
const Manifest = Stream.extend({
  direction: z.enum(['in', 'out']),
  bundle: z.string(),
  verdict: z.enum([
    'sent',
    'quarantined',
    'applied',
    'discarded',
    'withdrawn',
    'undone',
    'fork',
    'receipt',
    'unknown-receipt',
  ]),
  at: z.string(),
});

/** The last position; undefined when nothing has gone that way yet. */
export function stream(db: ReadDb, direction: Direction, agency: AgencyId): StreamRow | undefined {
  const sql = `SELECT a.uid AS agency, s.epoch, s.sequence, s.manifest FROM streams s CROSS JOIN agencies a ON a.id = s.agency
    WHERE s.direction = ? AND s.agency = ?`;
  return readOne(db, Stream, sql, direction, findAgency(db, agency) ?? 0);
}

/** Puts this position in the place of the last one of the stream. */
export function saveStream(tx: WriteDb, direction: Direction, position: StreamRow): void {
  const agency = keepAgency(tx, position.agency);
  const { epoch, sequence } = position;
  replaceRow(
    tx,
    'streams',
    { direction, agency },
    { direction, agency, epoch, sequence, manifest: hexBytes(position.manifest) },
  );
}

/** Remembers a manifest; one that is known already gets the new verdict. */
export function addManifest(tx: WriteDb, row: ManifestRow): void {
  const { direction, epoch, sequence, bundle, verdict, at } = row;
  const agency = keepAgency(tx, row.agency);
  const manifest = hexBytes(row.manifest);
  deleteRows(tx, 'manifests', { direction, agency, manifest });
  insertRow(tx, 'manifests', { direction, agency, manifest, epoch, sequence, bundle, verdict, at });
}

/** Changes what became of a manifest. Throws `store.not-found`. */
export function setManifestVerdict(
  tx: WriteDb,
  direction: Direction,
  manifest: string,
  verdict: ManifestVerdict,
): void {
  const found = findManifests(tx, direction, manifest);
  if (found.length === 0) throw failure('store.not-found', { what: 'quarantine' });
  for (const row of found) addManifest(tx, { ...row, verdict });
}

const MANIFESTS = `SELECT m.direction, a.uid AS agency, m.epoch, m.sequence, m.manifest, m.bundle, m.verdict, m.at
  FROM manifests m CROSS JOIN agencies a ON a.id = m.agency`;

/** Manifests of one direction and partner, or of all, by sequence. */
export function manifests(
  db: ReadDb,
  filter: { readonly direction?: Direction; readonly agency?: AgencyId },
): ManifestRow[] {
  const agency = filter.agency === undefined ? null : (findAgency(db, filter.agency) ?? 0);
  const sql = `${MANIFESTS} WHERE (?1 IS NULL OR m.direction = ?1) AND (?2 IS NULL OR m.agency = ?2)
    ORDER BY m.direction, a.uid, m.epoch, m.sequence, m.manifest`;
  return readAll(db, Manifest, sql, filter.direction ?? null, agency);
}

/** The rows of one manifest: one a recipient when it went out, one when it came in. */
export function findManifests(db: ReadDb, direction: Direction, manifest: string): ManifestRow[] {
  return readAll(
    db,
    Manifest,
    `${MANIFESTS} WHERE m.manifest = ? AND m.direction = ? ORDER BY a.uid`,
    hexBytes(manifest),
    direction,
  );
}
