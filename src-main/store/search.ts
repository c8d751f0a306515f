import { z } from 'zod';
import { displayValue } from '../../src-shared/catalogue/display.ts';
import { compareText } from '../../src-shared/crypto/hash.ts';
import type { SubjectId } from '../../src-shared/domain/ids.ts';
import { ClaimValue } from '../../src-shared/domain/record.ts';
import { matchExpression, searchTerms } from '../../src-shared/matching/search-text.ts';
import type { ValueType } from '../../src-shared/catalogue/property.ts';
import { optional, SubjectColumn, TruthColumn } from './columns.ts';
import { readAll } from './connection.ts';
import type { ReadDb } from './connection.ts';
import { TEXT_CLASSES } from './entity-texts.ts';
import type { EntityText } from './entity-texts.ts';
import type { SearchHit } from './types.ts';

export type Search = {
  readonly text: string;
  readonly types?: readonly string[];
  /** Only members of this case. */
  readonly case?: SubjectId;
  readonly limit: number;
};

/**
 * Entities that match everything typed, best first: a name that begins with it, then names, aliases, identifiers, free text, then matches
 * spread over several of them. Nothing typed finds nothing. Cost: that of a few prefix lookups, whatever the size of the store.
 */
export function findEntities(db: ReadDb, search: Search): SearchHit[] {
  const expression = matchExpression(search.text);
  if (expression === undefined) return [];
  const filters = [JSON.stringify(search.types ?? null), search.case?.replaceAll('-', '') ?? null] as const;
  const found = new Map<number, Found>();
  for (const match of matchesOf(expression)) {
    if (found.size >= search.limit) break;
    const rows = readAll(db, HitRow, FIND, match, search.limit * CANDIDATES, ...filters);
    for (const row of sorted(rows, search.text)) if (!found.has(row.id)) found.set(row.id, row);
  }
  return [...found.values()].slice(0, search.limit).map((row) => hitOf(row, search.text));
}

/** The join order is fixed: full text first, then the entity (PERFORMANCE.md §4, planner trap). */
export const FIND = `SELECT e.id, s.uid, e.type, e.label, e.subject_category, e.is_protected, t.shown
  FROM entity_texts t CROSS JOIN entities e ON e.id = t.rowid CROSS JOIN subjects s ON s.id = e.id
  WHERE t.entity_texts MATCH ?1
    AND (?3 = 'null' OR e.type IN (SELECT value FROM json_each(?3)))
    AND (?4 IS NULL OR EXISTS (
      SELECT 1 FROM case_members m WHERE m.member = e.id AND m.case_id = (SELECT c.id FROM subjects c WHERE c.uid = unhex(?4))))
  LIMIT ?2`;

/** So many times the limit are ranked in each step. */
const CANDIDATES = 4;

const HitRow = z.object({
  id: z.number(),
  uid: SubjectColumn,
  type: z.string(),
  label: z.string(),
  subject_category: z.string().nullable(),
  is_protected: TruthColumn,
  shown: z.string(),
});
type Found = z.infer<typeof HitRow>;

/** One FTS5 query a rank. */
function matchesOf(expression: string): string[] {
  return [...TEXT_CLASSES.map((column) => `${column} : (${expression})`), `(${expression})`];
}

/** Within one rank: labels that begin with what was typed, then shorter labels, then by text: the same order every time. */
function sorted(rows: readonly Found[], text: string): Found[] {
  const typed = folded(text);
  const begins = new Map(rows.map((row) => [row.id, folded(row.label).startsWith(typed)]));
  return rows.toSorted(
    (one, other) =>
      Number(begins.get(other.id)) - Number(begins.get(one.id)) ||
      one.label.length - other.label.length ||
      compareText(one.label, other.label) ||
      compareText(one.uid, other.uid),
  );
}

function hitOf(row: Found, text: string): SearchHit {
  const texts = Shown.parse(JSON.parse(row.shown));
  const matched = texts.find((each) => matches(each, text)) ?? texts[0];
  return {
    id: row.uid,
    type: row.type,
    label: row.label,
    ...optional('subjectCategory', row.subject_category),
    isProtected: row.is_protected,
    matched: {
      property: matched?.property ?? '',
      value: matched === undefined ? '' : displayValue(row.type, matched.property, matched.value),
    },
  };
}

const Shown = z.array(
  z
    .tuple([z.enum(TEXT_CLASSES), z.string(), z.string(), ClaimValue])
    .transform(([where, property, valueType, value]): EntityText => ({
      where,
      property,
      valueType: valueType as ValueType,
      value,
    })),
);

/** Whether the value has a word that begins with one of the typed ones. */
function matches({ valueType, value }: EntityText, text: string): boolean {
  const terms = searchTerms(valueType, value);
  const words = Object.values(terms).join(' ').split(' ');
  const typed = [folded(text), searchTerms('text', text).folded, searchTerms('identifier', text).identifier]
    .flatMap((each) => each.split(' '))
    .filter((word) => word !== '');
  return typed.some((word) => words.some((each) => each.startsWith(word)));
}

function folded(text: string): string {
  return searchTerms('text', text).original;
}
