import { z } from 'zod';
import { compareUtf8 } from '../../src-shared/crypto/hash.ts';
import {
  answersQuery,
  fullTextExpression,
  hasEveryWord,
  keyPrefixes,
  searchQuery,
} from '../../src-shared/matching/search-query.ts';
import type { SearchQuery } from '../../src-shared/matching/search-query.ts';
import { foldWords, formsOf } from '../../src-shared/matching/fold-words.ts';
import { RANKS } from '../../src-shared/matching/search-keys.ts';
import { readAll, readEach, readNumber } from './connection.ts';
import type { ReadDb, SqlValue } from './connection.ts';
import { explainHits } from './search-explain.ts';
import type { Match } from './search-explain.ts';
import { filterValues, isFiltered, PASSES } from './search-filter.ts';
import type { SearchFilter } from './search-filter.ts';
import type { SearchHit } from './types.ts';

export type Search = SearchFilter & { readonly text: string; readonly limit: number };

export type SearchAnswer = {
  readonly hits: readonly SearchHit[];
  /** There are further hits. */
  readonly more: boolean;
  /** False when only a part of what was typed could be looked through (V87): a rarer word or a weaker limit finds the rest. */
  readonly isComplete: boolean;
};

/**
 * V80–V89: entities that answer what was typed, best first: a label that begins with it, then names, aliases, identifiers, then words anywhere.
 * Nothing typed finds nothing. Cost: that of some ranges of an ordered index and of the hits, whatever the size of the store.
 */
export function findEntities(db: ReadDb, search: Search): SearchAnswer {
  const query = searchQuery(search.text);
  if (query === undefined) return { hits: [], more: false, isComplete: true };
  const values = filterValues(db, search);
  const wanted = search.limit + 1;
  const found = isFewToCompare(db, search, values)
    ? { matches: compareAll(db, query, values), isComplete: true }
    : lookUp(db, query, { values, wanted, isFiltered: isFiltered(search) });
  const shown = found.matches.slice(0, search.limit);
  return {
    hits: explainHits(db, query, shown),
    more: found.matches.length > search.limit,
    isComplete: found.isComplete,
  };
}

/** So many entities are compared one by one: it is exact, and quicker than to look up what is then mostly left out. */
const FEW = 5000;
/** V87: so many keys of one range are tried against a filter, and so many rows of the full text are looked at. */
const KEYS_TRIED = 1024;
const TEXTS_TRIED = 2048;

export const COUNT_MEMBERS = `SELECT count(*) AS n FROM (SELECT 1 FROM case_members WHERE case_id = ?1 LIMIT ${FEW + 1})`;
export const COUNT_OF_TYPES = `SELECT count(*) AS n FROM (
  SELECT 1 FROM json_each(?1) j CROSS JOIN entities e ON e.type = j.value LIMIT ${FEW + 1})`;

function isFewToCompare(db: ReadDb, filter: SearchFilter, [types = null, of = null]: readonly SqlValue[]): boolean {
  if (filter.case !== undefined && readNumber(db, COUNT_MEMBERS, of) <= FEW) return true;
  return filter.types !== undefined && readNumber(db, COUNT_OF_TYPES, types) <= FEW;
}

const COMPARED = `e.id AS entity, hex(substr(s.uid, 13)) AS tie, e.label, t.keys, t.words`;
export const COMPARE_MEMBERS = `SELECT ${COMPARED} FROM case_members c CROSS JOIN entities e ON e.id = c.member
  CROSS JOIN subjects s ON s.id = e.id CROSS JOIN entity_texts t ON t.rowid = e.id
  WHERE c.case_id = ?2 AND ${PASSES}`;
export const COMPARE_TYPES = `SELECT ${COMPARED} FROM json_each(?1) j CROSS JOIN entities e ON e.type = j.value
  CROSS JOIN subjects s ON s.id = e.id CROSS JOIN entity_texts t ON t.rowid = e.id WHERE ${PASSES}`;

const ComparedRow = z.object({
  entity: z.number(),
  tie: z.string(),
  label: z.string(),
  /** JSON, read only where it has a key that answers: most rows have none. */
  keys: z.string(),
  words: z.string(),
});
const Keys = z.array(z.string());

function compareAll(db: ReadDb, query: SearchQuery, values: readonly SqlValue[]): readonly Match[] {
  const sql = values[1] === null ? COMPARE_TYPES : COMPARE_MEMBERS;
  const ranks = keyPrefixes(query);
  const byEntity = new Map<number, Match>();
  for (const row of readEach(db, ComparedRow, sql, ...values)) {
    const key = answeringKey(row, query, ranks);
    if (key !== undefined) byEntity.set(row.entity, { entity: row.entity, tie: row.tie, key });
  }
  return [...byEntity.values()].toSorted(compareMatches);
}

/** The best key of an entity that answers; of one that answers by words alone, its label behind the last rank. */
export function answeringKey(
  row: z.infer<typeof ComparedRow>,
  query: SearchQuery,
  ranks: ReturnType<typeof keyPrefixes>,
): string | undefined {
  for (const { prefixes } of ranks) {
    if (!prefixes.some((prefix) => row.keys.includes(`"${prefix}`))) continue;
    const keys = Keys.parse(JSON.parse(row.keys));
    return keys.filter((key) => prefixes.some((prefix) => key.startsWith(prefix))).toSorted(compareUtf8)[0];
  }
  return answersQuery(row.words, query) ? textKey(row, query) : undefined;
}

