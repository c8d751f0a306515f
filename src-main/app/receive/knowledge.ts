import type { VerifiedBundle } from '../../../src-shared/bundle/open-bundle.ts';
import { linkKind } from '../../../src-shared/catalogue/kinds.ts';
import type { AgencyId, RecordId, SubjectId } from '../../../src-shared/domain/ids.ts';
import type { AnyRecord, RetractRecord } from '../../../src-shared/domain/record.ts';
import type { Holdings, Offered, OurKnowledge } from '../../exchange/plan-receive.ts';
import { liveRecords } from '../../store/history.ts';
import {
  copiesAmong,
  entityLabels,
  isAnythingErased,
  isAnythingHeld,
  linkTypes,
  recordsAmong,
  tombstonesAmong,
} from '../../store/known-records.ts';
import { caseList, entityRows, linkRows } from '../../store/queries.ts';
import { erasures, withdrawals } from '../../store/withdrawals.ts';
import type { HeldBy, Withdrawn } from '../../store/withdrawals.ts';
import { agencyNames } from '../agency-names.ts';
import type { HeldRecord } from '../../store/types.ts';
import type { OpenSession } from '../session.ts';
import { fileOf } from './incoming-files.ts';
import { refusalOf } from './permitted.ts';

/** Ids that are looked up together: some milliseconds. */
const IDS_A_STEP = 1024;
/** Records that are passed, without a question to the store, between two looks at whether somebody cancelled. */
const RECORDS_A_STEP = 8192;

/** Every record in the bytes of a bundle, those that nobody vouches for included. */
export function* contentsInSlices({ records, unvouched }: VerifiedBundle): Generator<readonly HeldBy[]> {
  for (let at = 0; at < records.length; at += RECORDS_A_STEP)
    yield records.slice(at, at + RECORDS_A_STEP).map(({ id, record }) => ({ id, author: record.author }));
  for (let at = 0; at < unvouched.length; at += RECORDS_A_STEP)
    yield unvouched.slice(at, at + RECORDS_A_STEP).map(({ id, author }) => ({ id, author }));
}

type Step = (done: number, total: number) => Promise<void>;

/** What we hold, as the plan of this bundle asks for it. Every question about all of its records is asked here, in slices. */
export async function knowledgeOf(session: OpenSession, bundle: VerifiedBundle, step: Step): Promise<OurKnowledge> {
  const { store, us } = session;
  const erased = await erasedHere(session, bundle, step);
  const copies = await copiesHere(session, bundle, step);
  const names = await namesHere(session, bundle, step);
  const withdrawn = await withdrawnFrom(session, bundle, step);
  const refusal = await refusalOf(session, bundle, step);
  const agencyName = agencyNames(session, bundle);
  const here: Here = { copies, names, titles: new Map(caseList(store).map(({ id, title }) => [id, title])) };
  return {
    us,
    holds: (id) => copies.has(id),
    isErased: (id) => erased.has(id),
    withdrawn: (id) => withdrawn.get(id),
    refusal,
    file: (record) => fileOf(session, bundle, record),
    agencyName,
    of: (offered) => holdingsHere(session, offered, here),
  };
}

/** What was erased here, or by its author before it came. */
async function erasedHere({ store }: OpenSession, bundle: VerifiedBundle, step: Step): Promise<ReadonlySet<RecordId>> {
  const erased = new Set<RecordId>();
  const isErased = erasures(store);
  for (const some of contentsInSlices(bundle)) {
    await step(0, bundle.records.length);
    for (const one of some) if (isErased(one)) erased.add(one.id);
  }
  if (!isAnythingErased(store)) return erased;
  await inSlices(bundle.records, IDS_A_STEP, step, (some) => {
    for (const id of tombstonesAmong(store, some.map(idOf))) erased.add(id);
  });
  return erased;
}

/** Records of a bundle that are held: true where our copy says every claim. */
type Copies = ReadonlyMap<RecordId, boolean>;

async function copiesHere({ store }: OpenSession, { records }: VerifiedBundle, step: Step): Promise<Copies> {
  const copies = new Map<RecordId, boolean>();
  if (!isAnythingHeld(store)) return copies;
  await inSlices(records, IDS_A_STEP, step, (some) => {
    for (const { at, isWhole } of copiesAmong(store, some.map(idOf))) {
      const one = some[at];
      if (one !== undefined) copies.set(one.id, isWhole);
    }
  });
  return copies;
}

/** What we call the entities and links that a bundle names. */
interface Names {
  readonly entities: ReadonlyMap<SubjectId, string>;
  readonly links: ReadonlyMap<SubjectId, string>;
}

async function namesHere({ store }: OpenSession, { records }: VerifiedBundle, step: Step): Promise<Names> {
  const entities = new Map<SubjectId, string>();
  const links = new Map<SubjectId, string>();
  if (!isAnythingHeld(store)) return { entities, links };
  const named = new Set<SubjectId>();
  await inSlices(records, RECORDS_A_STEP, step, (some) => {
    for (const { record } of some) for (const subject of subjectsOf(record)) named.add(subject);
  });
  await inSlices([...named], IDS_A_STEP, step, (some) => {
    for (const { at, text } of entityLabels(store, some)) entities.set(some[at] ?? ('' as SubjectId), text);
    for (const { at, text } of linkTypes(store, some)) links.set(some[at] ?? ('' as SubjectId), linkKind(text).label);
  });
  return { entities, links };
}

