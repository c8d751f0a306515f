import type { RecordId, SubjectId } from '../../src-shared/domain/ids.ts';
import { failure } from '../../src-shared/errors.ts';
import { findRecord } from '../store/history.ts';
import { subjectKind } from '../store/queries.ts';
import type { SubjectKind } from '../store/types.ts';
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

/**
 * Throws `store.not-found` unless the subject is known, and as what the call says about it: a record of another kind would take a case's title
 * or a link's ends away.
 */
export function requireKnown({ store }: OpenSession, subject: SubjectId, kind: SubjectKind): void {
  if (subjectKind(store, subject) !== kind) throw failure('store.not-found', { what: 'subject' });
}
