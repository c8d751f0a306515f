import { rangeOf } from '../../../src-shared/bundle/comparison-tree.ts';
import type { AnsweredComparison } from '../../../src-shared/bundle/comparison-file.ts';
import type { Difference, DifferenceKind, DifferenceRemedy } from '../../../src-shared/contract/compare.ts';
import { compareText } from '../../../src-shared/crypto/hash.ts';
import type { AgencyId, RecordId } from '../../../src-shared/domain/ids.ts';
import { recordsAmong, tombstonesAmong } from '../../store/known-records.ts';
import { knownRecords } from '../../store/told-records.ts';
import type { KnownRecord, ToldEntry } from '../../store/told-records.ts';
import type { OpenSession } from '../session.ts';
import { subjectLabels } from '../subject-labels.ts';
import type { ToldSet } from './told-set.ts';

/** What is said of one record: docs/formats/compare.md M20. */
export type Line = Pick<Difference, 'record' | 'what' | 'isOurs'>;

/** Records that the store is asked about together. */
const AT_ONCE = 4096;

/** M20, in ascending order of the record ids. */
export function linesOf(session: OpenSession, set: ToldSet, stated: AnsweredComparison): Line[] {
  const partner = stated.issuer;
  const here = entriesIn(set, stated);
  const theirs = [
    ...stated.yours.map(([record, withheld]) => ({ record, withheld, isOurs: true })),
    ...stated.ours.map(([record, withheld]) => ({ record, withheld, isOurs: false })),
  ];
  const both = new Set(theirs.map(({ record }) => record));
  const onlyHere = [...here.values()].filter(({ id }) => !both.has(id));
  const onlyThere = theirs.filter(({ record }) => !here.has(record));
  const known = knownAmong(session, onlyThere, partner);
  return [
    ...onlyHere.map(({ id, isOurs }): Line => ({ record: id, what: isOurs ? 'missing-there' : 'gone-there', isOurs })),
    ...onlyThere.map(({ record, isOurs }): Line => ({ record, what: known(record, isOurs), isOurs })),
    ...theirs.flatMap(({ record, withheld, isOurs }): Line[] => {
      const ours = here.get(record);
      if (ours === undefined || ours.withheld === withheld) return [];
      return [{ record, what: claimsOf(isOurs, ours.withheld, withheld), isOurs }];
    }),
  ].sort((one, other) => compareText(one.record, other.record));
}

/** Some of the lines, with what the store calls what it holds. */
export function told(session: OpenSession, lines: readonly Line[]): Difference[] {
  const records = recordsAmong(
    session.store,
    lines.map(({ record }) => record),
  );
  const label = subjectLabels(session, [...records.values()]);
  return lines.map((line) => {
    const held = records.get(line.record);
    const remedy = REMEDIES[line.what];
    if (held === undefined) return { ...line, remedy };
    const { subject, kind } = held;
    return { ...line, remedy, held: { subject, kind, label: label(subject) } };
  });
}

const REMEDIES: { readonly [K in DifferenceKind]: DifferenceRemedy } = {
  'missing-there': 'release',
  'withdrawn-here': 'release',
  'changed-here': 'release',
  'unsent-here': 'release',
  'unknown-here': 'check',
  'missing-here': 'ask',
  'ended-here': 'ask',
  'gone-there': 'ask',
  'out-of-case': 'check',
  'fewer-there': 'release',
  'more-there': 'none',
  'fewer-here': 'ask',
  'more-here': 'none',
};

/** Our entries in the ranges that a file lists. */
export function entriesIn(
  { entries }: ToldSet,
  { depth, ranges }: Pick<AnsweredComparison, 'depth' | 'ranges'>,
): ReadonlyMap<RecordId, ToldEntry> {
  const listed = new Set(ranges);
  return new Map(entries.flatMap((entry) => (listed.has(rangeOf(entry.id, depth)) ? [[entry.id, entry]] : [])));
}

function claimsOf(isOurs: boolean, here: number, there: number): DifferenceKind {
  if (isOurs) return there > here ? 'fewer-there' : 'more-there';
  return here > there ? 'fewer-here' : 'more-here';
}

/** What the store knows of records that are not in its own set. */
function knownAmong(
  { store }: OpenSession,
  lines: readonly { readonly record: RecordId }[],
  partner: AgencyId,
): (record: RecordId, isOurs: boolean) => DifferenceKind {
  const known = new Map<RecordId, KnownRecord>();
  const erased = new Set<RecordId>();
  for (let at = 0; at < lines.length; at += AT_ONCE) {
    const ids = lines.slice(at, at + AT_ONCE).map(({ record }) => record);
    for (const [id, row] of knownRecords(store, ids, partner)) known.set(id, row);
    for (const id of tombstonesAmong(store, ids)) erased.add(id);
  }
  return (record, isOurs) => {
    const row = known.get(record);
    if (isOurs) return ownKind(row, erased.has(record));
    if (row === undefined) return erased.has(record) ? 'ended-here' : 'missing-here';
    return row.state === 'live' ? 'out-of-case' : 'ended-here';
  };
}

function ownKind(row: KnownRecord | undefined, isErased: boolean): DifferenceKind {
  if (row === undefined) return isErased ? 'withdrawn-here' : 'unknown-here';
  if (row.state === 'superseded') return 'changed-here';
  if (row.state !== 'live') return 'withdrawn-here';
  return row.isReleased ? 'out-of-case' : 'unsent-here';
}
