import anyAscii from 'any-ascii';
import { findCode } from '../../src-shared/catalogue/code-list.ts';
import { linkKinds } from '../../src-shared/catalogue/link-kinds.ts';
import { legalBases } from '../../src-shared/catalogue/lists/legal-bases.ts';
import { processingPurposes } from '../../src-shared/catalogue/lists/processing-purposes.ts';
import type { AgencyId, ClaimHash, RecordId, SubjectId } from '../../src-shared/domain/ids.ts';
import type { PermissionRecord, SameRecord } from '../../src-shared/domain/record.ts';
import { failure } from '../../src-shared/errors.ts';
import type { Permission } from '../../src-shared/policy/permissions.ts';
import type { Candidate, Recipient, ReleaseQuestion } from '../../src-shared/policy/plan-release.ts';
import type { ProtectedClass } from '../../src-shared/policy/rules.ts';
import { unproven } from '../store/attestations.ts';
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
import { permissionsFor } from '../store/permissions.ts';
import { classesSentTo } from '../store/sent-classes.ts';
import { protectedTexts } from '../store/protected-texts.ts';
import { caseMembers } from '../store/queries.ts';
import type { HeldRecord } from '../store/types.ts';

export interface ReleaseRequest {
  readonly case: SubjectId;
  readonly to: readonly AgencyId[];
  readonly purpose: string;
  readonly purposeCode: string;
  readonly legalBases: readonly string[];
  readonly include: readonly ProtectedClass[];
  readonly exclude: readonly SubjectId[];
  /** Nothing but withdrawals of what the recipients got (docs/formats/bundle.md Q20); the case then says where they were noted. */
  readonly only?: 'withdrawals' | undefined;
  readonly withhold: {
    readonly claims: readonly { readonly record: RecordId; readonly claim: ClaimHash }[];
    readonly properties: readonly { readonly type: string; readonly property: string }[];
  };
}

/** Who asks, when, and how many officers have approved it. */
export interface Releaser {
  readonly us: AgencyId;
  readonly country: string;
  readonly today: string;
  readonly approvalsMissing: number;
}

const BELONGS_TO = linkKinds.filter(({ identifiesPerson }) => identifiesPerson).map(({ type }) => type);
/** A number used by more holders than this belongs to nobody in particular. */
const HOLDERS_LOOKED_AT = 1000;

/** Gathers what the policy must decide about: the exact closure of the case, and whatever tells who is protected. */
export function releaseQuestion(db: ReadDb, releaser: Releaser, request: ReleaseRequest): ReleaseQuestion {
  const { us, country, today, approvalsMissing } = releaser;
  requireKnownCodes(request);
  const isWhole = request.only === undefined;
  const members = new Set(isWhole ? caseMembers(db, request.case) : []);
  const ofTheCase = isWhole ? [...caseRecords(db, request.case), ...filesOf(db, [request.case, ...members])] : [];
  const permissions = permissionsFor(
    db,
    ofTheCase.map(({ id }) => id),
  );
  const recalls = recallsFor(
    db,
    request.to,
    permissions.flatMap(({ record }) => record.targets),
  );
  const candidates: readonly Candidate[] = [...ofTheCase, ...recalls.records, ...permissions];
  const same = allSame(db);
  const concerned = subjectsConcerned(db, members, candidates, same);
  const outside = [...concerned].filter((subject) => !members.has(subject));
  return {
    us,
    ourCountry: country,
    candidates,
    // the candidates are all live records of the members
    context: [...candidates, ...liveRecords(db, outside)].map(({ record }) => record).concat(same),
    past: pastRecords(db, [...concerned]).map(({ record }) => record),
    elsewhere: protectedTexts(db)
      .filter(({ subject }) => !concerned.has(subject))
      .map(({ where, value }) => ({ kind: where === 'identifiers' ? 'identifier' : 'name', value, isWholeOnly: true })),
    recipients: request.to.map((agency) => recipientOf(db, agency)),
    permissions: permissions.map(({ record }) => permissionOf(record)),
    unproven: unproven(
      db,
      candidates.flatMap(({ id, record }) => (record.author === us ? [] : [id])),
    ),
    holders: recalls.holders,
    purpose: request.purpose,
    purposeCode: request.purposeCode,
    legalBases: request.legalBases,
    include: request.include,
    exclude: new Set(request.exclude),
    withhold: withholdingOf(request),
    approvalsMissing,
    today,
    foldToAscii: anyAscii,
  };
}

function requireKnownCodes(request: ReleaseRequest): void {
  for (const code of request.legalBases) {
    if (findCode(legalBases, code) === undefined) throw failure('release.unknown-legal-basis', { code });
  }
  const code = request.purposeCode;
  if (findCode(processingPurposes, code) === undefined) throw failure('release.unknown-purpose', { code });
}

function recipientOf(db: ReadDb, agency: AgencyId): Recipient {
  const row = partner(db, agency);
  return {
    agency,
    isConfirmed: row?.state === 'confirmed',
    country: row?.country ?? '',
    kind: row?.kind ?? 'other',
    sentBefore: classesSentTo(db, agency),
  };
}

function permissionOf({ author, targets, recipients, handling, until }: PermissionRecord): Permission {
  return { author, targets, recipients, purposes: handling.purposes, until };
}

function withholdingOf({ withhold }: ReleaseRequest): ReleaseQuestion['withhold'] {
  const byRecord = Map.groupBy(withhold.claims, ({ record }) => record);
  return {
    claims: new Map([...byRecord].map(([record, chosen]) => [record, new Set(chosen.map(({ claim }) => claim))])),
    properties: new Set(withhold.properties.map(({ type, property }) => `${type} ${property}`)),
  };
}

/**
 * Withdrawals of anything that one of the recipients ever got from us, whoever's it was: they travel with whatever bundle goes next. And which
 * of the recipients hold what was withdrawn or permitted.
 */
function recallsFor(
  db: ReadDb,
  to: readonly AgencyId[],
  permitted: readonly RecordId[],
): { readonly records: readonly HeldRecord[]; readonly holders: ReleaseQuestion['holders'] } {
  const retractions = allRetractions(db);
  const targets = retractions.flatMap(({ record }) => (record.kind === 'retract' ? record.targets : []));
  const reached = new Set(to);
  const heldBy = new Map(
    [...holders(db, [...targets, ...permitted])].map(([target, agencies]) => [
      target,
      agencies.filter((agency) => reached.has(agency)),
    ]),
  );
  const records = retractions.filter(
    ({ record }) => record.kind === 'retract' && record.targets.some((target) => (heldBy.get(target)?.length ?? 0) > 0),
  );
  return { records, holders: heldBy };
}

/**
 * Members of the case, held or withdrawn; whatever belongs to its entities or they belong to, in the case or not; whom somebody states to be the
 * same as one of these; and what a withdrawal that leaves was about.
 */
function subjectsConcerned(
  db: ReadDb,
  members: ReadonlySet<SubjectId>,
  candidates: readonly Candidate[],
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
