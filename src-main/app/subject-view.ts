import { displayValue } from '../../src-shared/catalogue/display.ts';
import { linkKind, propertyKind } from '../../src-shared/catalogue/kinds.ts';
import { caseLabel, labelOf } from '../../src-shared/catalogue/label-of.ts';
import type { HistoryItem, Statement, SubjectView } from '../../src-shared/contract/views.ts';
import type { AgencyId, RecordId, SubjectId } from '../../src-shared/domain/ids.ts';
import { isDisclosed } from '../../src-shared/domain/record.ts';
import type { AnyRecord, Claim } from '../../src-shared/domain/record.ts';
import { failure } from '../../src-shared/errors.ts';
import { countAttachments } from '../store/attachments.ts';
import { valuesByProperty } from '../store/display-rule.ts';
import { identities, saidOf, tombstones } from '../store/history.ts';
import { neighbours } from '../store/neighbours.ts';
import { casesOf, entityRows, linkRows, subjectKind } from '../store/queries.ts';
import { permissionsFor } from '../store/permissions.ts';
import type { HeldPermission } from '../store/permissions.ts';
import { vouchingsOf } from '../store/vouching.ts';
import type { Vouching } from '../store/vouching.ts';
import type { HeldRecord } from '../store/types.ts';
import { agencyNames } from './agency-names.ts';
import { disclosuresOf } from './disclosures.ts';
import { permissionView } from './permission-view.ts';
import type { OpenSession } from './session.ts';
import { entityView, linkView } from './views.ts';

/** What the inspector lists of each; `totals` says how many there are, `subject.expand` and `ledger.list` go on. */
const SHOWN = { links: 100, history: 200, cases: 100, disclosures: 100 };

/** Lists that have their own views: never spelled out as statements. */
const LISTED_ELSEWHERE: ReadonlySet<string> = new Set(['member', 'position']);

/** Everything the store knows about one subject: who says what, from which source, since when. Throws `store.not-found`. */
export function subjectView(session: OpenSession, subject: SubjectId): SubjectView {
  const { store } = session;
  const kind = subjectKind(store, subject);
  if (kind === undefined) throw failure('store.not-found', { what: 'subject' });
  const nameOf = agencyNames(session);
  const { records, total } = saidOf(store, subject, SHOWN.history);
  const live = records.filter(({ state }) => state === 'live');
  const entity = entityRows(store, [subject])[0];
  const link = linkRows(store, [subject])[0];
  const type = entity?.type ?? link?.type ?? typeOf((live[0] ?? records[0])?.record);
  const ends = link === undefined ? [] : entityRows(store, [link.from, link.to]);
  const from = ends.find(({ id }) => id === link?.from);
  const to = ends.find(({ id }) => id === link?.to);
  const cases = casesOf(store, subject);
  const provenance = provenanceOf(session, records, nameOf);
  const told = disclosuresOf(session, { subject, limit: SHOWN.disclosures });
  const withheld = live
    .map(({ record }) => record.claims.filter((claim) => !isDisclosed(claim)).length)
    .filter((count) => count > 0);
  return {
    id: subject,
    kind,
    type,
    label:
      entity?.label ??
      (link !== undefined
        ? linkKind(link.type).label
        : labelFrom(kind, type, live.length > 0 ? live : records, subject)),
    ...(entity !== undefined && { entity: entityView(entity) }),
    ...(link !== undefined && { link: linkView(link) }),
    ...(link !== undefined && {
      ends: { ...(from !== undefined && { from: entityView(from) }), ...(to !== undefined && { to: entityView(to) }) },
    }),
    statements: statementsOf(type, live, nameOf),
    links: neighbours(store, subject, { limit: SHOWN.links }).map((row) => ({
      link: linkView(row.link),
      other: entityView(row.other),
      direction: row.direction,
    })),
    history: records.map((held) => historyItem(session, type, held, provenance)).toSorted(byCreated),
    erased: tombstones(store, subject).map(({ id, author, by }) => ({
      record: id,
      author,
      authorName: nameOf(author),
      by,
    })),
    withheld: { records: withheld.length, claims: withheld.reduce((sum, count) => sum + count, 0) },
    identities: identitiesOf(session, subject, nameOf),
    cases: cases.slice(0, SHOWN.cases),
    disclosures: told.disclosures,
    totals: {
      links: entity?.degree ?? 0,
      history: total,
      cases: cases.length,
      disclosures: told.total,
      attachments: countAttachments(store, subject),
    },
  };
}

