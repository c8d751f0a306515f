import type { AgencyId, RecordId, SubjectId } from '../domain/ids.ts';

/** What liveness depends on; a record with its id is one. */
export type RecordHeader = {
  readonly id: RecordId;
  readonly author: AgencyId;
  readonly subject: SubjectId;
  readonly supersedes: readonly RecordId[];
  /** Only in a `retract`. */
  readonly targets?: readonly RecordId[];
};

/**
 * R14: the records that no other record of the set supersedes or retracts. It depends on the set only, never on the order, and a superseding or
 * retracting record counts whether or not it is live itself. O(records + references).
 */
export function liveRecords(headers: Iterable<RecordHeader>): Set<RecordId> {
  const byId = new Map<RecordId, RecordHeader>();
  for (const header of headers) byId.set(header.id, header);
  const live = new Set(byId.keys());
  for (const header of byId.values()) {
    for (const id of header.supersedes) {
      if (byId.get(id)?.author === header.author && byId.get(id)?.subject === header.subject) live.delete(id);
    }
    for (const id of header.targets ?? []) if (byId.get(id)?.author === header.author) live.delete(id);
  }
  return live;
}
