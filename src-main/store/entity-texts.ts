import { entityKind, propertyKind } from '../../src-shared/catalogue/kinds.ts';
import type { ValueType } from '../../src-shared/catalogue/property.ts';
import type { ClaimValue } from '../../src-shared/domain/record.ts';
import type { Stated } from './display-rule.ts';

/** Where a value is found, best first: the order in which search ranks. */
export const TEXT_CLASSES = ['names', 'aliases', 'identifiers', 'texts'] as const;
export type TextClass = (typeof TEXT_CLASSES)[number];

/** One value that search can find, and what it is found by. */
export type EntityText = {
  readonly where: TextClass;
  readonly property: string;
  readonly valueType: ValueType;
  readonly value: ClaimValue;
};
/** Everything about an entity that search can find; the values best first. */
export type EntityTexts = { readonly label: string; readonly values: readonly EntityText[] };

/** What search can find of an entity: the catalogue says which properties, in display order. */
export function textsOf(
  type: string,
  label: string,
  values: ReadonlyMap<string, readonly Stated<ClaimValue>[]>,
): EntityTexts {
  const found = [...values].flatMap(([property, stated]) => {
    const kind = propertyKind(type, property);
    const where = classOf(type, property);
    if (where === undefined) return [];
    return stated.map(({ value }) => ({ where, property, valueType: kind?.valueType ?? ('text' as const), value }));
  });
  return { label, values: found.toSorted(compareTexts) };
}

/** A property that the catalogue does not have is found as free text. */
function classOf(type: string, property: string): TextClass | undefined {
  const search = propertyKind(type, property)?.search ?? 'text';
  if (search === 'none') return undefined;
  if (search === 'identifier') return 'identifiers';
  if (search === 'text') return 'texts';
  return entityKind(type).labelFrom.some((line, i) => i === 0 && line.includes(property)) ? 'names' : 'aliases';
}

function compareTexts(one: EntityText, other: EntityText): number {
  const rank = TEXT_CLASSES.indexOf(one.where) - TEXT_CLASSES.indexOf(other.where);
  if (rank !== 0) return rank;
  if (one.property === other.property) return 0;
  return one.property < other.property ? -1 : 1;
}
