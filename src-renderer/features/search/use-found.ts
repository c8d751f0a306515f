import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import type { EntityView } from '../../../src-shared/contract/views.ts';
import { useMethod } from '../../api/hooks.ts';

const SETTLE_MS = 120;
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
  const [settled] = useDebouncedValue(wanted, SETTLE_MS);
  const isAsking = settled.length > 1;
  const answer = useMethod(
    'search.find',
    { text: settled, case: caseId, limit: MOST_HITS },
    { enabled: isAsking, keepsPrevious: true },
  );
  const hits = isAsking ? answer.data?.hits : undefined;
  return useMemo(() => {
    if (wanted === '') return undefined;
    const byLabel = (entities ?? []).filter((entity) => folded(entity.label).includes(folded(wanted)));
    return new Set<string>([...byLabel.map((entity) => entity.id), ...(hits ?? []).map((hit) => hit.id)]);
  }, [wanted, entities, hits]);
}

function folded(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
