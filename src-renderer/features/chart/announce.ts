import { linkKind } from '../../../src-shared/catalogue/kinds.ts';
import type { EntityView, LinkView } from '../../../src-shared/contract/views.ts';
import { lookOf } from '../../ui/appearance.ts';
import type { ChartElements } from './chart-elements.ts';

/** What a screen reader says of a selection: "Emil Balan, Suspect, 14 links". */
export function announcement(
  selection: readonly string[],
  entities: readonly EntityView[],
  links: readonly LinkView[],
  elements: ChartElements,
): string {
  if (selection.length > 1) return `${selection.length} selected`;
  const entity = entities.find((candidate) => candidate.id === selection[0]);
  if (entity !== undefined) return entityWords(entity, elements.nodes.get(entity.id)?.degree ?? 0);
  const link = links.find((candidate) => candidate.id === selection[0]);
  return link === undefined ? '' : linkWords(link, entities);
}

function entityWords(entity: EntityView, degree: number): string {
  const parts = [
    entity.label,
    lookOf(entity.type, entity.subjectCategory).label,
    `${degree} ${degree === 1 ? 'link' : 'links'}`,
    ...(entity.conflicts > 0 ? ['statements disagree'] : []),
    ...(entity.withheld > 0 ? [`${entity.withheld} details withheld`] : []),
    ...(entity.isProtected ? ['protected'] : []),
  ];
  return parts.join(', ');
}

function linkWords(link: LinkView, entities: readonly EntityView[]): string {
  const label = (id: string) => entities.find((entity) => entity.id === id)?.label ?? '';
  return `${label(link.from)} ${linkKind(link.type).label} ${label(link.to)}, ${link.confidence}`;
}
