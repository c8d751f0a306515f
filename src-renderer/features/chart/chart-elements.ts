import type { EntityView, LinkView } from '../../../src-shared/contract/views.ts';
import { linkKind } from '../../../src-shared/catalogue/kinds.ts';
import { appearanceKey } from '../../ui/appearance.ts';
import { isolate } from './isolate.ts';

/** From this many links on, an entity may be a hub. */
const HUB_DEGREE = 7;
/** Of a large chart at most this part are hubs: if everything is large, nothing is. */
const HUB_SHARE = 0.06;
const FEW = 200;

export interface NodeData {
  readonly id: string;
  readonly label: string;
  /** Key of its appearance (kind and, for people, subject category). */
  readonly look: string;
  /** Links on this chart. */
  readonly degree: number;
  /** Drawn larger, and its label wins. */
  readonly isHub: boolean;
  /** Links in the store that this chart does not show. */
  readonly more: number;
  readonly conflicts: number;
  readonly isProtected: boolean;
  readonly hasWithheld: boolean;
  /** Drawn, but not a member of the case. */
  readonly isGuest: boolean;
}

export interface EdgeData {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly label: string;
  readonly confidence: LinkView['confidence'];
  readonly directed: boolean;
  readonly isExploitation: boolean;
  readonly isGuest: boolean;
}

export interface ChartElements {
  readonly nodes: ReadonlyMap<string, NodeData>;
  readonly edges: ReadonlyMap<string, EdgeData>;
}

export const NO_ELEMENTS: ChartElements = { nodes: new Map(), edges: new Map() };

/** What the chart draws, keyed by subject. A link whose end is not on the chart is left out. O(entities + links). */
export function chartElements(
  entities: readonly EntityView[],
  links: readonly LinkView[],
  guests: readonly string[] = [],
): ChartElements {
  const outside = new Set<string>(guests);
  const held = new Set<string>(entities.map((entity) => entity.id));
  const drawn = links.filter((link) => held.has(link.from) && held.has(link.to));
  const degrees = countEnds(drawn);
  const hubDegree = leastHubDegree([...degrees.values()], entities.length);
  return {
    nodes: new Map(
      entities.map((entity) => [
        entity.id,
        nodeData(entity, degrees.get(entity.id) ?? 0, hubDegree, outside.has(entity.id)),
      ]),
    ),
    edges: new Map(drawn.map((link) => [link.id, edgeData(link, outside.has(link.id))])),
  };
}

function nodeData(entity: EntityView, degree: number, hubDegree: number, isGuest: boolean): NodeData {
  return {
    id: entity.id,
    label: isolate(entity.label),
    look: appearanceKey(entity.type, entity.subjectCategory),
    degree,
    isHub: degree >= hubDegree,
    more: Math.max(0, entity.degree - degree),
    conflicts: entity.conflicts,
    isProtected: entity.isProtected,
    hasWithheld: entity.withheld > 0,
    isGuest,
  };
}

function leastHubDegree(degrees: readonly number[], entities: number): number {
  if (entities <= FEW) return HUB_DEGREE;
  const descending = degrees.toSorted((one, other) => other - one);
  return Math.max(HUB_DEGREE, (descending[Math.floor(entities * HUB_SHARE)] ?? 0) + 1);
}

function edgeData(link: LinkView, isGuest: boolean): EdgeData {
  const kind = linkKind(link.type);
  return {
    id: link.id,
    source: link.from,
    target: link.to,
    label: kind.label,
    confidence: link.confidence,
    directed: link.directed,
    isExploitation: kind.isExploitation,
    isGuest,
  };
}

function countEnds(links: readonly LinkView[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const link of links) {
    counts.set(link.from, (counts.get(link.from) ?? 0) + 1);
    if (link.to !== link.from) counts.set(link.to, (counts.get(link.to) ?? 0) + 1);
  }
  return counts;
}
