import { identifies } from '../catalogue/kinds.ts';
import { eachInSteps } from '../crypto/steps.ts';
import type { Step } from '../crypto/steps.ts';
import type { AgencyId, SubjectId } from '../domain/ids.ts';
import type { RecordVerdict } from './release-types.ts';
import type { ProtectedClass } from './rules.ts';

/**
 * LED art. 10: properties that tell of sex life, or that may tell of ethnic origin or health. From memory, and only what the catalogue knows:
 * free text may tell anything.
 */
const SPECIAL_CATEGORY: ReadonlySet<string> = new Set(['appearance', 'typeOfExploitation', 'typeOfSexExploitation']);

/** P20: the classes of data that would leave, in a fixed order. With pauses. */
export function* dataClasses(
  verdicts: readonly RecordVerdict[],
  us: AgencyId,
  shields: ReadonlyMap<SubjectId, ProtectedClass>,
): Generator<Step, readonly string[], undefined> {
  const found = new Set<string>();
  yield* eachInSteps('policy', verdicts, (each) => {
    const { record, verdict } = each;
    if (verdict.action === 'withhold') return;
    if (record.author !== us) found.add('third-party');
    if (record.kind === 'attachment') {
      found.add('evidence');
      for (const subject of record.supports) {
        const shield = shields.get(subject);
        if (shield !== undefined) found.add(`protected:${shield}`);
      }
    }
    if ('source' in record && record.source?.basis === 'assessment') found.add('assessment');
    if (record.kind !== 'entity') return;
    found.add(`entity:${record.type}`);
    const shield = shields.get(record.subject);
    for (const property of leavingProperties(each)) {
      if (SPECIAL_CATEGORY.has(property)) found.add('special-category');
      if (shield !== undefined && identifies(record.type, property)) found.add(`protected:${shield}`);
    }
  });
  return [...found].toSorted();
}

function leavingProperties({ record, claims }: RecordVerdict): string[] {
  return record.claims.flatMap((claim, at) =>
    'property' in claim && claims[at]?.action === 'release' ? [claim.property] : [],
  );
}
