import { useMemo } from 'react';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import type { EntityView } from '../../../src-shared/contract/views.ts';
import { useAsTyped } from '../../api/use-as-typed.ts';

const MOST_HITS = 500;

/**
 * The entities of a case that match as the analyst types: at once by label, a moment later by everything the store indexes (aliases,
 * numbers, other scripts). Undefined while nothing is looked for.
 */
export function useFound(
  caseId: SubjectId,
  text: string,
  entities: readonly EntityView[] | undefined,
): ReadonlySet<string> | undefined {
  const wanted = text.trim();
  const isAsking = wanted.length > 1;
  const answer = useAsTyped('search.find', isAsking ? { text: wanted, case: caseId, limit: MOST_HITS } : undefined);
  const hits = answer.isCurrent ? answer.data?.hits : undefined;
  return useMemo(() => {
    if (wanted === '') return undefined;
    const byLabel = (entities ?? []).filter((entity) => folded(entity.label).includes(folded(wanted)));
    return new Set<string>([...byLabel.map((entity) => entity.id), ...(hits ?? []).map((hit) => hit.id)]);
  }, [wanted, entities, hits]);
}

function folded(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
