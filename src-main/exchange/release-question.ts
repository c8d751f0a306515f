import anyAscii from 'any-ascii';
import { findCode } from '../../src-shared/catalogue/code-list.ts';
import { linkKinds } from '../../src-shared/catalogue/link-kinds.ts';
import { legalBases } from '../../src-shared/catalogue/lists/legal-bases.ts';
import type { AgencyId, SubjectId } from '../../src-shared/domain/ids.ts';
import type { SameRecord } from '../../src-shared/domain/record.ts';
import { failure } from '../../src-shared/errors.ts';
import type { ReleaseQuestion } from '../../src-shared/policy/plan-release.ts';
import type { ProtectedClass } from '../../src-shared/policy/rules.ts';
import type { ReadDb } from '../store/connection.ts';
import {
  allRetractions,
  allSame,
  caseRecords,
  filesOf,
  knownRecords,
  liveRecords,
  pastRecords,
} from '../store/history.ts';
import { holders } from '../store/ledger.ts';
import { neighbourIds } from '../store/neighbours.ts';
import { partner } from '../store/partners.ts';
import { protectedTexts } from '../store/protected-texts.ts';
import { caseMembers } from '../store/queries.ts';
import type { HeldRecord } from '../store/types.ts';

export interface ReleaseRequest {
  readonly case: SubjectId;
  readonly to: readonly AgencyId[];
  readonly purpose: string;
  readonly legalBases: readonly string[];
  readonly include: readonly ProtectedClass[];
  readonly exclude: readonly SubjectId[];
}

const BELONGS_TO = linkKinds.filter(({ identifiesPerson }) => identifiesPerson).map(({ type }) => type);
/** A number used by more holders than this belongs to nobody in particular. */
const HOLDERS_LOOKED_AT = 1000;

/** Gathers what the policy must decide about: the exact closure of the case, and whatever tells who is protected. */
export function releaseQuestion(db: ReadDb, us: AgencyId, request: ReleaseRequest, today: string): ReleaseQuestion {
  for (const code of request.legalBases) {
    if (findCode(legalBases, code) === undefined) throw failure('release.unknown-legal-basis', { code });
  }
  const members = new Set(caseMembers(db, request.case));
  const files = filesOf(db, [request.case, ...members]);
  const candidates = [...caseRecords(db, request.case), ...files, ...recallsFor(db, us, request.to)];
  const same = allSame(db);
  const concerned = subjectsConcerned(db, members, candidates, same);
  const outside = [...concerned].filter((subject) => !members.has(subject));
  return {
    us,
    candidates,
    // the candidates are all live records of the members
    context: [...candidates, ...liveRecords(db, outside)].map(({ record }) => record).concat(same),
    past: pastRecords(db, [...concerned]).map(({ record }) => record),
    elsewhere: protectedTexts(db)
      .filter(({ subject }) => !concerned.has(subject))
      .map(({ where, value }) => ({ kind: where === 'identifiers' ? 'identifier' : 'name', value, isWholeOnly: true })),
    recipients: request.to.map((agency) => ({ agency, isConfirmed: partner(db, agency)?.state === 'confirmed' })),
    purpose: request.purpose,
    legalBases: request.legalBases,
    include: request.include,
    exclude: new Set(request.exclude),
    today,
    foldToAscii: anyAscii,
  };
}

/** Our withdrawals of anything that one of the recipients ever got: they travel with whatever bundle goes next. */
function recallsFor(db: ReadDb, us: AgencyId, to: readonly AgencyId[]): HeldRecord[] {
  const ours = allRetractions(db).filter(({ record }) => record.author === us);
  const heldBy = holders(
    db,
    ours.flatMap(({ record }) => (record.kind === 'retract' ? record.targets : [])),
  );
  const reached = new Set(to);
  return ours.filter(
    ({ record }) =>
      record.kind === 'retract' &&
      record.targets.some((target) => heldBy.get(target)?.some((agency) => reached.has(agency))),
  );
}

/**
 * Members of the case, held or withdrawn; whatever belongs to its entities or they belong to, in the case or not; whom somebody states to be the
 * same as one of these; and what a withdrawal that leaves was about.
 */
function subjectsConcerned(
  db: ReadDb,
  members: ReadonlySet<SubjectId>,
  candidates: readonly HeldRecord[],
  same: readonly SameRecord[],
): ReadonlySet<SubjectId> {
  const subjects = new Set(members);
  const withdrawn = candidates.flatMap(({ record }) => (record.kind === 'retract' ? record.targets : []));
  for (const found of knownRecords(db, withdrawn).values()) if (found !== 'erased') subjects.add(found.record.subject);
  for (const { record } of candidates) {
    if (record.kind !== 'entity') continue;
    subjects.add(record.subject);
    for (const { link, other } of neighbourIds(db, record.subject, { types: BELONGS_TO, limit: HOLDERS_LOOKED_AT })) {
      subjects.add(link);
      subjects.add(other);
    }
  }
  addSame(subjects, same);
  return subjects;
}

/** Adds, until nothing is new, the other end of every `same` that has one end in the set. */
function addSame(subjects: Set<SubjectId>, same: readonly SameRecord[]): void {
  const pairs = same.flatMap(({ from, to }) => [
    { one: from, other: to },
    { one: to, other: from },
  ]);
  const alike = Map.groupBy(pairs, ({ one }) => one);
  const waiting = [...alike.keys()].filter((subject) => subjects.has(subject));
  for (let subject = waiting.pop(); subject !== undefined; subject = waiting.pop()) {
    for (const { other } of alike.get(subject) ?? []) {
      if (subjects.has(other)) continue;
      subjects.add(other);
      waiting.push(other);
    }
  }
}
