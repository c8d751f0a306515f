import { notifications } from '@mantine/notifications';
import type { QueryClient } from '@tanstack/react-query';
import type { CaseChart } from '../../src-shared/contract/views.ts';
import type { SubjectId } from '../../src-shared/domain/ids.ts';
import { call } from '../api/client.ts';
import { AT_ONCE, type Choice, WITHOUT_ASKING, totalOf } from '../features/chart/expansion.ts';
import { explain } from '../strings/errors.ts';
import { drawAlso } from './drawings.ts';
import type { ViewStore } from './view-state.ts';

/** Draws what was chosen of what is linked to an entity, at most `AT_ONCE` links of it. */
export async function expandSubject(
  store: ViewStore,
  chart: CaseChart,
  subject: SubjectId,
  choice: Choice,
): Promise<void> {
  store.set({ expanding: undefined });
  await telling(async () => {
    const { types, direction } = choice;
    const found = await call('subject.expand', {
      subject,
      exclude: drawnIn(chart),
      limit: AT_ONCE,
      ...(types !== undefined && { types: [...types] }),
      ...(direction !== undefined && { direction }),
    });
    drawAlso(
      store,
      chart.case.id,
      found.entities.map(({ id }) => id),
    );
  });
}

/** Draws everything that is linked to an entity where that is little; otherwise asks what of it. */
export async function expandAll(store: ViewStore, chart: CaseChart, subject: SubjectId): Promise<void> {
  await telling(async () => {
    const { counts } = await call('subject.expand', { subject, exclude: drawnIn(chart), limit: 0 });
    const total = totalOf(counts);
    if (total === 0) notifications.show({ message: 'Everything linked to it is drawn.' });
    else if (total > WITHOUT_ASKING) store.set({ selection: [subject], expanding: { subject, at: undefined } });
    else await expandSubject(store, chart, subject, {});
  });
}

/** Entities on the drawing. */
export function drawnIn(chart: CaseChart): SubjectId[] {
  return chart.entities.map(({ id }) => id);
}

async function telling(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const { what, next } = explain(error);
    notifications.show({ color: 'red', title: what, message: next });
  }
}

/** The same for a key, which knows the selection but not what is drawn: that is in the cache of answers. */
export function expandFromKeys(store: ViewStore, queries: QueryClient): (subject: SubjectId) => void {
  return (subject) => {
    const { caseId } = store.get();
    const answers = queries.getQueriesData<CaseChart>({ queryKey: ['case.chart'], type: 'active' });
    const chart = answers.find(([, held]) => held?.case.id === caseId)?.[1];
    if (chart !== undefined) void expandAll(store, chart, subject);
  };
}
