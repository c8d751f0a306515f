import { z } from 'zod';
import { canonicalText } from '../../src-shared/crypto/canonical.ts';
import type { AgencyId } from '../../src-shared/domain/ids.ts';
import { readAll } from './connection.ts';
import type { ReadDb, WriteDb } from './connection.ts';
import { findAgency, keepAgency } from './identities.ts';
import { insertRow } from './truth.ts';
import type { ReleaseTerms } from './types.ts';

const ClassRow = z.object({ class: z.string() });

export const CLASSES_SENT = 'SELECT class FROM release_classes WHERE partner = ?';

/** P20: the classes of data that went to a partner before. */
export function classesSentTo(db: ReadDb, agency: AgencyId): ReadonlySet<string> {
  return new Set(readAll(db, ClassRow, CLASSES_SENT, findAgency(db, agency) ?? 0).map((row) => row.class));
}

/** Keeps the terms of a release that was just entered, and which classes went out by it for the first time. */
export function addReleaseTerms(tx: WriteDb, release: number, to: readonly AgencyId[], terms: ReleaseTerms): void {
  const { purposeCode, answers, kept } = terms;
  insertRow(tx, 'release_terms', { release, purpose_code: purposeCode, answers: canonicalText(answers), kept });
  for (const agency of to) {
    const known = classesSentTo(tx, agency);
    const partner = keepAgency(tx, agency);
    for (const each of terms.classes) {
      if (!known.has(each)) insertRow(tx, 'release_classes', { partner, class: each, release });
    }
  }
}
