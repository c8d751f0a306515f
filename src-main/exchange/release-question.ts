import anyAscii from 'any-ascii';
import { findCode } from '../../src-shared/catalogue/code-list.ts';
import { linkKinds } from '../../src-shared/catalogue/link-kinds.ts';
import { legalBases } from '../../src-shared/catalogue/lists/legal-bases.ts';
import type { AgencyId, SubjectId } from '../../src-shared/domain/ids.ts';
import { failure } from '../../src-shared/errors.ts';
import type { ReleaseQuestion } from '../../src-shared/policy/plan-release.ts';
import type { ProtectedClass } from '../../src-shared/policy/rules.ts';
import type { ReadDb } from '../store/connection.ts';
import { allRetractions, caseRecords, liveRecords } from '../store/history.ts';
import { holders } from '../store/ledger.ts';
import { neighbours } from '../store/neighbours.ts';
import { partner } from '../store/partners.ts';
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
  const inCase = caseRecords(db, request.case);
  return {
    us,
    candidates: [...inCase, ...recallsFor(db, us, request.to)],
    context: contextOf(db, inCase),
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

/** Live records of the case's entities and of whatever belongs to them or they belong to, in the case or not. */
function contextOf(db: ReadDb, inCase: readonly HeldRecord[]): ReleaseQuestion['context'] {
  const subjects = new Set(
    inCase
      .filter(({ record }) => record.kind === 'entity' || record.kind === 'link')
      .map(({ record }) => record.subject),
  );
  for (const { record } of inCase) {
    if (record.kind !== 'entity') continue;
    for (const { link, other } of neighbours(db, record.subject, { types: BELONGS_TO, limit: HOLDERS_LOOKED_AT })) {
      subjects.add(link.id);
      subjects.add(other.id);
    }
  }
  return liveRecords(db, [...subjects]).map(({ record }) => record);
}
