import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { SubjectId } from '../../../src-shared/domain/ids.ts';
import type { CaseChart, Position } from '../../../src-shared/contract/views.ts';
import { useAction } from '../../api/hooks.ts';
import type { Island } from './chart-island.ts';
import type { Point } from './walk.ts';

const QUIET_MS = 1500;

/** A drawing that is not stored yet; `pinned` are those that a person placed by hand. */
interface Unsaved {
  readonly spots: readonly Point[];
  readonly pinned: ReadonlySet<string>;
}

/**
 * The drawing of a case as it is stored, and a way to store it again: once a person has stopped moving things, so that a drag is one
 * record and not a hundred. Who may not write moves things for themselves alone.
 */
export function useSavedPositions(chart: CaseChart, island: Island | undefined, canWrite: boolean) {
  const saved = useMemo(() => chart.positions.map(({ subject, x, y }) => ({ id: subject, x, y })), [chart.positions]);
  const [unsaved, setUnsaved] = useState<Unsaved>();
  const { mutate, isPending } = useAction('chart.save');
  const save = useEffectEvent(() => {
    if (unsaved === undefined) return;
    mutate({ case: chart.case.id, positions: positionsOf(unsaved, chart) });
    setUnsaved(undefined);
  });
  useEffect(() => {
    if (unsaved === undefined) return undefined;
    const timer = setTimeout(() => save(), QUIET_MS);
    return () => clearTimeout(timer);
  }, [unsaved]);
  useEffect(() => () => save(), []);

  const follow = useEffectEvent((points: readonly Point[]) => {
    if (unsaved === undefined) island?.moveTo(points);
  });
  useEffect(() => follow(saved), [saved]);

  const keep = (moved: readonly string[]) => {
    if (!canWrite || island === undefined) return;
    setUnsaved({ spots: island.spots(), pinned: new Set([...(unsaved?.pinned ?? []), ...moved]) });
  };
  return { saved, keep, isUnsaved: unsaved !== undefined || isPending };
}

/** Guests are left out: a drawing travels with its case, and they do not. */
function positionsOf({ spots, pinned }: Unsaved, { positions, guests }: CaseChart): Position[] {
  const outside = new Set<string>(guests);
  const wasPinned = new Set<string>(
    positions.filter((position) => position.pinned).map((position) => position.subject),
  );
  const members = spots.filter(({ id }) => !outside.has(id));
  return members.map(({ id, x, y }) => ({
    subject: SubjectId.parse(id),
    x,
    y,
    pinned: pinned.has(id) || wasPinned.has(id),
  }));
}
