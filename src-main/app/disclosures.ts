import type { Disclosure } from '../../src-shared/contract/views.ts';
import type { SubjectId } from '../../src-shared/domain/ids.ts';
import { validUntil } from '../exchange/validity.ts';
import { countDisclosures, disclosures } from '../store/ledger.ts';
import type { DisclosureFilter } from '../store/ledger.ts';
import { caseList, entityRows, linkRows, subjectKind } from '../store/queries.ts';
import { linkKind } from '../../src-shared/catalogue/kinds.ts';
import { shortId } from '../../src-shared/catalogue/label-of.ts';
import { agencyNames } from './agency-names.ts';
import type { OpenSession } from './session.ts';

/** Who holds what, with names as we show them now. Of one subject, to one partner, or all. */
export function disclosuresOf(
  session: OpenSession,
  filter: DisclosureFilter & { readonly limit: number },
): { disclosures: Disclosure[]; total: number } {
  const { store } = session;
  const rows = disclosures(store, filter);
  const nameOf = agencyNames(session);
  const subjects = [...new Set(rows.map(({ subject }) => subject))];
  const links = linkRows(store, subjects);
  const entities = entityRows(store, [...new Set([...subjects, ...links.flatMap(({ from, to }) => [from, to])])]);
  const names = new Map(entities.map(({ id, label }) => [id, label]));
  const labels = new Map<SubjectId, string>([
    ...names,
    ...links.map(({ id, type, from, to }) => {
      const ends = [names.get(from), linkKind(type).label, names.get(to)];
      return [id, ends.filter((part) => part !== undefined).join(' – ')] as const;
    }),
    ...caseList(store).map(({ id, title }) => [id, title] as const),
  ]);
  const types = new Map<SubjectId, string>([...entities, ...links].map(({ id, type }) => [id, type]));
  const told = rows.map((row) => ({
    partner: row.partner,
    partnerName: nameOf(row.partner),
    subject: row.subject,
    subjectLabel: labels.get(row.subject) ?? otherLabel(session, row.subject),
    subjectType: types.get(row.subject) ?? subjectKind(store, row.subject) ?? '',
    records: row.records,
    withheldClaims: row.withheldClaims,
    legalBases: [...row.legalBases],
    purpose: row.purpose,
    ...(row.purposeCode !== undefined && { purposeCode: row.purposeCode }),
    releasedAt: row.releasedAt,
    releasedBy: row.releasedBy,
    validUntil: validUntil(new Date(row.releasedAt)),
    answers: row.answers,
    kept: row.kept,
    bundle: row.bundle,
    sequence: row.sequence,
    isConfirmed: row.isConfirmed,
    isLeft: row.isLeft,
  }));
  const isAll = told.length < filter.limit && (filter.from ?? 0) === 0;
  return { disclosures: told, total: isAll ? told.length : countDisclosures(store, filter) };
}

/** What is neither entity, link nor case any more: a drawing, a statement about two subjects, a recall, or something that was withdrawn. */
function otherLabel({ store }: OpenSession, subject: SubjectId): string {
  const kind = subjectKind(store, subject);
  return `${kind === 'chart' ? 'Chart' : 'Record'} ${shortId(subject)}`;
}
