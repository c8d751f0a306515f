import type { SubjectId } from '../../src-shared/domain/ids.ts';
import { showInCase } from './drawings.ts';
import type { ViewStore } from './view-state.ts';

/**
 * Opens what a search found, wherever it is: in the open case when it is there or nowhere else (then as a guest of the drawing), in its only
 * case, or in the one that a person chooses.
 */
export function openSubject(store: ViewStore, subject: SubjectId, cases: readonly { readonly id: SubjectId }[]): void {
  const { screen, caseId } = store.get();
  const [first, ...others] = cases;
  const isOpen = caseId !== undefined && screen === 'workspace';
  if (caseId !== undefined && cases.some(({ id }) => id === caseId)) showInCase(store, caseId, subject);
  else if (first !== undefined && others.length === 0) showInCase(store, first.id, subject);
  else if (first === undefined && isOpen) showInCase(store, caseId, subject);
  else store.set({ dialog: { kind: 'choose-case', subject } });
}
