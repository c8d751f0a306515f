import { z } from 'zod';
import type { SubjectId } from '../../src-shared/domain/ids.ts';
import { SubjectColumn } from './columns.ts';
import { readAll, readNumber } from './connection.ts';
import type { ReadDb } from './connection.ts';

/** A value of a protected person, as the full text has it. */
export type ProtectedText = {
  readonly subject: SubjectId;
  readonly where: 'names' | 'aliases' | 'identifiers';
  readonly value: string;
};

export const PROTECTED_TEXTS = `SELECT s.uid, t.shown FROM entities e CROSS JOIN subjects s ON s.id = e.id
  CROSS JOIN entity_texts t ON t.rowid = e.id WHERE e.id > ? AND e.id <= ? AND e.is_protected = 1`;

const Text = z.tuple([z.string(), z.string(), z.string(), z.unknown()]);
const Row = z.object({
  uid: SubjectColumn,
  shown: z.string().transform((text) => z.array(Text).parse(JSON.parse(text))),
});

/** The highest number that an entity has; 0 where there is none. */
export function lastEntity(db: ReadDb): number {
  return readNumber(db, 'SELECT coalesce(max(id), 0) AS n FROM entities');
}

/** Names and identifiers of the protected persons of the store with numbers in a range, from the projection: no record is parsed. */
export function protectedTexts(
  db: ReadDb,
  { after, upTo }: { readonly after: number; readonly upTo: number },
): ProtectedText[] {
  const found: ProtectedText[] = [];
  for (const { uid, shown } of readAll(db, Row, PROTECTED_TEXTS, after, upTo)) {
    for (const [where, , , value] of shown) {
      const isNaming = where === 'names' || where === 'aliases' || where === 'identifiers';
      if (isNaming && typeof value === 'string') found.push({ subject: uid, where, value });
    }
  }
  return found;
}
