import type { RecordId, SubjectId } from '../../src-shared/domain/ids.ts';
import { failure } from '../../src-shared/errors.ts';
import { findRecord } from '../store/history.ts';
import type { OpenSession } from './session.ts';

/**
 * Throws `store.not-found` or `record.not-ours` unless each record is one of our own, about the subject where one is given. Nobody replaces or
 * withdraws what another agency said.
 */
export function requireOurs({ store, us }: OpenSession, records: readonly RecordId[], subject?: SubjectId): void {
  for (const id of records) {
    const held = findRecord(store, id);
    if (held === undefined) throw failure('store.not-found', { what: 'record' });
    const isAboutIt = subject === undefined || held.record.subject === subject;
    if (held.record.author !== us || !isAboutIt) throw failure('record.not-ours', { record: id });
  }
}
