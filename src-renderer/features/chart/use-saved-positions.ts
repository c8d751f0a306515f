import { type RefObject, useEffect, useEffectEvent, useMemo, useRef } from 'react';
import type { SubjectId } from '../../../src-shared/domain/ids.ts';
import type { CaseChart, Position } from '../../../src-shared/contract/views.ts';
import { useAction } from '../../api/hooks.ts';
import type { Island } from './chart-island.ts';
import type { Point } from './walk.ts';

const QUIET_MS = 1500;

/**
 * The drawing of a case as it is stored, and a way to store it again: once a person has stopped moving things, so that a drag is one
 * record and not a hundred. `keep` marks entities that a person placed by hand.
 */
export function useSavedPositions(chart: CaseChart, island: RefObject<Island | undefined>, canWrite: boolean) {
  const saved = useMemo(
    () => chart.positions.map(({ subject, x, y }) => ({ id: subject as string, x, y })),
    [chart.positions],
  );
  const { mutate } = useAction('chart.save');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pinned = useRef(new Set<string>());
  const save = useEffectEvent(() => {
    timer.current = undefined;
    const spots = island.current?.spots() ?? [];
    if (!canWrite || spots.length === 0) return;
    mutate({ case: chart.case.id, positions: positionsOf(spots, chart.positions, pinned.current) });
    pinned.current.clear();
  });
  useEffect(() => {
    const onLeave = () => {
      if (timer.current === undefined) return;
      clearTimeout(timer.current);
      save();
    };
    return onLeave;
  }, []);
  const followStore = useEffectEvent((points: readonly Point[]) => {
    if (timer.current === undefined) island.current?.moveTo(points, false);
  });
  useEffect(() => followStore(saved), [saved]);

  return {
    saved,
    keep: (ids: readonly string[]) => {
      for (const id of ids) pinned.current.add(id);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => save(), QUIET_MS);
    },
  };
}

function positionsOf(spots: readonly Point[], before: readonly Position[], pinned: ReadonlySet<string>): Position[] {
  const wasPinned = new Set<string>(before.filter((position) => position.pinned).map((position) => position.subject));
  return spots.map(({ id, x, y }) => ({
    subject: id as SubjectId,
    x,
    y,
    pinned: pinned.has(id) || wasPinned.has(id),
  }));
}
