import anyAscii from 'any-ascii';
import { findCode } from '../../src-shared/catalogue/code-list.ts';
import { linkKinds } from '../../src-shared/catalogue/link-kinds.ts';
import { legalBases } from '../../src-shared/catalogue/lists/legal-bases.ts';
import { processingPurposes } from '../../src-shared/catalogue/lists/processing-purposes.ts';
import type { AgencyId, ClaimHash, RecordId, SubjectId } from '../../src-shared/domain/ids.ts';
import type { AnyRecord, EvidenceFile, PermissionRecord, SameRecord } from '../../src-shared/domain/record.ts';
import { failure } from '../../src-shared/errors.ts';
import type { Permission } from '../../src-shared/policy/permissions.ts';
import type { Candidate, Recipient, ReleaseQuestion } from '../../src-shared/policy/plan-release.ts';
import type { ProtectedClass } from '../../src-shared/policy/rules.ts';
import { eachInSteps, sortedInSteps } from '../../src-shared/crypto/steps.ts';
import type { Step } from '../../src-shared/crypto/steps.ts';
import { compareText } from '../../src-shared/crypto/hash.ts';
import type { WithheldValue } from '../../src-shared/policy/find-withheld.ts';
import { unproven } from '../store/attestations.ts';
import type { ReadDb } from '../store/connection.ts';
import { holders } from '../store/ledger.ts';
import { partner } from '../store/partners.ts';
import { permissionsFor } from '../store/permissions.ts';
import type { HeldPermission } from '../store/permissions.ts';
import { lastEntity, protectedTexts } from '../store/protected-texts.ts';
import {
  belonging,
  chartsIn,
  filesAbout,
  identitiesBetween,
  liveAbout,
  membersFrom,
  pastEntities,
  recordsAt,
  retractionsFrom,
  sameFrom,
  subjectsOfRecords,
} from '../store/release-records.ts';
import type { Member, SamePlace, SizedRecord } from '../store/release-records.ts';
import { classesSentTo } from '../store/sent-classes.ts';
import type { AttestationId } from '../store/types.ts';

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
  /** Whether the store holds an evidence file whole. */
  readonly isFileHere: (file: EvidenceFile) => boolean;
}

const BELONGS_TO = linkKinds.filter(({ identifiesPerson }) => identifiesPerson).map(({ type }) => type);
/** A number used by more holders than this belongs to nobody in particular. */
const HOLDERS_LOOKED_AT = 1000;
/** Subjects or records that are asked for at once. */
const AT_ONCE = 256;
/** Records of which one column is asked. */
const MANY_AT_ONCE = 1024;
/** Text of records that is parsed at once: some five milliseconds. What one record weighs beside its text. */
const BYTES_AT_ONCE = 192 * 1024;
const BYTES_A_RECORD = 512;
/** What it costs to look whether a file is there, in units of the work on one claim. */
const LOOKS = 16;
/** Numbers of entities of which a few are protected people. */
const ENTITIES_AT_ONCE = 4096;

type Steps<T> = Generator<Step, T, undefined>;

/**
 * Gathers what the policy must decide about: the exact closure of the case, and whatever tells who is protected. With pauses: whoever goes on after
 * one makes sure that the store is what it was.
 */
