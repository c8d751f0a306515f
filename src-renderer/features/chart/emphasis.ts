import type { Attention } from '../../ui/attention.ts';
import type { ChartElements, EdgeData } from './chart-elements.ts';

/** `gone` is not drawn, `dim` is drawn faint, `lit` belongs to the selection. */
export interface Emphasis {
  readonly gone: ReadonlySet<string>;
  readonly dim: ReadonlySet<string>;
  readonly lit: ReadonlySet<string>;
}

/** Filters come first, then the search, then the selection with its neighbourhood. O(elements). */
export function emphasise(elements: ChartElements, attention: Attention): Emphasis {
  const lit = litBy(elements, attention);
  const gone = new Set<string>();
  const dim = new Set<string>();
  const isLooking = attention.found !== undefined || lit.size > 0;
  const judge = (id: string, isShown: boolean, isFound: boolean) => {
    if (!isShown) (attention.mode === 'hide' ? gone : dim).add(id);
    else if (isLooking && !lit.has(id) && !isFound) dim.add(id);
  };
  for (const id of elements.nodes.keys()) {
    judge(id, attention.shownEntities.has(id), attention.found?.has(id) ?? false);
  }
  for (const edge of elements.edges.values()) {
    const isFound = attention.found !== undefined && joinsFound(edge, attention.found);
    judge(edge.id, attention.shownLinks.has(edge.id), isFound);
  }
  return { gone, dim, lit };
}

function joinsFound(edge: EdgeData, found: ReadonlySet<string>): boolean {
  return found.has(edge.source) && found.has(edge.target);
}

/** The selection, the links that touch it and their other ends, as far as the filters let them through. */
function litBy(elements: ChartElements, attention: Attention): ReadonlySet<string> {
  const selected = new Set(attention.selection.filter((id) => elements.nodes.has(id) || elements.edges.has(id)));
  const lit = new Set(selected);
  if (selected.size === 0) return lit;
  for (const edge of elements.edges.values()) {
    if (!attention.shownLinks.has(edge.id) && !selected.has(edge.id)) continue;
    if (selected.has(edge.source) || selected.has(edge.target) || selected.has(edge.id)) {
      lit.add(edge.id).add(edge.source).add(edge.target);
    }
  }
  return lit;
}