/** Within the last rank: all words in the label before words elsewhere, then by label. */
function textKey({ label, keys }: z.infer<typeof ComparedRow>, query: SearchQuery): string {
  const isInLabel = hasEveryWord(formsOf(foldWords(label)).join(' '), query);
  return `${RANKS.text}${isInLabel ? 0 : 1}${/^\["([^"]*)"/.exec(keys)?.[1] ?? ''}`;
}

type LookUp = { readonly values: readonly SqlValue[]; readonly wanted: number; readonly isFiltered: boolean };
type Found = { readonly matches: readonly Match[]; readonly isComplete: boolean };

function lookUp(db: ReadDb, query: SearchQuery, how: LookUp): Found {
  const matches = new Map<number, Match>();
  let isComplete = true;
  for (const { prefixes } of keyPrefixes(query)) {
    if (matches.size >= how.wanted) break;
    const ranges = prefixes.map((prefix) => inRange(db, prefix, how, matches));
    isComplete &&= ranges.every((range) => range.isComplete);
    const inOrder = ranges.flatMap((range) => range.matches).toSorted(compareMatches);
    for (const match of inOrder) if (!matches.has(match.entity)) matches.set(match.entity, match);
  }
  const all = [...matches.values()];
  if (all.length >= how.wanted) return { matches: all, isComplete };
  const further = inText(db, query, how, matches);
  return {
    matches: [...all, ...further.matches].toSorted(compareMatches),
    isComplete: isComplete && further.isComplete,
  };
}

export const KEYS_IN_RANGE = `SELECT entity, key, hex(tie) AS tie FROM entity_keys WHERE key >= ?1 AND key < ?2 ORDER BY entity_keys.key, entity_keys.tie, entity`;
/** The join order is fixed: keys first, then the entity (V75). */
export const KEYS_THAT_PASS = `SELECT k.entity, k.key, hex(k.tie) AS tie
  FROM (SELECT entity, key, tie FROM entity_keys WHERE key >= ?10 AND key < ?11 ORDER BY key, tie, entity LIMIT ${KEYS_TRIED}) k
  CROSS JOIN entities e ON e.id = k.entity WHERE ${PASSES}`;
export const IS_TRIED_OUT = `SELECT count(*) AS n FROM (SELECT 1 FROM entity_keys WHERE key >= ?1 AND key < ?2 LIMIT ${KEYS_TRIED})`;

const KeyRow = z.object({ entity: z.number(), key: z.string(), tie: z.string() });

/** The first entities of one range of keys that are not found yet. */
function inRange(
  db: ReadDb,
  prefix: string,
  { values, wanted, isFiltered }: LookUp,
  known: ReadonlyMap<number, Match>,
): Found {
  const range = [prefix, `${prefix}\u{10FFFF}`] as const;
  const rows = isFiltered
    ? readEach(db, KeyRow, KEYS_THAT_PASS, ...values, ...range)
    : readEach(db, KeyRow, KEYS_IN_RANGE, ...range);
  const matches = new Map<number, Match>();
  for (const row of rows) {
    if (!known.has(row.entity) && !matches.has(row.entity)) matches.set(row.entity, row);
    if (known.size + matches.size >= wanted) return { matches: [...matches.values()], isComplete: true };
  }
  const isComplete = !isFiltered || readNumber(db, IS_TRIED_OUT, ...range) < KEYS_TRIED;
  return { matches: [...matches.values()], isComplete };
}

export const TEXTS = `SELECT rowid AS entity, words, keys FROM entity_texts WHERE entity_texts MATCH ?1 LIMIT ${TEXTS_TRIED}`;
const LABEL = `e.id AS entity, hex(substr(s.uid, 13)) AS tie, e.label`;
const LABEL_FROM = `j CROSS JOIN entities e ON e.id = j.value CROSS JOIN subjects s ON s.id = e.id`;
export const LABELS = `SELECT ${LABEL} FROM json_each(?1) ${LABEL_FROM}`;
export const LABELS_THAT_PASS = `SELECT ${LABEL} FROM json_each(?10) ${LABEL_FROM} WHERE ${PASSES}`;

const TextRow = ComparedRow.pick({ entity: true, words: true, keys: true });
const LabelRow = ComparedRow.pick({ entity: true, tie: true, label: true });

/** What answers by words that stand anywhere; also what the keys have not come to because a filter left out too many before it. */
function inText(
  db: ReadDb,
  query: SearchQuery,
  { values, isFiltered }: LookUp,
  known: ReadonlyMap<number, Match>,
): Found {
  const expression = fullTextExpression(query);
  if (expression === undefined) return { matches: [], isComplete: true };
  const ranks = keyPrefixes(query);
  const tried = readAll(db, TextRow, TEXTS, expression);
  const answering = tried.filter((row) => !known.has(row.entity) && answersQuery(row.words, query));
  const texts = new Map(answering.map((row) => [row.entity, row]));
  const ids = JSON.stringify([...texts.keys()]);
  const rows = isFiltered
    ? readAll(db, LabelRow, LABELS_THAT_PASS, ...values, ids)
    : readAll(db, LabelRow, LABELS, ids);
  const matches = rows.flatMap((row) => {
    const text = texts.get(row.entity);
    const key = text === undefined ? undefined : answeringKey({ ...row, ...text }, query, ranks);
    return key === undefined ? [] : [{ entity: row.entity, tie: row.tie, key }];
  });
  return { matches, isComplete: tried.length < TEXTS_TRIED };
}

/** V85. */
function compareMatches(one: Match, other: Match): number {
  return compareUtf8(one.key, other.key) || compareUtf8(one.tie, other.tie) || one.entity - other.entity;
}
