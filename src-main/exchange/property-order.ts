import { propertiesOf } from '../../src-shared/catalogue/kinds.ts';

/** In the order in which the catalogue lists the properties of a type, as every form shows them; what it does not know comes last. O(n log n). */
export function inPropertyOrder<T extends { readonly property: string }>(type: string, items: readonly T[]): T[] {
  const ranks = new Map(propertiesOf(type).map(({ name }, rank) => [name, rank]));
  const rank = ({ property }: T): number => ranks.get(property) ?? ranks.size;
  return items.toSorted((one, other) => rank(one) - rank(other));
}
