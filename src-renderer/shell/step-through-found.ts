import { SubjectId } from '../../src-shared/domain/ids.ts';
import type { ChartControls } from '../features/chart/chart-controls.ts';
import { showInCase } from './drawings.ts';
import type { ViewStore } from './view-state.ts';

/** Selects the next or previous entity that was found, round and round; on the chart it is brought into sight. */
export function stepThroughFound(
  store: ViewStore,
  chart: ChartControls | null,
  found: ReadonlySet<string> | undefined,
  step: 1 | -1,
): void {
  const ids = [...(found ?? [])];
  const current = ids.indexOf(store.get().selection.at(-1) ?? '');
  const from = current === -1 && step === -1 ? 0 : current;
  const next = ids.at((from + step) % Math.max(1, ids.length));
  if (next === undefined) return;
  const { caseId } = store.get();
  if (caseId !== undefined && chart !== null && !chart.isDrawn(next))
    return showInCase(store, caseId, SubjectId.parse(next));
  if (chart === null) store.set({ selection: [SubjectId.parse(next)] });
  else chart.goTo(next);
}
