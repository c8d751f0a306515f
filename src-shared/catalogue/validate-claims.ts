import { PropertyName } from '../domain/record.ts';
import type { PlainClaim } from './claim.ts';
import { propertiesByName } from './kinds.ts';
import { problem, type Problem, type ProblemRule } from './problem.ts';
import { property as plainProperty, type PropertyKind } from './property.ts';
import { type ReadContext, type Reading, readValue } from './read-value.ts';

/** A claim as it comes in: its value is unknown until it was read. */
export type ClaimDraft = Omit<PlainClaim, 'value'> & { readonly value: unknown };

export type ClaimCheck = {
  /** What can be stored, in the order given, each derived claim after the one that it comes from. No two are equal. */
  readonly claims: readonly PlainClaim[];
  readonly problems: readonly Problem[];
};

/**
 * Checks claims about an entity type, a link type or `case`. Intelligence is partial, so almost nothing is refused: what is not such a
 * value is kept verbatim as an `attribute` and warned about. `defaultCountry` is where a phone number without country code was collected.
 */
export function validateClaims(type: string, drafts: readonly ClaimDraft[], context: ReadContext = {}): ClaimCheck {
  const kinds = propertiesByName(type);
  const problems: Problem[] = [];
  const claims = new Map<string, PlainClaim>();
  const keepClaim = (claim: PlainClaim): void => void claims.set(JSON.stringify(sortable(claim)), claim);
  drafts.forEach((draft, at) => {
    const kind = kinds.get(draft.property);
    if (kind === undefined && !PropertyName.safeParse(draft.property).success) {
      problems.push(problem(draft.property, 'property.name', at));
      return;
    }
    if (kind === undefined) problems.push(problem(draft.property, 'property.unknown', at));
    const reading = readDraft(kind, draft, context);
    for (const rule of rulesOf(reading)) problems.push(problem(draft.property, rule, at));
    for (const claim of claimsOf(draft, reading)) keepClaim(claim);
  });
  const kept = [...claims.values()];
  return { claims: kept, problems: [...problems, ...problemsOfTheWhole([...kinds.values()], kept)] };
}

/** True when nothing forbids storing. */
export function canBeStored(check: ClaimCheck): boolean {
  return check.problems.every((entry) => entry.severity !== 'error');
}

/** A property that the catalogue lacks (a newer partner's, say) is read as what it looks like. */
function readDraft(kind: PropertyKind | undefined, draft: ClaimDraft, context: ReadContext): Reading {
  if (kind !== undefined) return readValue(kind, draft.value, context);
  const valueType = typeof draft.value === 'boolean' ? 'truth' : typeof draft.value === 'number' ? 'number' : 'text';
  return readValue(plainProperty(draft.property, draft.property, valueType), draft.value, context);
}

function rulesOf(reading: Reading): readonly ProblemRule[] {
  if ('refuse' in reading) return [reading.refuse];
  return 'keepAsText' in reading ? [reading.keepAsText] : (reading.warnings ?? []);
}

function claimsOf(draft: ClaimDraft, reading: Reading): readonly PlainClaim[] {
  if ('refuse' in reading) return [];
  const times = {
    ...(draft.validFrom === undefined ? {} : { validFrom: draft.validFrom }),
    ...(draft.validTo === undefined ? {} : { validTo: draft.validTo }),
  };
  if ('keepAsText' in reading) {
    return [{ property: 'attribute', value: { name: draft.property, value: String(draft.value).trim() }, ...times }];
  }
  const claim = { property: draft.property, value: reading.value, ...times };
  return reading.derived === undefined ? [claim] : [claim, { ...reading.derived, ...times }];
}

function problemsOfTheWhole(kinds: readonly PropertyKind[], claims: readonly PlainClaim[]): readonly Problem[] {
  const given = (name: string): number => claims.filter((claim) => claim.property === name).length;
  const several = kinds
    .filter((kind) => !kind.isMany && given(kind.name) > 1)
    .map((kind) => problem(kind.name, 'property.several'));
  const keys = kinds.filter((kind) => kind.isKey);
  const first = keys[0];
  if (first === undefined || keys.some((kind) => given(kind.name) > 0)) return several;
  return [...several, problem(first.name, 'key.missing')];
}

function sortable(claim: PlainClaim): readonly unknown[] {
  const value =
    typeof claim.value === 'object'
      ? Object.entries(claim.value).toSorted(([one], [other]) => (one < other ? -1 : 1))
      : claim.value;
  return [claim.property, value, claim.validFrom ?? null, claim.validTo ?? null];
}