export function* releaseQuestion(db: ReadDb, releaser: Releaser, request: ReleaseRequest): Steps<ReleaseQuestion> {
  const { us, country, today, approvalsMissing, isFileHere } = releaser;
  requireKnownCodes(request);
  const members = request.only === undefined ? yield* membersOf(db, request.case) : [];
  const ofTheCase = request.only === undefined ? yield* closureOf(db, request.case, members) : [];
  const permissions = yield* permissionsOf(db, ofTheCase);
  const recalls = yield* recallsFor(
    db,
    request.to,
    permissions.flatMap(({ record }) => record.targets),
  );
  const candidates: readonly Candidate[] = [...ofTheCase, ...recalls.records, ...permissions];
  const same = yield* allSame(db);
  const known = yield* subjectsOf(members);
  const outside = yield* subjectsOutside(db, known, candidates, same);
  const related = yield* recordsOf(db, 'related', [...outside], liveAbout);
  const past = yield* recordsOf(db, 'related', members, (_, some) => pastEntities(db, subjectsIn(some)));
  const pastOutside = yield* recordsOf(db, 'related', [...outside], pastEntities);
  return {
    us,
    ourCountry: country,
    candidates,
    // the candidates are all live records of the members
    context: yield* together([candidates, related], same),
    past: yield* together([past, pastOutside]),
    elsewhere: yield* textsElsewhere(db, (subject) => known.has(subject) || outside.has(subject)),
    recipients: request.to.map((agency) => recipientOf(db, agency)),
    permissions: permissions.map(({ record }) => permissionOf(record)),
    unproven: yield* unprovenOf(db, us, candidates),
    files: yield* filesAmong(db, candidates, { isFileHere, to: request.to }),
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

/** What `read` answers for a few of them at a time. */
function* inSlices<T, R>(
  stage: string,
  items: readonly T[],
  read: (some: readonly T[]) => Iterable<R>,
  atOnce = AT_ONCE,
): Steps<R[]> {
  const all: R[] = [];
  for (let at = 0; at < items.length; at += atOnce) {
    if (at > 0) yield [stage, at, items.length];
    for (const one of read(items.slice(at, at + atOnce))) all.push(one);
  }
  return all;
}

/** What `find` finds about some subjects: first where it stands, then so much at a time as fits into a slice. */
function* recordsOf<T>(
  db: ReadDb,
  stage: string,
  items: readonly T[],
  find: (db: ReadDb, some: readonly T[]) => readonly SizedRecord[],
): Steps<readonly Candidate[]> {
  return yield* recordsIn(db, stage, yield* inSlices(stage, items, (some) => find(db, some), MANY_AT_ONCE));
}

function* recordsIn(db: ReadDb, stage: string, places: readonly SizedRecord[]): Steps<readonly Candidate[]> {
  const all: Candidate[] = [];
  let some: number[] = [];
  let size = 0;
  for (const [at, { rid, bytes }] of places.entries()) {
    some.push(rid);
    size += bytes + BYTES_A_RECORD;
    if (size < BYTES_AT_ONCE && at < places.length - 1) continue;
    for (const one of recordsAt(db, some)) all.push(one);
    yield [stage, at + 1, places.length];
    some = [];
    size = 0;
  }
  return all;
}

function* membersOf(db: ReadDb, id: SubjectId): Steps<readonly Member[]> {
  const members: Member[] = [];
  for (;;) {
    const some = membersFrom(db, id, members.at(-1)?.number ?? 0, MANY_AT_ONCE);
    for (const one of some) members.push(one);
    if (some.length < MANY_AT_ONCE) return members;
    yield ['members', members.length, 0];
  }
}

/**
 * The live records of a case: its own, its charts', its members' and the identities between members, and then those of the files that support any of
 * these; each in ascending order of their ids.
 */
function* closureOf(db: ReadDb, id: SubjectId, members: readonly Member[]): Steps<readonly Candidate[]> {
  const subjects = [id, ...chartsIn(db, id), ...subjectsIn(members)];
  const own = yield* recordsOf(db, 'records', subjects, liveAbout);
  const between = yield* recordsOf(db, 'records', members, (_, some) => identitiesBetween(db, id, some));
  const files = yield* recordsOf(db, 'records', subjects, filesAbout);
  const known = new Set<RecordId>();
  const records = yield* newIn(known, own.concat(between));
  return (yield* inOrder(records)).concat(yield* inOrder(yield* newIn(known, files)));
}

/** The records of all lists, and some more. */
function* together(
  lists: readonly (readonly Candidate[])[],
  more: readonly AnyRecord[] = [],
): Steps<readonly AnyRecord[]> {
  const all: AnyRecord[] = [...more];
  for (const list of lists) yield* eachInSteps('related', list, ({ record }) => void all.push(record));
  return all;
}

function subjectsIn(members: readonly Member[]): SubjectId[] {
  return members.map(({ subject }) => subject);
}

/** Each once. */
function* newIn(known: Set<RecordId>, records: readonly Candidate[]): Steps<readonly Candidate[]> {
  const fresh: Candidate[] = [];
  yield* eachInSteps('records', records, (one) => {
    if (!known.has(one.id)) fresh.push(one);
    known.add(one.id);
  });
  return fresh;
}

function inOrder<T extends Candidate>(records: readonly T[]): Steps<readonly T[]> {
  return sortedInSteps('records', records, (one, other) => compareText(one.id, other.id));
}

/** Permissions for any of these, each once. */
function* permissionsOf(db: ReadDb, records: readonly Candidate[]): Steps<readonly HeldPermission[]> {
  const ids = records.map(({ id }) => id);
  const found = yield* inSlices('permissions', ids, (some) => permissionsFor(db, some), MANY_AT_ONCE);
  return yield* inOrder([...new Map(found.map((one) => [one.id, one])).values()]);
}

function* unprovenOf(db: ReadDb, us: AgencyId, candidates: readonly Candidate[]): Steps<ReadonlySet<RecordId>> {
  const ofOthers: RecordId[] = [];
  yield* eachInSteps('proofs', candidates, ({ id, record }) => {
    if (record.author !== us) ofOthers.push(id);
  });
  const wholes = new Map<AttestationId, boolean>();
  return new Set(yield* inSlices('proofs', ofOthers, (some) => unproven(db, some, wholes), MANY_AT_ONCE));
}

function* textsElsewhere(db: ReadDb, isConcerned: (subject: SubjectId) => boolean): Steps<readonly WithheldValue[]> {
  const texts: WithheldValue[] = [];
  const last = lastEntity(db);
  for (let after = 0; after < last; after += ENTITIES_AT_ONCE) {
    yield ['people', after, last];
    for (const { subject, where, value } of protectedTexts(db, { after, upTo: after + ENTITIES_AT_ONCE })) {
      if (isConcerned(subject)) continue;
      texts.push({ kind: where === 'identifiers' ? 'identifier' : 'name', value, isWholeOnly: true });
    }
  }
  return texts;
}

function* allSame(db: ReadDb): Steps<readonly SameRecord[]> {
  const all: SameRecord[] = [];
  for (let place: SamePlace | undefined = { src: 0, rid: 0 }; place !== undefined;) {
    const { records, next } = sameFrom(db, place, AT_ONCE);
    for (const record of records) all.push(record);
    place = next;
    if (next !== undefined) yield ['people', all.length, 0];
  }
  return all;
}

/** P32, P33: which evidence files are here, and which went to all of these before. */
function* filesAmong(
  db: ReadDb,
  candidates: readonly Candidate[],
  { isFileHere, to }: { readonly isFileHere: Releaser['isFileHere']; readonly to: readonly AgencyId[] },
): Steps<ReleaseQuestion['files']> {
  const files: RecordId[] = [];
  const here = new Set<RecordId>();
  yield* eachInSteps('files', candidates, ({ id, record }) => {
    if (record.kind !== 'attachment') return 1;
    files.push(id);
    if (isFileHere(record.file)) here.add(id);
    return LOOKS;
  });
  const gotBefore = yield* inSlices('files', files, (some) => holders(db, some), MANY_AT_ONCE);
  const sentToAll = gotBefore.filter(([, agencies]) => to.every((agency) => agencies.includes(agency)));
  return { here, sentToAll: new Set(sentToAll.map(([id]) => id)) };
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
function* recallsFor(
  db: ReadDb,
  to: readonly AgencyId[],
  permitted: readonly RecordId[],
): Steps<{ readonly records: readonly Candidate[]; readonly holders: ReleaseQuestion['holders'] }> {
  const reached = new Set(to);
  const heldBy = new Map<RecordId, readonly AgencyId[]>();
  const lookUp = (ids: readonly RecordId[]) => {
    for (const [id, agencies] of holders(db, ids))
      heldBy.set(
        id,
        agencies.filter((agency) => reached.has(agency)),
      );
    return [];
  };
  yield* inSlices('withdrawals', permitted, lookUp, MANY_AT_ONCE);
  const records: Candidate[] = [];
  for (let after: number | undefined = 0; after !== undefined;) {
    const places = retractionsFrom(db, after, AT_ONCE);
    const some = yield* recordsIn(db, 'withdrawals', places);
    const targets = some.flatMap(({ record }) => (record.kind === 'retract' ? record.targets : []));
    yield* inSlices('withdrawals', targets, lookUp, MANY_AT_ONCE);
    for (const { id, record } of some) {
      const isHeld =
        record.kind === 'retract' && record.targets.some((target) => (heldBy.get(target)?.length ?? 0) > 0);
      if (isHeld) records.push({ id, record });
    }
    after = places.length < AT_ONCE ? undefined : places.at(-1)?.rid;
    if (after !== undefined) yield ['withdrawals', records.length, 0];
  }
  return { records: yield* inOrder(records), holders: heldBy };
}

function* subjectsOf(members: readonly Member[]): Steps<ReadonlySet<SubjectId>> {
  const subjects = new Set<SubjectId>();
  yield* eachInSteps('related', members, ({ subject }) => void subjects.add(subject));
  return subjects;
}

/**
 * Who is concerned beside the members of the case: whatever belongs to its entities or they belong to, in the case or not; whom somebody states to be
 * the same as one of these; and what a withdrawal that leaves was about.
 */
function* subjectsOutside(
  db: ReadDb,
  members: ReadonlySet<SubjectId>,
  candidates: readonly Candidate[],
  same: readonly SameRecord[],
): Steps<ReadonlySet<SubjectId>> {
  const outside = new Set<SubjectId>();
  const add = (subject: SubjectId): boolean => {
    if (members.has(subject) || outside.has(subject)) return false;
    outside.add(subject);
    return true;
  };
  const withdrawn: RecordId[] = [];
  const entities = new Set<SubjectId>();
  yield* eachInSteps('related', candidates, ({ record }) => {
    if (record.kind === 'entity') entities.add(record.subject);
    if (record.kind === 'retract') for (const target of record.targets) withdrawn.push(target);
  });
  const told = yield* inSlices('withdrawals', withdrawn, (some) => subjectsOfRecords(db, some), MANY_AT_ONCE);
  for (const subject of told) add(subject);
  const types = { types: BELONGS_TO, limit: HOLDERS_LOOKED_AT };
  const near = yield* inSlices('related', [...entities], (some) => belonging(db, some, types));
  yield* eachInSteps('related', near, ({ link, other }) => {
    add(link);
    add(other);
  });
  yield* eachInSteps('related', [...entities], (subject) => void add(subject));
  yield* addSame({ has: (subject) => members.has(subject) || outside.has(subject), add }, same);
  return outside;
}

/** Adds, until nothing is new, the other end of every `same` that has one end among the subjects. */
function* addSame(
  subjects: { readonly has: (subject: SubjectId) => boolean; readonly add: (subject: SubjectId) => boolean },
  same: readonly SameRecord[],
): Steps<void> {
  const alike = new Map<SubjectId, SubjectId[]>();
  const join = (one: SubjectId, other: SubjectId): void => {
    const list = alike.get(one);
    if (list === undefined) alike.set(one, [other]);
    else list.push(other);
  };
  yield* eachInSteps('people', same, ({ from, to }) => {
    join(from, to);
    join(to, from);
  });
  const waiting = [...alike.keys()].filter(subjects.has);
  for (let subject = waiting.pop(); subject !== undefined; subject = waiting.pop()) {
    for (const other of alike.get(subject) ?? []) if (subjects.add(other)) waiting.push(other);
  }
}
