import { entityKind } from '../../../src-shared/catalogue/kinds.ts';
import { labelOf } from '../../../src-shared/catalogue/label-of.ts';
import { isProtectedSubject } from '../../../src-shared/catalogue/subject.ts';
import type { ImportPreview } from '../../../src-shared/contract/views.ts';
import type { ImportSlice, ImportSummary, PlannedEntity } from '../../../src-shared/convert/import-plan.ts';
import type { Attachment } from './attachment.ts';

/** Counts a plan slice by slice, and keeps its first rows to be looked at. */
export interface PreviewTally {
  add(slice: ImportSlice): void;
  end(summary: ImportSummary): ImportPreview;
}

type TypeCount = ImportPreview['byType'][number];

const SAMPLE_ROWS = 12;
const LISTED_REJECTED = 500;

/** An empty tally; entities that `known` has already are not counted again. */
export function previewTally(known: Attachment | undefined): PreviewTally {
  const entities = newCounts('entity');
  const links = newCounts('link');
  const sample: ImportPreview['sample'] = { entities: [], links: [] };

  return {
    add(slice) {
      for (const entity of slice.entities) {
        if (known?.subjects.has(entity.key) === true) continue;
        entities.add(entity.type, isGuarded(entity));
        if (sample.entities.length < SAMPLE_ROWS) sample.entities.push(sampleOf(entity));
      }
      for (const { type, fromKey, toKey, line } of slice.links) {
        links.add(type, false);
        if (sample.links.length < SAMPLE_ROWS) sample.links.push({ type, from: fromKey, to: toKey, line });
      }
    },
    end: ({ format, read, columns, rejected, rejectedTotal, warnings }) => ({
      format,
      read,
      entities: entities.total(),
      links: links.total(),
      byType: [...entities.rows(), ...links.rows()],
      columns: columns.map((column) => ({ ...column })),
      sample,
      rejected: rejected.slice(0, LISTED_REJECTED).map((row) => ({ ...row })),
      rejectedTotal,
      warnings: warnings.map((warning) => ({ ...warning })),
      ...(known !== undefined && { attachesTo: { batch: known.batch, entities: known.subjects.size } }),
    }),
  };
}

function newCounts(kind: TypeCount['kind']) {
  const byType = new Map<string, { count: number; guarded: number }>();
  return {
    add(type: string, isGuardedOne: boolean): void {
      const counted = byType.get(type) ?? { count: 0, guarded: 0 };
      counted.count += 1;
      if (isGuardedOne) counted.guarded += 1;
      byType.set(type, counted);
    },
    total: (): number => [...byType.values()].reduce((sum, { count }) => sum + count, 0),
    rows: (): TypeCount[] =>
      Array.from(byType, ([type, { count, guarded }]) => ({ kind, type, count, protected: guarded })),
  };
}

function isGuarded({ type, claims }: PlannedEntity): boolean {
  const isOfPeople = entityKind(type).properties.some(({ name }) => name === 'subjectCategory');
  return isOfPeople && isProtectedSubject(claims);
}

function sampleOf({ key, type, claims, line }: PlannedEntity): ImportPreview['sample']['entities'][number] {
  return { key, type, label: labelOf(type, claims, key), claims: claims.length, line };
}
