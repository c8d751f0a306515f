import type { RefObject } from 'react';
import type { SubjectId } from '../../src-shared/domain/ids.ts';
import type { AuditPage } from '../features/audit/audit-page.ts';
import type { ChartControls } from '../features/chart/chart-controls.ts';
import type { Command } from './command.ts';
import { takeBackStep } from './drawings.ts';
import { inspect, toggleInspector } from './inspector-place.ts';
import { cyclePane, focusSearch } from './panes.ts';
import type { CaseView, Screen, ViewStore } from './view-state.ts';

/** Where one can go. */
export function placeCommands(
  store: ViewStore,
  { isInCase, canWrite, canExchange }: Readonly<Record<'isInCase' | 'canWrite' | 'canExchange', boolean>>,
): readonly Command[] {
  const goTo = (id: string, label: string, screen: Exclude<Screen, 'workspace' | 'receive'>): Command => ({
    id,
    group: 'Go to',
    label,
    where: 'everywhere',
    run: () => store.set({ screen }),
  });
  const goToTab = (id: string, label: string, auditTab: AuditPage): Command => ({
    ...goTo(id, label, 'audit'),
    run: () => store.set({ screen: 'audit', auditTab }),
  });
  const exchange: Command = {
    id: 'exchange.receive',
    group: 'Exchange',
    label: 'Receive a bundle…',
    where: 'everywhere',
    run: () => store.set({ screen: 'receive' }),
  };
  const release: Command = {
    id: 'exchange.release',
    group: 'Exchange',
    label: 'Release this case…',
    keys: 'Ctrl+Shift+E',
    binding: '$mod+Shift+e',
    where: 'everywhere',
    run: () => store.set({ dialog: { kind: 'release' } }),
  };
  const compare: Command = {
    id: 'exchange.compare',
    group: 'Exchange',
    label: 'Compare this case with a partner…',
    where: 'everywhere',
    run: () => store.set({ dialog: { kind: 'compare' } }),
  };
  return [
    goTo('go.cases', 'Cases', 'home'),
    {
      ...goTo('go.search', 'Search the whole vault', 'search'),
      keys: 'Ctrl+Shift+F',
      binding: '$mod+Shift+f',
    },
    goTo('go.partners', 'Partners', 'partners'),
    goTo('go.keys', 'Keys of this agency', 'keys'),
    ...(canExchange ? [goTo('go.approvals', 'Approvals', 'approvals')] : []),
    goTo('go.vault', 'Vault & users, backup and store', 'vault'),
    goTo('go.audit', 'Audit log, ledger and changes', 'audit'),
    goToTab('go.recalls', 'Recalls: what became of withdrawals', 'recalls'),
    goToTab('go.streams', 'Streams: files of partners, gaps and alarms', 'streams'),
    ...(canExchange ? [exchange, ...(isInCase ? [release] : [])] : []),
    ...(isInCase ? [compare] : []),
    ...(canWrite ? [importCommand(store)] : []),
  ];
}

function importCommand(store: ViewStore): Command {
  return {
    id: 'case.import',
    group: 'Case',
    label: 'Import a file…',
    keys: 'Ctrl+O',
    binding: '$mod+o',
    where: 'everywhere',
    run: () => store.set({ dialog: { kind: 'import' } }),
  };
}

/** What of the neighbourhood is drawn. */
export function drawingCommands(store: ViewStore, onExpandAll: (subject: SubjectId) => void): readonly Command[] {
  const onCase = (run: (caseId: SubjectId) => void) => () => {
    const { caseId } = store.get();
    if (caseId !== undefined) run(caseId);
  };
  const onSelected = (run: (subject: SubjectId) => void) => () => {
    const subject = store.get().selection.at(-1);
    if (subject !== undefined) run(subject);
  };
  return [
    {
      id: 'drawing.expand',
      group: 'Chart',
      label: 'Expand the selected entity…',
      ...key('E'),
      run: onSelected((subject) => store.set({ selection: [subject], expanding: { subject, at: undefined } })),
    },
    {
      id: 'drawing.expand-all',
      group: 'Chart',
      label: 'Expand everything linked to the selected entity',
      keys: 'Shift+E',
      binding: 'Shift+e',
      where: 'chart',
      run: onSelected(onExpandAll),
    },
    {
      id: 'drawing.take-back',
      group: 'Chart',
      label: 'Take back what was last added to the drawing',
      ...key('U'),
      run: onCase((caseId) => takeBackStep(store, caseId)),
    },
  ];
}

