import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import { findCode } from '../../../src-shared/catalogue/code-list.ts';
import { processingPurposes } from '../../../src-shared/catalogue/lists/processing-purposes.ts';
import type { AgencyId, RecordId, SubjectId } from '../../../src-shared/domain/ids.ts';
import { failure } from '../../../src-shared/errors.ts';
import { newBatch } from '../../store/batches.ts';
import { caseRecords, knownRecords, liveRecords } from '../../store/history.ts';
import { partner } from '../../store/partners.ts';
import { livePermissions, permissionsFor } from '../../store/permissions.ts';
import { caseMembers } from '../../store/queries.ts';
import { filesAbout, recordsAt } from '../../store/release-records.ts';
import { putRecords } from '../../store/records.ts';
import type { HeldRecord } from '../../store/types.ts';
import { vouchedCards } from '../../store/vouching.ts';
import { requireOurs } from '../own-records.ts';
import { permissionView } from '../permission-view.ts';
import { change } from '../session.ts';
import type { OpenSession } from '../session.ts';
import { subjectLabels } from '../subject-labels.ts';
import { requireCase } from './case-handlers.ts';

/** R21. */
const TARGETS_A_RECORD = 4096;
/** They go on without permission (R25). */
const NEEDING_NONE: ReadonlySet<string> = new Set(['permission', 'retract']);
/** Subjects that are named when it is asked what a permission would cover. */
const NAMED = 200;
const LISTED = 500;

/** What a permission for these would cover: our own live records, by subject. */
export function showPermissionScope(
  session: OpenSession,
  input: Parsed<'permission.scope'>,
): Output<'permission.scope'> {
  const covered = coveredBy(session, input);
  const bySubject = [...Map.groupBy(covered, ({ record }) => record.subject)];
  const named = bySubject.slice(0, NAMED);
  const labelOf = subjectLabels(
    session,
    named.flatMap(([, records]) => records.slice(0, 1).map(({ record }) => record)),
  );
  return {
    records: covered.length,
    subjects: bySubject.length,
    named: named.map(([subject, records]) => ({
      subject,
      kind: records[0]?.record.kind ?? '',
      label: labelOf(subject),
      records: records.length,
    })),
  };
}

/** Lets partners pass on what we said (record.md R21–R25). Throws `permission.covers-nothing`, `release.unknown-purpose`, `store.not-found`. */
export function createPermission(
  session: OpenSession,
  input: Parsed<'permission.create'>,
): Output<'permission.create'> {
  for (const code of input.purposes)
    if (findCode(processingPurposes, code) === undefined) throw failure('release.unknown-purpose', { code });
  for (const agency of input.to) requireKnownAgency(session, agency);
  const now = session.context.now().toISOString();
  if (input.until < now.slice(0, 10)) throw failure('request.invalid', { path: 'until' });
  const targets = coveredBy(session, input).map(({ id }) => id);
  if (targets.length === 0) throw failure('permission.covers-nothing', {});
  const records = inParts(targets).map((part) =>
    session.author.seal({
      kind: 'permission',
      subject: session.author.newSubject(),
      commitment: 'claims',
      supersedes: [],
      handling: { tlp: 'TLP:AMBER', codes: [], purposes: [...new Set(input.purposes)].toSorted(), legalBases: [] },
      targets: [...part],
      recipients: [...new Set(input.to)],
      until: input.until,
      claims: input.reason === undefined ? [] : [{ property: 'reason', value: input.reason }],
    }),
  );
  const details = { to: input.to, purposes: input.purposes, until: input.until, records: targets.length };
  change(session, 'permission.create', details, (tx) => {
    putRecords(tx, newBatch(tx, { kind: 'edit', at: now, actor: session.user }), records);
  });
  return { permissions: records.map(({ id }) => id), records: targets.length };
}

/** Permissions that are live, ours and others': all, or those that are about a subject. */
export function listPermissions(session: OpenSession, input: Parsed<'permission.list'>): Output<'permission.list'> {
  const { store } = session;
  const limit = input.limit ?? LISTED;
  const found =
    input.subject === undefined
      ? livePermissions(store, limit + 1, input.ours === true ? session.us : undefined)
      : about(session, liveRecords(store, [input.subject]));
  return {
    permissions: found.slice(0, limit).map((permission) => permissionView(session, permission)),
    more: found.length > limit,
  };
}

/** R23: those whose author is the record's. */
function about({ store }: OpenSession, records: readonly HeldRecord[]): ReturnType<typeof permissionsFor> {
  const authorOf = new Map(records.map(({ id, record }) => [id, record.author]));
  return permissionsFor(store, [...authorOf.keys()]).filter(({ author, covers }) =>
    covers.some((target) => authorOf.get(target) === author),
  );
}

type Covered = Pick<HeldRecord, 'id' | 'record'>;

/** Our own live records, of those that can be passed on, with the files that support what is meant. */
function coveredBy(session: OpenSession, input: Parsed<'permission.scope'>): readonly Covered[] {
  const { store, us } = session;
  if (input.case !== undefined) requireCase(session, input.case);
  const { subjects = [], records = [] } = input;
  requireOurs(session, records);
  const named = [...knownRecords(store, records).values()].flatMap((one) => (one === 'erased' ? [] : [one]));
  const held: Covered[] = [
    ...(input.case === undefined ? [] : caseRecords(store, input.case)),
    ...(subjects.length === 0 ? [] : liveRecords(store, subjects)),
    ...filesFor(
      store,
      input.case === undefined ? subjects : [...subjects, input.case, ...caseMembers(store, input.case)],
    ),
    ...named.filter(({ state }) => state === 'live'),
  ];
  const own = held.filter(({ record: { author, kind } }) => author === us && !NEEDING_NONE.has(kind));
  return [...new Map(own.map((one) => [one.id, one])).values()];
}

/** Live records of the files that support these. */
function filesFor(store: OpenSession['store'], subjects: readonly SubjectId[]): readonly Covered[] {
  return recordsAt(
    store,
    filesAbout(store, subjects).map(({ rid }) => rid),
  );
}

/** Somebody of whom we hold a card, ours or one that was passed on. */
function requireKnownAgency({ store }: OpenSession, agency: AgencyId): void {
  if (partner(store, agency) !== undefined) return;
  if (!vouchedCards(store).some((card) => card.agency === agency))
    throw failure('store.not-found', { what: 'partner' });
}

function inParts(targets: readonly RecordId[]): readonly (readonly RecordId[])[] {
  return Array.from({ length: Math.ceil(targets.length / TARGETS_A_RECORD) }, (_, at) =>
    targets.slice(at * TARGETS_A_RECORD, (at + 1) * TARGETS_A_RECORD),
  );
}