async function inSlices<T>(
  items: readonly T[],
  length: number,
  step: Step,
  work: (some: readonly T[]) => void,
): Promise<void> {
  for (let at = 0; at < items.length; at += length) {
    await step(at, items.length);
    work(items.slice(at, at + length));
  }
}

/** What its author has taken back without erasing it, in what we hold or in the bundle itself, in whatever order the two came. */
async function withdrawnFrom(
  { store }: OpenSession,
  bundle: VerifiedBundle,
  step: Step,
): Promise<ReadonlyMap<RecordId, Withdrawn>> {
  const withdrawn = new Map<RecordId, Withdrawn>();
  const actionOn = withdrawals(store);
  for (const some of contentsInSlices(bundle)) {
    await step(0, bundle.records.length);
    for (const one of some) {
      const action = actionOn(one);
      if (action !== undefined) withdrawn.set(one.id, action);
    }
  }
  const retractions: RetractRecord[] = [];
  await inSlices(bundle.records, RECORDS_A_STEP, step, (some) => {
    for (const { record } of some) if (record.kind === 'retract' && record.action !== 'erase') retractions.push(record);
  });
  const targets = new Set(retractions.flatMap((record) => record.targets));
  const authors = new Map<RecordId, AgencyId>();
  if (targets.size > 0)
    await inSlices(bundle.records, RECORDS_A_STEP, step, (some) => {
      for (const { id, record } of some) if (targets.has(id)) authors.set(id, record.author);
    });
  for (const { author, action, targets: taken } of retractions)
    for (const target of taken)
      if (action !== 'erase' && authors.get(target) === author && withdrawn.get(target) !== 'suppress')
        withdrawn.set(target, action);
  return withdrawn;
}

/** What was found out about a whole bundle. */
interface Here {
  readonly copies: Copies;
  readonly names: Names;
  readonly titles: ReadonlyMap<SubjectId, string>;
}

/** `holdingsOf` for the plan of a bundle: what is not asked for is not read. */
function holdingsHere({ store }: OpenSession, offered: readonly Offered[], { copies, names, titles }: Here): Holdings {
  const read = new Set<RecordId>();
  for (const { id, record } of offered) {
    if (copies.get(id) === false) read.add(id);
    for (const other of record.supersedes) read.add(other);
    if (record.kind === 'retract') for (const target of record.targets) read.add(target);
  }
  const held = new Map(read.size === 0 ? [] : recordsAmong(store, [...read]));
  const isNobodyNamed = titles.size + names.entities.size + names.links.size === 0;
  const labelOf = (subject: SubjectId): string | undefined =>
    isNobodyNamed ? undefined : (titles.get(subject) ?? names.entities.get(subject) ?? names.links.get(subject));
  const live = new Map<SubjectId, HeldRecord[]>();
  const readLive = (subjects: readonly SubjectId[]): void => {
    for (const subject of subjects) live.set(subject, []);
    for (const one of liveRecords(store, subjects)) live.get(one.record.subject)?.push(one);
  };
  let changing: ReadonlySet<SubjectId> | undefined;
  return {
    record(id) {
      if (copies.get(id) === true && !held.has(id))
        for (const [, copy] of recordsAmong(store, [id])) held.set(id, copy);
      return held.get(id);
    },
    isWhole: (id) => copies.get(id) === true,
    hasEntity: (subject) => names.entities.has(subject),
    label: labelOf,
    liveRecords(subject) {
      if (labelOf(subject) === undefined) return [];
      if (!live.has(subject)) {
        // asked about together, because they will be asked about one after the other
        changing ??= new Set(offered.filter(({ id }) => copies.get(id) !== true).map(({ record }) => record.subject));
        const known = changing.has(subject) ? [...changing].filter((one) => labelOf(one) !== undefined) : [];
        readLive(known.length > 0 ? known : [subject]);
      }
      return live.get(subject) ?? [];
    },
  };
}

/** What we hold of what these records are about. */
export function holdingsOf(
  { store }: OpenSession,
  offered: readonly Offered[],
  titles: ReadonlyMap<SubjectId, string>,
): Holdings {
  const held = recordsAmong(store, [...new Set(offered.flatMap(namedBy))]);
  const about = [...offered.map(({ record }) => record), ...held.values()];
  const subjects = [...new Set(about.flatMap(subjectsOf))];
  const entities = new Map(entityRows(store, subjects).map(({ id, label }) => [id, label]));
  const links = new Map(linkRows(store, subjects).map(({ id, type }) => [id, linkKind(type).label]));
  const labelOf = (subject: SubjectId): string | undefined =>
    titles.get(subject) ?? entities.get(subject) ?? links.get(subject);
  const known = [...new Set(offered.map(({ record }) => record.subject))].filter((id) => labelOf(id) !== undefined);
  const live = Map.groupBy(known.length === 0 ? [] : liveRecords(store, known), ({ record }) => record.subject);
  return {
    record: (id) => held.get(id),
    hasEntity: (subject) => entities.has(subject),
    label: labelOf,
    liveRecords: (subject) => live.get(subject) ?? [],
  };
}

function namedBy({ id, record }: Offered): readonly RecordId[] {
  return record.kind === 'retract' ? [id, ...record.supersedes, ...record.targets] : [id, ...record.supersedes];
}

function subjectsOf(record: AnyRecord): readonly SubjectId[] {
  if (record.kind === 'attachment') return [record.subject, ...record.supports];
  return 'from' in record ? [record.subject, record.from, record.to] : [record.subject];
}

function idOf({ id }: { readonly id: RecordId }): RecordId {
  return id;
}