/** What can be said in a case, for those who may write. */
export function caseCommands(store: ViewStore): readonly Command[] {
  const onSelected = (run: (subject: NonNullable<ReturnType<ViewStore['get']>['selection'][number]>) => void) => () => {
    const subject = store.get().selection.at(-1);
    if (subject !== undefined) run(subject);
  };
  return [
    {
      id: 'entity.add',
      group: 'Case',
      label: 'Add entity…',
      ...key('A'),
      run: () => store.set({ dialog: { kind: 'add-entity' } }),
    },
    {
      id: 'link.add',
      group: 'Case',
      label: 'Add link from the selected entity…',
      ...key('L'),
      run: onSelected((from) => store.set({ dialog: { kind: 'add-link', from } })),
    },
    {
      id: 'statement.add',
      group: 'Case',
      label: 'Add statement about the selection…',
      ...key('S'),
      run: onSelected((subject) => store.set({ dialog: { kind: 'add-statement', subject } })),
    },
    {
      id: 'case.state',
      group: 'Case',
      label: 'Add statement about the case…',
      where: 'everywhere',
      run: () => store.set({ dialog: { kind: 'state-case' } }),
    },
    {
      id: 'case.edit',
      group: 'Case',
      label: 'Edit title and description of the case…',
      where: 'everywhere',
      run: () => store.set({ dialog: { kind: 'edit-case' } }),
    },
  ];
}

/** How the case is looked at. */
export function viewCommands(store: ViewStore, chart: RefObject<ChartControls | null>): readonly Command[] {
  const show = (caseView: CaseView, label: string, keys: string, binding: string): Command => ({
    id: `view.${caseView}`,
    group: 'View',
    label,
    keys,
    binding,
    where: 'everywhere',
    run: () => store.set({ caseView }),
  });
  const toggleFilters = () => {
    const { panels } = store.get();
    store.set({ panels: { ...panels, filters: !panels.filters } });
  };
  return [
    show('graph', 'Graph', 'Ctrl+1', '$mod+1'),
    show('table', 'Table', 'Ctrl+2', '$mod+2'),
    step('view.outline', 'The neighbourhood as a list', 'F2', 'F2', 'everywhere', () =>
      store.set({ caseView: store.get().caseView === 'outline' ? 'graph' : 'outline' }),
    ),
    step('view.inspect', 'Inspect the selection', 'Enter', 'Enter', 'chart', () => inspect(store)),
    step('view.find', 'Find in this case', 'Ctrl+F', '$mod+f', 'everywhere', focusSearch),
    { ...step('view.find-slash', 'Find in this case', '/', '/', 'chart', focusSearch), isKeyOnly: true },
    step('view.filters', 'Show or hide the filters', 'Ctrl+B', '$mod+b', 'everywhere', toggleFilters),
    step('view.inspector', 'Show or hide the inspector', 'Ctrl+Alt+B', '$mod+Alt+b', 'everywhere', () =>
      toggleInspector(store),
    ),
    step('view.next-pane', 'Next pane', 'F6', 'F6', 'everywhere', () => cyclePane('next')),
    step('view.previous-pane', 'Previous pane', 'Shift+F6', 'Shift+F6', 'everywhere', () => cyclePane('previous')),
    step('view.chart', 'Go to the chart', 'Ctrl+G', '$mod+g', 'everywhere', () => chart.current?.focus()),
  ];
}

function key(keys: string): Pick<Command, 'where' | 'keys' | 'binding'> {
  return { keys, binding: keys.toLowerCase(), where: 'chart' };
}

function step(
  id: string,
  label: string,
  keys: string,
  binding: string,
  where: Command['where'],
  run: () => void,
): Command {
  return { id, group: 'View', label, keys, binding, where, run };
}
