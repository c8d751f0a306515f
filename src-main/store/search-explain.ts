import { z } from 'zod';
import { displayValue, oneLine } from '../../src-shared/catalogue/display.ts';
import { propertyKind } from '../../src-shared/catalogue/kinds.ts';
import type { ValueType } from '../../src-shared/catalogue/property.ts';
import { canonicalText } from '../../src-shared/crypto/canonical.ts';
import { Grade } from '../../src-shared/domain/grading.ts';
import { AgencyId } from '../../src-shared/domain/ids.ts';
import { ClaimValue } from '../../src-shared/domain/record.ts';
import { highlightRanges } from '../../src-shared/matching/highlight.ts';
import type { TextRange } from '../../src-shared/matching/highlight.ts';
import { RANKS, searchKeys, searchWords } from '../../src-shared/matching/search-keys.ts';
import type { Rank } from '../../src-shared/matching/search-keys.ts';
import { answersQuery, hasEveryWord } from '../../src-shared/matching/search-query.ts';
import type { SearchQuery } from '../../src-shared/matching/search-query.ts';
import { optional, SubjectColumn, TruthColumn } from './columns.ts';
import { readAll } from './connection.ts';
import type { ReadDb } from './connection.ts';
import { TEXT_CLASSES } from './entity-texts.ts';
import type { EntityText } from './entity-texts.ts';
import type { SearchHit, SearchMatch, SearchSource } from './types.ts';

/** An entity that answers, by its best key; equal keys in the order of the global ids (V85). */
export type Match = { readonly entity: number; readonly key: string; readonly tie: string };

/** V88: each hit with what matched in it, where, and who says so. Reads the records of these hits only. */
export function explainHits(db: ReadDb, query: SearchQuery, matches: readonly Match[]): readonly SearchHit[] {
  const ids = JSON.stringify(matches.map(({ entity }) => entity));
  const rows = new Map(readAll(db, HitRow, HITS, ids).map((row) => [row.id, row]));
  return matches.flatMap(({ entity, key }) => {
    const row = rows.get(entity);
    if (row === undefined) return [];
    const text = matchedText(row, key, query);
    return [
      {
        id: row.uid,
        type: row.type,
        label: row.label,
        labelRanges: highlightRanges(row.label, query),
        ...optional('subjectCategory', row.subject_category),
        isProtected: row.is_protected,
        matched: describe(row.type, rankOf(key), text, query),
        sources: text === undefined ? [] : sourcesOf(db, entity, text),
      },
    ];
  });
}

export const HITS = `SELECT e.id, s.uid, e.type, e.label, e.subject_category, e.is_protected, t.shown
  FROM json_each(?) j CROSS JOIN entities e ON e.id = j.value CROSS JOIN subjects s ON s.id = e.id
  CROSS JOIN entity_texts t ON t.rowid = e.id`;
/** A subject of more records than this is explained by some of them, always the same. */
export const SOURCES = `SELECT body FROM records WHERE subject = ? AND state = 'live' AND kind = 'entity' ORDER BY id LIMIT 64`;

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
const HitRow = z.object({
  id: z.number(),
  uid: SubjectColumn,
  type: z.string(),
  label: z.string(),
  subject_category: z.string().nullable(),
  is_protected: TruthColumn,
  shown: z.string().transform((text) => Shown.parse(JSON.parse(text))),
});

/** The value that has the matched key; else the one that answers all that was typed; else the first that answers a word of it. */
function matchedText({ shown }: z.infer<typeof HitRow>, key: string, query: SearchQuery): EntityText | undefined {
  const hasKey = (text: EntityText): boolean => searchKeys('', [text]).some((each) => each.slice(1) === key.slice(1));
  const hasAll = (text: EntityText): boolean => hasEveryWord(searchWords(text), query);
  const hasOne = (text: EntityText): boolean =>
    query.words.some((word) => hasEveryWord(searchWords(text), { words: [word] }));
  return (
    shown.find(hasKey) ??
    shown.find(hasAll) ??
    shown.find((text) => answersQuery(searchWords(text), query)) ??
    shown.find(hasOne)
  );
}

function rankOf(key: string): Rank {
  const ranks: readonly Rank[] = ['label', 'name', 'alias', 'identifier', 'ending', 'text'];
  return ranks.find((rank) => key.startsWith(RANKS[rank])) ?? 'text';
}

function describe(type: string, rank: Rank, text: EntityText | undefined, query: SearchQuery): SearchMatch {
  if (text === undefined) return { by: rank, property: '', label: '', value: '', ranges: [] };
  const { property, value } = text;
  const display = oneLine(displayValue(type, property, value), LONGEST);
  const label = propertyKind(type, property)?.label ?? property;
  return { by: rank, property, label, ...excerpt(display, highlightRanges(display, query)) };
}

/** Of a long text only the surroundings of the first match. */
function excerpt(
  text: string,
  ranges: readonly TextRange[],
): { readonly value: string; readonly ranges: readonly TextRange[] } {
  if (text.length <= LONG) return { value: text, ranges };
  const from = Math.max(0, Math.min((ranges[0]?.[0] ?? 0) - BEFORE, text.length - LONG));
  const start = from === 0 ? 0 : text.indexOf(' ', from) + 1 || from;
  const cut = text.slice(start, start + LONG).replace(/[\uD800-\uDBFF]$/, '');
  const [head, tail] = [start === 0 ? '' : '…', start + LONG >= text.length ? '' : '…'];
  const moved = ranges
    .map(([one, other]): TextRange => [one - start + head.length, other - start + head.length])
    .filter(([one, other]) => one >= 0 && other <= head.length + cut.length);
  return { value: `${head}${cut}${tail}`, ranges: moved };
}

/** A value is never longer than this (R7). */
const LONGEST = 65_536;
const LONG = 160;
const BEFORE = 40;

const BodyRow = z.object({ body: z.string().transform((text) => Body.parse(JSON.parse(text))) });
const Body = z.object({
  author: AgencyId,
  source: z.object({ grade: Grade.optional() }).optional(),
  claims: z.array(z.object({ property: z.string().optional(), value: ClaimValue.optional() })),
});

/** Who states the value, and with which grade, each once. */
function sourcesOf(db: ReadDb, entity: number, { property, value }: EntityText): readonly SearchSource[] {
  const wanted = canonicalText(value);
  const stating = readAll(db, BodyRow, SOURCES, entity).filter(({ body }) =>
    body.claims.some(
      (claim) => claim.property === property && claim.value !== undefined && canonicalText(claim.value) === wanted,
    ),
  );
  const sources = stating.map(({ body }): SearchSource => ({
    author: body.author,
    ...(body.source?.grade !== undefined && { grade: body.source.grade }),
  }));
  return [...new Map(sources.map((source) => [JSON.stringify(source), source])).values()];
}
