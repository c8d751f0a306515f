import type { SubjectId } from '../../src-shared/domain/ids.ts';
import type { Drawing } from './drawing.ts';
import { type ViewState, type ViewStore, openCase } from './view-state.ts';

const AS_IT_BEGINS: Drawing = { only: undefined, also: [], added: 0 };
const NO_STEPS: readonly Drawing[] = [];
/** More is never drawn at once (contract: MOST_DRAWN). */
const MOST = 2000;

export function drawingOf({ drawings }: Pick<ViewState, 'drawings'>, caseId: SubjectId): Drawing {
  return drawings[caseId]?.at(-1) ?? AS_IT_BEGINS;
}

/** Adds entities to the drawing of a case, as one step. Those that it has already change nothing. */
export function drawAlso(store: ViewStore, caseId: SubjectId, subjects: readonly SubjectId[]): void {
  const drawing = drawingOf(store.get(), caseId);
  const added = subjects.filter((id) => !drawing.also.includes(id));
  if (added.length === 0) return;
  step(store, caseId, { ...drawing, also: [...drawing.also, ...added].slice(-MOST), added: added.length });
}

/** Leaves only these on the drawing of a large case. */
export function drawOnly(store: ViewStore, caseId: SubjectId, subjects: readonly SubjectId[]): void {
  step(store, caseId, { only: subjects.slice(0, MOST), also: [], added: 0 });
}

/** Takes the last step back. */
export function takeBackStep(store: ViewStore, caseId: SubjectId): void {
  const { drawings } = store.get();
  store.set({ drawings: { ...drawings, [caseId]: (drawings[caseId] ?? NO_STEPS).slice(0, -1) } });
}

/** Opens a case with an entity on its drawing, selected. */
export function showInCase(store: ViewStore, caseId: SubjectId, subject: SubjectId): void {
  openCase(store, caseId);
  drawAlso(store, caseId, [subject]);
  store.set({ selection: [subject], caseView: 'graph' });
}

function step(store: ViewStore, caseId: SubjectId, next: Drawing): void {
  const { drawings } = store.get();
  store.set({ drawings: { ...drawings, [caseId]: [...(drawings[caseId] ?? NO_STEPS), next] } });
}
