import { createContext, useContext, useSyncExternalStore } from 'react';
import type { AgencyId, SubjectId } from '../../src-shared/domain/ids.ts';
import type { Handling, Source } from '../../src-shared/domain/record.ts';
import type { AuditPage } from '../features/audit/audit-page.ts';
import { type Filters, NO_FILTERS } from '../features/filters/filters.ts';
import type { FilesAsk } from '../features/files/files-ask.ts';
import type { MenuPlace } from '../features/chart/chart-island.ts';
import type { Ask } from '../features/inspector/ask.ts';
import type { InspectorTab } from '../features/inspector/inspector-tab.ts';
import { NO_WISH, type SearchWish } from '../features/search/search-wish.ts';
import type { Drawings } from './drawing.ts';

export type Screen =
  | 'home'
  | 'workspace'
  | 'search'
  | 'partners'
  | 'vault'
  | 'receive'
  | 'audit'
  | 'keys'
  | 'approvals';
export type CaseView = 'graph' | 'table' | 'outline';

/** The one dialog that may be open over the screen. */
export type Dialog =
  | Ask
  | FilesAsk
  | { readonly kind: 'add-entity' }
  | { readonly kind: 'import' }
  | { readonly kind: 'release'; readonly recall?: { readonly case: SubjectId; readonly agency: AgencyId } }
  | { readonly kind: 'compare' }
  | { readonly kind: 'choose-case'; readonly subject: SubjectId }
  | { readonly kind: 'palette' }
  | { readonly kind: 'shortcuts' };

/** What the page is looking at. Only ids: labels and values stay in the api cache, which is emptied on lock. */
export interface ViewState {
  readonly screen: Screen;
  readonly auditTab: AuditPage;
  readonly caseId: SubjectId | undefined;
  readonly caseView: CaseView;
  readonly selection: readonly SubjectId[];
  readonly filters: Filters;
  /** What was added to drawings in this session, by case. */
  readonly drawings: Drawings;
  /** The case whose drawing is about to be stored. */
  readonly unsavedDrawing: SubjectId | undefined;
  /** The entity whose expansion is being chosen, at a place of the chart or in the bar of the selection. */
  readonly expanding: { readonly subject: SubjectId; readonly at: MenuPlace | undefined } | undefined;
  readonly find: string;
  /** What is looked for in the whole vault. */
  readonly search: SearchWish;
  readonly dialog: Dialog | undefined;
  /** Source and marking of the last statement of this session, offered again for fast entry. */
  readonly lastStatement: { readonly source: Source; readonly handling: Handling } | undefined;
  /** The inspector is where there is room for it until somebody shows or hides it. */
  readonly panels: { readonly filters: boolean; readonly inspector: boolean | undefined };
  /** Which page of the inspector is open; kept while there is no room for the inspector. */
  readonly inspectorTab: { readonly subject: SubjectId; readonly tab: InspectorTab } | undefined;
  /** When the vault process last heard that somebody is here. */
  readonly touchedAt: number;
}

export const INITIAL_VIEW: ViewState = {
  screen: 'home',
  auditTab: 'log',
  caseId: undefined,
  caseView: 'graph',
  selection: [],
  filters: NO_FILTERS,
  drawings: {},
  unsavedDrawing: undefined,
  expanding: undefined,
  find: '',
  search: NO_WISH,
  dialog: undefined,
  lastStatement: undefined,
  panels: { filters: true, inspector: undefined },
  inspectorTab: undefined,
  touchedAt: 0,
};

export interface ViewStore {
  readonly get: () => ViewState;
  readonly set: (change: Partial<ViewState>) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

export function createViewStore(): ViewStore {
  let state = INITIAL_VIEW;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set(change) {
      state = { ...state, ...change };
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const ViewContext = createContext<ViewStore | undefined>(undefined);

/** The store itself, for commands that read the state when they run. */
export function useViewStore(): ViewStore {
  const store = useContext(ViewContext);
  if (store === undefined) throw new Error('view store missing');
  return store;
}

/** One part of the view state; the component draws again only when that part is another value. */
export function useView<T>(select: (state: ViewState) => T): T {
  const store = useViewStore();
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}

/** Opens a case on a clean desk. */
export function openCase(store: ViewStore, caseId: SubjectId): void {
  const fresh =
    store.get().caseId === caseId ? {} : { selection: [], filters: NO_FILTERS, find: '', expanding: undefined };
  store.set({ screen: 'workspace', caseId, dialog: undefined, ...fresh });
}
