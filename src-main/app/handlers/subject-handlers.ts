import type { Output, Parsed } from '../../../src-shared/contract/methods.ts';
import { formatGrade, parseGrade } from '../../../src-shared/domain/grading.ts';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import type { Handling } from '../../../src-shared/domain/record.ts';
import { failure } from '../../../src-shared/errors.ts';
import type { TextRange } from '../../../src-shared/matching/highlight.ts';
import type { ParsedRecord } from '../../../src-shared/records/parse-record.ts';
import { newBatch } from '../../store/batches.ts';
import { expand, expansionCounts } from '../../store/expand.ts';
import { holders } from '../../store/ledger.ts';
import { casesOf, entityRows } from '../../store/queries.ts';
import { putRecords } from '../../store/records.ts';
import { findEntities } from '../../store/search.ts';
import { agencyNames } from '../agency-names.ts';
import { requireKnown, requireOurs } from '../own-records.ts';
import { change } from '../session.ts';
import type { OpenSession } from '../session.ts';
import { subjectView } from '../subject-view.ts';
import { entityView, linkView } from '../views.ts';
import { membershipRecords, newEdit, requireCase } from './case-handlers.ts';

/** One statement about an entity, as a batch of its own. */
export function saveEntity(session: OpenSession, input: Parsed<'entity.save'>): Output<'entity.save'> {
  if (input.subject !== undefined) requireKnown(session, input.subject, 'entity');
  const subject = input.subject ?? session.author.newSubject();
  requireOurs(session, input.supersedes, subject);
  const { type, claims, source, handling, supersedes } = input;
  const record = session.author.entity({ subject, type, claims, source, handling, supersedes });
  save(session, 'entity.save', record, input.case, handling);
  return { subject, record: record.id };
}

/** One statement about a link, as a batch of its own. */
export function saveLink(session: OpenSession, input: Parsed<'link.save'>): Output<'link.save'> {
  if (input.subject !== undefined) requireKnown(session, input.subject, 'link');
  const subject = input.subject ?? session.author.newSubject();
  requireOurs(session, input.supersedes, subject);
  requireEnds(session, input.from, input.to);
  const { type, from, to, directed, claims, source, handling, supersedes } = input;
  const record = session.author.link({ subject, type, from, to, directed, claims, source, handling, supersedes });
  save(session, 'link.save', record, input.case, handling);
  return { subject, record: record.id };
}

/** A stored fact that two subjects are, or are not, the same; revoked like any record (docs/formats/record.md, kinds same and not-same). */
export function saveIdentity(session: OpenSession, input: Parsed<'identity.save'>): Output<'identity.save'> {
  requireEnds(session, input.one, input.other);
  const [from, to] = input.one < input.other ? [input.one, input.other] : [input.other, input.one];
  const record = session.author.seal({
    kind: input.kind,
    subject: session.author.newSubject(),
    commitment: 'claims',
    supersedes: [],
    from,
    to,
    source: input.source,
    handling: input.handling,
    claims: [{ property: 'reason', value: input.reason }],
  });
  change(session, 'identity.save', { kind: input.kind }, (tx) => void putRecords(tx, newEdit(session, tx), [record]));
  return { record: record.id };
}

/** Withdraws records of ours here at once, and at every partner that holds them with the next bundle that it accepts. */
export function retractRecords(session: OpenSession, input: Parsed<'record.retract'>): Output<'record.retract'> {
  requireOurs(session, input.records);
  const heldBy = holders(session.store, input.records);
  const handling: Handling = { tlp: 'TLP:AMBER+STRICT', codes: [], purposes: [], legalBases: [] };
  const record = session.author.seal({
    kind: 'retract',
    subject: session.author.newSubject(),
    commitment: 'claims',
    supersedes: [],
    targets: input.records,
    action: input.action,
    handling,
    claims: [{ property: 'reason', value: input.reason }],
  });
  change(session, 'record.retract', { action: input.action, records: input.records.length }, (tx) => {
    const batch = newBatch(tx, { kind: 'recall', at: session.context.now().toISOString(), actor: session.user });
    putRecords(tx, batch, [record]);
  });
  return { record: record.id, retracted: input.records.length, releasedTo: [...new Set([...heldBy.values()].flat())] };
}

/** Everything the store holds about a subject, each list up to a limit with its total. */
export function showSubject(session: OpenSession, input: Parsed<'subject.show'>): Output<'subject.show'> {
  return subjectView(session, input.subject);
}

/** What is linked to an entity and not there yet: the counts, and as many links as were asked for. Throws `store.not-found`. */
export function expandSubject(session: OpenSession, input: Parsed<'subject.expand'>): Output<'subject.expand'> {
  const { store } = session;
  requireKnown(session, input.subject, 'entity');
  const { subject, types, direction, exclude = [], limit } = input;
  const filter = { ...(types !== undefined && { types }), ...(direction !== undefined && { direction }) };
  const found = limit === 0 ? [] : expand(store, subject, { ...filter, exclude, limit });
  const others = new Map(found.map(({ other }) => [other.id, entityView(other)]));
  return {
    counts: expansionCounts(store, subject, exclude),
    entities: [...others.values()],
    links: found.map(({ link }) => linkView(link)),
  };
}

/** V80–V89: entities that answer what was typed, each with its cases. */
export function search(session: OpenSession, input: Parsed<'search.find'>): Output<'search.find'> {
  const { store } = session;
  const nameOf = agencyNames(session);
  const { hits, more, isComplete } = findEntities(store, {
    ...input,
    grades: input.grades?.flatMap((text) => gradeText(text) ?? []),
  });
  return {
    hits: hits.map(({ sources, labelRanges, matched, ...hit }) => ({
      ...hit,
      labelRanges: labelRanges.map(pair),
      matched: { ...matched, ranges: matched.ranges.map(pair) },
      sources: sources.map((source) => ({ ...source, authorName: nameOf(source.author) })),
      cases: casesOf(store, hit.id),
    })),
    more,
    isComplete,
  };
}

/** As the projection has it, by whatever name the scheme was given. */
function gradeText(text: string): string | undefined {
  const grade = parseGrade(text);
  return grade === undefined ? undefined : formatGrade(grade);
}

function pair([from, to]: TextRange): [number, number] {
  return [from, to];
}

/** The record and, for a subject that is new to the case, its membership: one transaction, one batch, one step of undo. */
function save(
  session: OpenSession,
  action: string,
  record: ParsedRecord,
  id: SubjectId | undefined,
  handling: Handling,
): void {
  if (id !== undefined) requireCase(session, id);
  const membership = id === undefined ? [] : membershipRecords(session, id, [record.record.subject], handling);
  change(session, action, { subject: record.record.subject, record: record.id }, (tx) => {
    putRecords(tx, newEdit(session, tx), [record, ...membership]);
  });
}

function requireEnds({ store }: OpenSession, from: SubjectId, to: SubjectId): void {
  const known = new Set(entityRows(store, [from, to]).map(({ id }) => id));
  if (!known.has(from)) throw failure('link.unknown-end', { end: 'from' });
  if (!known.has(to)) throw failure('link.unknown-end', { end: 'to' });
}
