import type { PlainClaim } from '../catalogue/claim.ts';
import {
  defaultEntityType,
  defaultLinkType,
  entityKind,
  entityTypeNamed,
  isKnownEntityType,
  isKnownLinkType,
  linkKind,
  linkTypeNamed,
  propertiesByName,
  propertiesOf,
  propertyNamed,
} from '../catalogue/kinds.ts';
import { namesProtectedPerson, readRole } from '../catalogue/role-words.ts';
import { type ClaimDraft, validateClaims } from '../catalogue/validate-claims.ts';
import type { Column } from './columns.ts';
import type { ImportOptions, PlannedEntity, PlannedLink } from './import-plan.ts';
import type { PlanBuilder } from './plan-builder.ts';

/** One cell with the column that it stands in. */
export type Cell = { readonly column: Column; readonly text: string };

/** The two ends of a row or an edge, and the direction that the file gives them, if it does. */
export type Ends = {
  readonly source: string;
  readonly target: string;
  readonly sourceType: string;
  readonly targetType: string;
  /** Said by the file about this very link. */
  readonly saidDirected?: boolean | undefined;
  /** Suggested by the words of its columns. */
  readonly wordDirected?: boolean | undefined;
};

/** I13–I15, I20, I21: one row of a node list; undefined (and a rejected row) when it says neither an id nor a name. */
export function readNode(
  cells: readonly Cell[],
  line: number,
  options: ImportOptions,
  plan: PlanBuilder,
): PlannedEntity | undefined {
  const key = textOf(cells, 'id') || textOf(cells, 'name');
  if (key === '') {
    plan.reject(line, 'I15', 'neither an id nor a name');
    return undefined;
  }
  const said = textOf(cells, 'type');
  const named = said === '' ? undefined : entityTypeNamed(said);
  const type = named ?? options.entityType ?? defaultEntityType;
  const drafts = cells.flatMap((cell) => nodeDrafts(cell, type, named !== undefined));
  if (textOf(cells, 'name') === '') drafts.push(...nameDrafts(key, type, line, plan));
  if (said !== '' && named === undefined) plan.warn(line, 'I14', columnNameOf(cells, 'type'));
  warnOfPeople(cells, type, line, plan);
  return { key, type, claims: checked(type, drafts, line, options, plan), line };
}

/** I16: an entity that is known only because a link mentions it. */
export function mentionedEntity(id: string, line: number, options: ImportOptions, plan: PlanBuilder): PlannedEntity {
  const type = options.entityType ?? defaultEntityType;
  const drafts = [{ property: 'externalId', value: id }, ...nameDrafts(id, type, line, plan)];
  return { key: id, type, claims: checked(type, drafts, line, options, plan), line };
}

/** I16: what an id says where no column says a name: of a phone or a plate everything, of a person only if it is more than a number. */
function nameDrafts(id: string, type: string, line: number, plan: PlanBuilder): readonly ClaimDraft[] {
  const property = nameProperty(type);
  const isName = propertiesByName(type).get(property)?.valueType === 'name';
  if (isName && isBareId(id)) return [];
  if (isName && namesProtectedPerson(id)) plan.warn(line, 'I21', 'id');
  return [{ property, value: id }];
}

/** `12`, `n12`, `A-7`, `n1::n0`. */
function isBareId(id: string): boolean {
  if (!/\p{L}/u.test(id) || /^\p{L}{0,3}[-_ ]?\d+$/u.test(id)) return true;
  return id.split(/[:._-]+/u).every((part) => /^\p{L}{0,3}\d+$/u.test(part));
}

/** I14, I16–I19: what a row of an edge list, or an edge, says about two entities. */
export function readEdge(
  ends: Ends,
  cells: readonly Cell[],
  line: number,
  options: ImportOptions,
  plan: PlanBuilder,
): PlannedLink {
  const said = textOf(cells, 'type');
  const saysDirection = ['directed', 'undirected'].includes(said.toLowerCase());
  const named = said === '' || saysDirection ? undefined : linkTypeNamed(said);
  if (said !== '' && !saysDirection && named === undefined) plan.warn(line, 'I14', columnNameOf(cells, 'type'));
  const type = named ?? options.linkType ?? defaultLinkType(ends.sourceType, ends.targetType);
  const drafts = cells.flatMap((cell) => edgeDrafts(cell, type, named !== undefined || saysDirection));
  const directed =
    (saysDirection ? said.toLowerCase() === 'directed' : undefined) ??
    readTruth(textOf(cells, 'directed')) ??
    ends.saidDirected ??
    options.directed ??
    ends.wordDirected ??
    linkKind(type).isDirected;
  return {
    type,
    fromKey: ends.source,
    toKey: ends.target,
    directed,
    claims: checked(type, drafts, line, options, plan),
    line,
  };
}

