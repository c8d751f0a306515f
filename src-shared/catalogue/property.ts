/** How a value is checked, shown and searched. docs/formats/record.md R7 says what a value can be at all. */
export type ValueType =
  | 'text'
  | 'name'
  | 'longText'
  | 'date'
  | 'country'
  | 'phone'
  | 'email'
  | 'url'
  | 'iban'
  | 'number'
  | 'code'
  | 'identifier'
  | 'truth'
  | 'coordinates'
  | 'attribute';

type SearchIndex = 'name' | 'identifier' | 'text' | 'none';

/** One property of a kind: drives forms, checks, search, withholding and display. */
export type PropertyKind = {
  readonly name: string;
  readonly label: string;
  readonly valueType: ValueType;
  /** Name of the code list of a `code`: lists.ts. */
  readonly list?: string;
  readonly isMany: boolean;
  /** What tells one such thing from another; a record without any is warned about. */
  readonly isKey: boolean;
  /** Can tell who a protected person is: withheld by default. Free text counts, because it may name anybody. */
  readonly identifies: boolean;
  readonly search: SearchIndex;
  /** A code outside its list refuses the claim instead of keeping it as text: a wrong subject category would unprotect a victim. */
  readonly isStrict?: true;
  readonly help?: string;
};

type Extra = Partial<Pick<PropertyKind, 'isMany' | 'isKey' | 'identifies' | 'search' | 'isStrict' | 'help'>>;

const SEARCH: { readonly [T in ValueType]: SearchIndex } = {
  text: 'text',
  name: 'name',
  longText: 'text',
  date: 'none',
  country: 'none',
  phone: 'identifier',
  email: 'identifier',
  url: 'identifier',
  iban: 'identifier',
  number: 'none',
  code: 'none',
  identifier: 'identifier',
  truth: 'none',
  coordinates: 'none',
  attribute: 'text',
};

/** Free text, names and identifiers identify unless a kind says otherwise; codes, truths and numbers do not. */
const IDENTIFIES: ReadonlySet<ValueType> = new Set<ValueType>([
  'text',
  'name',
  'longText',
  'date',
  'phone',
  'email',
  'url',
  'iban',
  'identifier',
  'coordinates',
  'attribute',
]);

/** A property with the usual settings of its value type. */
export function property(name: string, label: string, valueType: ValueType, extra: Extra = {}): PropertyKind {
  return {
    name,
    label,
    valueType,
    isMany: false,
    isKey: false,
    identifies: IDENTIFIES.has(valueType),
    search: SEARCH[valueType],
    ...extra,
  };
}

/** A property whose value is a code of the named list. */
export function coded(name: string, label: string, list: string, extra: Extra = {}): PropertyKind {
  return { ...property(name, label, 'code', extra), list };
}

/** What every entity and link can carry. `attribute` is what an import could not map, verbatim (record.md §7). */
export const commonProperties: readonly PropertyKind[] = [
  property('note', 'Note', 'longText', { isMany: true }),
  property('externalId', 'Id in the source', 'identifier', {
    isMany: true,
    help: 'As the file or the other system has it.',
  }),
  property('attribute', 'Imported attribute', 'attribute', { isMany: true }),
];
