import { cyclePane } from './panes.ts';
import type { ViewState, ViewStore } from './view-state.ts';

/** Up to this width the inspector lies over the case instead of beside it (UX notes §5.1). */
export const NO_ROOM_BESIDE = '(max-width: 1280px)';

/** Whether the inspector is on the screen: as it was last asked for, and until then wherever there is room beside the case. */
export function isInspectorShown({ panels }: ViewState, hasRoom: boolean): boolean {
  return panels.inspector ?? hasRoom;
}

export function toggleInspector(store: ViewStore): void {
  showInspector(store, !isInspectorShown(store.get(), hasRoomBeside()));
}

export function showInspector(store: ViewStore, isShown: boolean): void {
  store.set({ panels: { ...store.get().panels, inspector: isShown } });
}

/** Brings the inspector on the screen and the focus into it. */
export function inspect(store: ViewStore): void {
  if (!isInspectorShown(store.get(), hasRoomBeside())) showInspector(store, true);
  requestAnimationFrame(() => cyclePane('inspector'));
}

/** Takes it away again; the focus goes back to the case. */
export function leaveInspector(store: ViewStore): void {
  showInspector(store, false);
  requestAnimationFrame(() => cyclePane('main'));
}

function hasRoomBeside(): boolean {
  return !window.matchMedia(NO_ROOM_BESIDE).matches;
}
