/** The parts of the window that F6 goes through, in this order, marked by `data-pane`. */
const PANES = ['casebar', 'filters', 'main', 'inspector', 'status'] as const;

type Pane = (typeof PANES)[number];

/** Moves the focus to a pane, or to the next or previous one that is on the screen. */
export function cyclePane(to: Pane | 'next' | 'previous'): void {
  const panes = PANES.flatMap((name) => document.querySelector<HTMLElement>(`[data-pane="${name}"]`) ?? []);
  const current = panes.findIndex((pane) => pane.contains(document.activeElement));
  if (to === 'next') focusInto(panes[(current + 1) % panes.length]);
  else if (to === 'previous') focusInto(panes.at(current <= 0 ? -1 : current - 1));
  else focusInto(panes.find((pane) => pane.dataset['pane'] === to));
}

/** Puts the caret into the search field of the case. */
export function focusSearch(): void {
  document.querySelector<HTMLInputElement>('[data-search]')?.select();
  document.querySelector<HTMLInputElement>('[data-search]')?.focus();
}

/** To the part of the pane that takes keys, else to its first control, else to itself. */
function focusInto(pane: HTMLElement | undefined): void {
  const target =
    pane?.querySelector<HTMLElement>('[data-keys]') ??
    pane?.querySelector<HTMLElement>('button:not([disabled]), input, [tabindex="0"], a[href]') ??
    pane;
  target?.focus();
}
