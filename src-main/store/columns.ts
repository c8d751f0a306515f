import { z } from 'zod';
import { fromHex, toHex } from '../../src-shared/crypto/hash.ts';
import { parseGrade } from '../../src-shared/domain/grading.ts';
import type { AgencyId, RecordId, SubjectId } from '../../src-shared/domain/ids.ts';

/** How columns become domain values and back. Bytes inside, text outside (V24). */

const Bytes = z.instanceof(Uint8Array);
const hexOf = (bytes: Uint8Array): string => toHex(bytes);

export const HexColumn = Bytes.transform(hexOf);
export const RecordIdColumn = Bytes.transform((bytes) => toHex(bytes) as RecordId);
export const AgencyColumn = Bytes.transform((bytes) => toHex(bytes) as AgencyId);
export const SubjectColumn = Bytes.transform(uuidOf);
export const TruthColumn = z.number().transform((value) => value === 1);
export const GradesColumn = z.string().transform((text) => words(text).flatMap((word) => parseGrade(word) ?? []));
export const WordsColumn = z.string().transform(words);
/** A list of texts, kept as JSON. */
export const TextList = z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text)));

/** A row of any table, its columns as they are stored. */
export const Cells = z.record(z.string(), z.union([z.string(), z.number(), z.null(), Bytes]));

/** Rows of one column that many queries answer. */
export const RecordIdRow = z.object({ id: RecordIdColumn });
export const SubjectRow = z.object({ uid: SubjectColumn });

export function hexBytes(hex: RecordId | AgencyId | string): Uint8Array {
  return fromHex(hex);
}

export function subjectBytes(id: SubjectId): Uint8Array {
  return fromHex(id.replaceAll('-', ''));
}

/** `{name: value}` unless the column is empty: an absent field, never an undefined one. */
export function optional<N extends string, V>(name: N, value: V | null): { readonly [K in N]?: V } {
  return value === null ? {} : ({ [name]: value } as { readonly [K in N]?: V });
}

function uuidOf(bytes: Uint8Array): SubjectId {
  const hex = toHex(bytes);
  const text = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  return text as SubjectId;
}

function words(text: string): string[] {
  return text === '' ? [] : text.split(' ');
}
