import { propertyKind } from '../../src-shared/catalogue/kinds.ts';
import type { AgencyId, RecordId } from '../../src-shared/domain/ids.ts';
import { isDisclosed } from '../../src-shared/domain/record.ts';
import type { AnyRecord, Claim, Source } from '../../src-shared/domain/record.ts';

/** A claim that stands in our store, and whose it is. */
export interface Stated {
  readonly record: RecordId;
  readonly author: AgencyId;
  readonly source: Source | undefined;
  readonly kind: string;
  readonly claim: Claim;
}

/** Live claims that we hold about a subject, by kind of record and property, and by that and value: both in the order of the records. */
export interface Standing {
  readonly byProperty: ReadonlyMap<string, readonly Stated[]>;
  readonly byValue: ReadonlyMap<string, readonly Stated[]>;
}

export const NOTHING_HELD: Standing = { byProperty: new Map(), byValue: new Map() };

/** How one claim that is offered stands to those that we hold: the same is said here, another value stands where there is one only, or neither. */
export interface Comparison {
  readonly state: 'new' | 'same' | 'differs';
  /** What we show beside it. */
  readonly ours?: Stated;
}

export function heldClaims(live: readonly { readonly id: RecordId; readonly record: AnyRecord }[]): readonly Stated[] {
  return live.flatMap(({ id, record }) => {
    const source = 'source' in record ? record.source : undefined;
    const { author, kind } = record;
    return record.claims.filter(isDisclosed).map((claim) => ({ record: id, author, source, kind, claim }));
  });
}

export function standingClaims(held: readonly Stated[]): Standing {
  if (held.length === 0) return NOTHING_HELD;
  return {
    byProperty: Map.groupBy(held, ({ kind, claim }) => propertyKey(kind, claim)),
    byValue: Map.groupBy(held, ({ kind, claim }) => valueKey(kind, claim)),
  };
}

/** A claim of a record that is offered, beside ours; what the record replaces does not count. */
export function compareClaim(
  type: string,
  kind: string,
  claim: Claim,
  standing: Standing,
  replaced: ReadonlySet<RecordId>,
): Comparison {
  const stays = (stated: Stated): boolean => !replaced.has(stated.record);
  const same = standing.byValue.get(valueKey(kind, claim))?.find(stays);
  if (same !== undefined) return { state: 'same', ours: same };
  const rival = standing.byProperty.get(propertyKey(kind, claim))?.find(stays);
  if (rival === undefined) return { state: 'new' };
  return { state: propertyKind(type, claim.property)?.isMany === true ? 'new' : 'differs', ours: rival };
}

/** Whether any claim of a record says something else than what stands. Lists of members and positions never do. */
export function hasDifference(record: AnyRecord, standing: Standing): boolean {
  if (standing === NOTHING_HELD || (record.kind !== 'entity' && !('from' in record))) return false;
  const replaced = new Set<RecordId>(record.supersedes);
  const type = 'type' in record ? record.type : record.kind;
  return record.claims.some(
    (claim) => isDisclosed(claim) && compareClaim(type, record.kind, claim, standing, replaced).state === 'differs',
  );
}

function propertyKey(kind: string, { property }: Claim): string {
  return `${kind} ${property}`;
}

function valueKey(kind: string, claim: Claim): string {
  return `${propertyKey(kind, claim)} ${JSON.stringify(claim.value)}`;
}
