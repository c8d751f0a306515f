import type { RecordKind } from '../domain/record.ts';
import { drawn } from './appearance-table.ts';
import { elementProperties, type EntityKind, entityKinds } from './entity-kinds.ts';
import { foldText, plainName } from './fold-text.ts';
import { type LinkKind, linkKinds, linkProperties } from './link-kinds.ts';
import { coded, commonProperties, property, type PropertyKind } from './property.ts';

/** Properties of a case (record.md §7). `member` is a subject id and has no form field. */
export const caseProperties: readonly PropertyKind[] = [
  property('title', 'Title', 'name', { isKey: true }),
  property('reference', 'Reference', 'identifier', { isKey: true, isMany: true }),
  property('description', 'Description', 'longText'),
  coded('status', 'Status', 'case-status'),
  ...elementProperties,
  ...commonProperties,
];

/** Properties of an evidence file (record.md §7); when it was collected is in its source. */
const attachmentProperties: readonly PropertyKind[] = [
  property('name', 'File name', 'name', { isKey: true }),
  property('note', 'Note', 'longText', { isMany: true }),
  property('attribute', 'Imported attribute', 'attribute', { isMany: true }),
];

const entityByType: ReadonlyMap<string, EntityKind> = new Map(entityKinds.map((kind) => [kind.type, kind]));
const linkByType: ReadonlyMap<string, LinkKind> = new Map(linkKinds.map((kind) => [kind.type, kind]));

/** The kind of an entity type. A type that we do not know is kept and shown as such, with its claims treated as identifying. */
export function entityKind(type: string): EntityKind {
  return entityByType.get(type) ?? unknownEntityKind(type);
}

/** The kind of a link type; one that we do not know reads as its own name. */
export function linkKind(type: string): LinkKind {
  return linkByType.get(type) ?? unknownLinkKind(type);
}

/** Whether the catalogue has an entry for it. */
export function isKnownEntityType(type: string): boolean {
  return entityByType.has(type);
}

/** Whether the catalogue has an entry for it. */
export function isKnownLinkType(type: string): boolean {
  return linkByType.has(type);
}

/** The properties of an entity type, a link type, `case` or `attachment`; of an unknown type only the common ones. */
export function propertiesOf(type: string): readonly PropertyKind[] {
  if (type === 'case') return caseProperties;
  if (type === 'attachment') return attachmentProperties;
  return linkByType.has(type) ? linkProperties : entityKind(type).properties;
}

const caseByName = byPropertyName(caseProperties);
const attachmentByName = byPropertyName(attachmentProperties);
const linkByName = byPropertyName(linkProperties);
const commonByName = byPropertyName(commonProperties);
const entityByName: ReadonlyMap<string, ReadonlyMap<string, PropertyKind>> = new Map(
  entityKinds.map((kind) => [kind.type, byPropertyName(kind.properties)]),
);

/** The same by name. */
export function propertiesByName(type: string): ReadonlyMap<string, PropertyKind> {
  if (type === 'case') return caseByName;
  if (type === 'attachment') return attachmentByName;
  return linkByType.has(type) ? linkByName : (entityByName.get(type) ?? commonByName);
}

/** One property of a type; undefined when the type does not have it. Treat what it would say as identifying. */
export function propertyKind(type: string, name: string): PropertyKind | undefined {
  return propertiesByName(type).get(name);
}

/** Whether a claim is withheld by default for a protected person: fail closed for properties that the catalogue does not have. */
export function identifies(type: string, name: string): boolean {
  return propertyKind(type, name)?.identifies ?? true;
}

/**
 * docs/formats/record.md R3: `record` only for links and for kinds that say nothing of a person. Everything else, known or not, is
 * committed claim by claim, so that it can be redacted.
 */
export function commitmentOf(kind: RecordKind, type: string): 'claims' | 'record' {
  if (kind === 'link') return 'record';
  return kind === 'entity' ? entityKind(type).commitment : 'claims';
}

const namesByType: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  [...entityKinds, ...linkKinds].map(({ type }) => [type, byPlainName(propertiesOf(type))]),
);

/** The property of a type that a column means whose plain name (fold-text.ts) is this; undefined when it means none. */
export function propertyNamed(type: string, plain: string): string | undefined {
  return namesByType.get(type)?.get(plain);
}

/** The entity type that a word in a type column means; undefined when it means none. */
export function entityTypeNamed(text: string): string | undefined {
  return ENTITY_TYPES_BY_WORD.get(foldText(text));
}

/** The link type that a word in a relation column means; undefined when it means none. */
export function linkTypeNamed(text: string): string | undefined {
  return LINK_TYPES_BY_WORD.get(foldText(text));
}

const ENTITY_TYPES_BY_WORD = typesByWord(
  entityKinds.map(({ type, label, plural, aliases }) => ({ type, words: [type, label, plural, ...aliases] })),
);
const LINK_TYPES_BY_WORD = typesByWord(
  linkKinds.map(({ type, label, aliases }) => ({ type, words: [type, label, ...aliases] })),
);

/** Where two kinds share a word, the first means it. */
function typesByWord(
  kinds: readonly { readonly type: string; readonly words: readonly string[] }[],
): ReadonlyMap<string, string> {
  return new Map(kinds.toReversed().flatMap(({ type, words }) => words.map((word) => [foldText(word), type] as const)));
}

/** Whether a link type is meant for these ends; a mismatch is worth a warning, never a refusal. */
export function canLink(type: string, fromType: string, toType: string): boolean {
  const { from, to } = linkKind(type);
  return (from === 'any' || from.includes(fromType)) && (to === 'any' || to.includes(toType));
}

/** What an import takes rows for until it is told otherwise. */
export const defaultEntityType = 'person';

/** The type of a link that nobody named: the weakest thing that can be said between two such entities. */
export function defaultLinkType(fromType: string, toType: string): string {
  return fromType === toType && canLink('associate-of', fromType, toType) ? 'associate-of' : 'related-to';
}

function byPropertyName(properties: readonly PropertyKind[]): ReadonlyMap<string, PropertyKind> {
  return new Map(properties.map((entry) => [entry.name, entry]));
}

/** By name and by label; a name goes before the label of another property. `attribute` is for what means nothing. */
function byPlainName(properties: readonly PropertyKind[]): ReadonlyMap<string, string> {
  const named = properties.filter((entry) => entry.valueType !== 'attribute');
  return new Map([
    ...named.map((entry) => [plainName(entry.label), entry.name] as const),
    ...named.map((entry) => [plainName(entry.name), entry.name] as const),
  ]);
}

function unknownEntityKind(type: string): EntityKind {
  return {
    type,
    label: type,
    plural: type,
    pole: 'O',
    appearance: drawn('help-hexagon', 'round-rectangle', 'grey', 'dashed'),
    commitment: 'claims',
    isIdentifierOf: true,
    labelFrom: [['name'], ['title'], ['number'], ['reference']],
    aliases: [],
    properties: commonProperties,
  };
}

function unknownLinkKind(type: string): LinkKind {
  return {
    type,
    label: type,
    inverse: type,
    from: 'any',
    to: 'any',
    isDirected: true,
    isExploitation: false,
    band: 'other',
    identifiesPerson: true,
    aliases: [],
  };
}
