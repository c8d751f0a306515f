import { linkKind } from '../../../src-shared/catalogue/kinds.ts';
import type { CaseChart, EntityView, LinkView } from '../../../src-shared/contract/views.ts';
import type { Attention } from '../../ui/attention.ts';

export interface Neighbour {
  readonly link: LinkView;
  readonly entity: EntityView;
}

export interface NeighbourGroup {
  /** How the links read from the centre: "recruited", "recruited by". */
  readonly title: string;
  readonly neighbours: readonly Neighbour[];
}

/** What is linked to an entity, by how the link reads from it; only what passes the filters. O(links). */
export function neighbourhood(chart: CaseChart, attention: Attention, centre: string): readonly NeighbourGroup[] {
  const entities = new Map<string, EntityView>(chart.entities.map((entity) => [entity.id, entity]));
  const groups = new Map<string, Neighbour[]>();
  for (const link of chart.links) {
    if (!attention.shownLinks.has(link.id) || (link.from !== centre && link.to !== centre)) continue;
    const entity = entities.get(link.from === centre ? link.to : link.from);
    if (entity === undefined) continue;
    const kind = linkKind(link.type);
    const title = link.from === centre ? kind.label : kind.inverse;
    groups.set(title, [...(groups.get(title) ?? []), { link, entity }]);
  }
  return [...groups]
    .map(([title, neighbours]) => ({ title, neighbours: neighbours.toSorted(byLabel) }))
    .toSorted((one, other) => one.title.localeCompare(other.title));
}

/** The entities that pass the filters, most links first. O(entities log entities + links). */
export function hubs(
  chart: CaseChart,
  attention: Attention,
): readonly { readonly entity: EntityView; readonly degree: number }[] {
  const degrees = new Map<string, number>();
  for (const link of chart.links) {
    if (!attention.shownLinks.has(link.id)) continue;
    for (const end of [link.from, link.to]) degrees.set(end, (degrees.get(end) ?? 0) + 1);
  }
  return chart.entities
    .filter((entity) => attention.shownEntities.has(entity.id) && (attention.found?.has(entity.id) ?? true))
    .map((entity) => ({ entity, degree: degrees.get(entity.id) ?? 0 }))
    .toSorted((one, other) => other.degree - one.degree || one.entity.label.localeCompare(other.entity.label));
}

function byLabel(one: Neighbour, other: Neighbour): number {
  return one.entity.label.localeCompare(other.entity.label) || (one.link.id < other.link.id ? -1 : 1);
}