function typeOf(record: AnyRecord | undefined): string {
  if (record === undefined) return 'unknown';
  return 'type' in record ? record.type : record.kind;
}

function labelFrom(
  kind: SubjectView['kind'],
  type: string,
  records: readonly HeldRecord[],
  subject: SubjectId,
): string {
  const claims = records.flatMap(({ record }) => record.claims);
  return kind === 'case' ? caseLabel(claims, subject) : labelOf(type, claims, subject);
}

function statementsOf(type: string, live: readonly HeldRecord[], nameOf: (agency: AgencyId) => string): Statement[] {
  const ordered = valuesByProperty(live);
  const isFirst = ({ property, value }: Claim): boolean =>
    JSON.stringify(ordered.get(property)?.[0]?.value) === JSON.stringify(value);
  return live.flatMap(({ id, record }) =>
    spelledOut(record).map((claim) => ({
      record: id,
      property: claim.property,
      label: propertyKind(type, claim.property)?.label ?? claim.property,
      value: claim.value,
      display: displayValue(type, claim.property, claim.value),
      ...(claim.validFrom !== undefined && { validFrom: claim.validFrom }),
      ...(claim.validTo !== undefined && { validTo: claim.validTo }),
      author: record.author,
      authorName: nameOf(record.author),
      ...('source' in record && record.source !== undefined && { source: record.source }),
      tlp: record.handling.tlp,
      isShown: propertyKind(type, claim.property)?.isMany === true || isFirst(claim),
    })),
  );
}

type Provenance = {
  readonly nameOf: (agency: AgencyId) => string;
  readonly vouchings: ReadonlyMap<RecordId, Vouching>;
  readonly permissions: readonly HeldPermission[];
};

/** Whose word it is who said these, and who may pass them on. */
function provenanceOf(
  { store }: OpenSession,
  records: readonly HeldRecord[],
  nameOf: (agency: AgencyId) => string,
): Provenance {
  const ids = records.map(({ id }) => id);
  return { nameOf, vouchings: vouchingsOf(store, ids), permissions: permissionsFor(store, ids) };
}

function historyItem(
  session: OpenSession,
  type: string,
  held: HeldRecord,
  { nameOf, vouchings, permissions }: Provenance,
): HistoryItem {
  const { record } = held;
  const vouched = vouchings.get(held.id);
  return {
    record: held.id,
    kind: record.kind,
    author: record.author,
    authorName: nameOf(record.author),
    isOurs: record.author === session.us,
    created: record.created,
    ...('source' in record && record.source !== undefined && { source: record.source }),
    handling: record.handling,
    claims: spelledOut(record).map((claim) => ({
      property: claim.property,
      label: propertyKind(type, claim.property)?.label ?? claim.property,
      value: claim.value,
      display: displayValue(type, claim.property, claim.value),
    })),
    withheld: record.claims.filter((claim) => !isDisclosed(claim)).length,
    state: held.state,
    ...(held.by[0] !== undefined && { by: held.by[0] }),
    batch: held.batch,
    receivedAt: held.receivedAt,
    attested: held.isAttested,
    ...(vouched !== undefined && { vouched: { by: nameOf(vouched.issuer), isRefuted: vouched.isRefuted } }),
    permissions: permissions
      .filter(({ author, covers }) => author === record.author && covers.includes(held.id))
      .map((permission) => permissionView(session, permission)),
  };
}

function spelledOut(record: AnyRecord): Claim[] {
  return record.claims.filter(isDisclosed).filter(({ property }) => !LISTED_ELSEWHERE.has(property));
}

function byCreated(one: HistoryItem, other: HistoryItem): number {
  return other.created.localeCompare(one.created) || one.record.localeCompare(other.record);
}

function identitiesOf(
  session: OpenSession,
  subject: SubjectId,
  nameOf: (agency: AgencyId) => string,
): SubjectView['identities'] {
  const rows = identities(session.store, subject);
  const labels = new Map(
    entityRows(
      session.store,
      rows.map(({ other }) => other),
    ).map(({ id, label }) => [id, label]),
  );
  return rows.map(({ id, kind, other, author, reason }) => ({
    record: id,
    kind,
    other,
    otherLabel: labels.get(other) ?? other.slice(-4).toUpperCase(),
    author,
    authorName: nameOf(author),
    reason,
  }));
}