/** The use of a column once the type of what it describes is known: a property of the kind where the name fits (I13). */
export function resolveUse(column: Column, type: string): string {
  if (column.use === 'name') return nameProperty(type);
  if (column.use === 'attribute') return propertyNamed(type, column.plain) ?? 'attribute';
  return propertiesByName(type).has(column.use) ? column.use : 'attribute';
}

function nodeDrafts(cell: Cell, type: string, isTypeUnderstood: boolean): readonly ClaimDraft[] {
  const { use } = cell.column;
  if (cell.text === '' || use === 'ignore') return [];
  if (use === 'id') return [{ property: 'externalId', value: cell.text }];
  if (use === 'type') return isTypeUnderstood ? [] : [attribute(cell)];
  const property = resolveUse(cell.column, type);
  if (property === 'attribute') return [attribute(cell)];
  return [{ property, value: cell.text }, ...(property === 'role' ? roleDrafts(cell.text, type) : [])];
}

function edgeDrafts(cell: Cell, type: string, isTypeUnderstood: boolean): readonly ClaimDraft[] {
  const { use } = cell.column;
  if (cell.text === '' || ['source', 'target', 'ignore'].includes(use)) return [];
  if (use === 'id') return [{ property: 'externalId', value: cell.text }];
  if (use === 'type') return isTypeUnderstood ? [] : [attribute(cell)];
  if (use === 'directed') return readTruth(cell.text) === undefined ? [attribute(cell)] : [];
  const property = resolveUse(cell.column, type);
  return [property === 'attribute' ? attribute(cell) : { property, value: cell.text }];
}

/** I20: what the role says in terms of the catalogue, where the kind has such properties. */
function roleDrafts(text: string, type: string): readonly ClaimDraft[] {
  const properties = propertiesByName(type);
  return Object.entries(readRole(text) ?? {})
    .filter(([property]) => properties.has(property))
    .map(([property, value]) => ({ property, value }));
}

function warnOfPeople(cells: readonly Cell[], type: string, line: number, plan: PlanBuilder): void {
  if (!propertiesOf(type).some((property) => property.list === 'subject-category')) return;
  for (const { column, text } of cells) {
    if (['name', 'alias'].includes(column.use) && namesProtectedPerson(text)) plan.warn(line, 'I21', column.name);
    if (column.use === 'role' && text !== '' && readRole(text)?.subjectCategory === undefined)
      plan.warn(line, 'I20', column.name);
  }
}

/** What the catalogue refuses or doubts is kept as an attribute or said as a warning; only a value that is none is left out, and said. */
function checked(
  type: string,
  drafts: readonly ClaimDraft[],
  line: number,
  options: ImportOptions,
  plan: PlanBuilder,
): readonly PlainClaim[] {
  const { claims, problems } = validateClaims(type, drafts, { defaultCountry: options.defaultCountry });
  const refused: ClaimDraft[] = [];
  for (const { property, rule, at, severity } of problems) {
    if (rule === 'key.missing') continue;
    plan.warn(line, rule, property);
    const draft = at === undefined ? undefined : drafts[at];
    if (severity === 'error' && draft !== undefined && draft.property !== 'attribute') {
      refused.push({ property: 'attribute', value: { name: property, value: String(draft.value) } });
    }
  }
  return refused.length === 0 ? claims : [...claims, ...validateClaims(type, refused).claims];
}

function attribute(cell: Cell): ClaimDraft {
  return { property: 'attribute', value: { name: cell.column.name, value: cell.text } };
}

function nameProperty(type: string): string {
  if (propertiesByName(type).has('name')) return 'name';
  return (isKnownEntityType(type) ? entityKind(type).labelFrom[0]?.[0] : undefined) ?? 'attribute';
}

function readTruth(text: string): boolean | undefined {
  if (/^(true|yes|y|1|directed)$/iu.test(text)) return true;
  return /^(false|no|n|0|undirected)$/iu.test(text) ? false : undefined;
}

function textOf(cells: readonly Cell[], use: string): string {
  return cells.find((cell) => cell.column.use === use)?.text ?? '';
}

function columnNameOf(cells: readonly Cell[], use: string): string {
  return cells.find((cell) => cell.column.use === use)?.column.name ?? use;
}

/** Whether a type that a person asked for exists; an import into an unknown type would be read by nobody. */
export function isKnownType(options: ImportOptions): boolean {
  const { entityType, linkType } = options;
  return (
    (entityType === undefined || isKnownEntityType(entityType)) && (linkType === undefined || isKnownLinkType(linkType))
  );
}
