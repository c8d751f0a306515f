import type { ReviewChart } from '../../../src-shared/contract/review.ts';
import type { EntityView, LinkView } from '../../../src-shared/contract/views.ts';

type Mark = ReviewChart['marks'][number]['mark'];

/** Signs before a name, so that colour alone says nothing. */
export const SIGNS: { readonly [M in Exclude<Mark, 'held-here'>]: string } = {
  new: '+',
  changed: '±',
  conflicting: '≠',
};

/** The chart with a sign before each name, and what is held here already apart. */
export function marked({ entities, links, marks }: ReviewChart): {
  readonly entities: readonly EntityView[];
  readonly links: readonly LinkView[];
  readonly held: readonly string[];
} {
  const byId = new Map<string, Mark>(marks.map(({ id, mark }) => [id, mark]));
  const signed = entities.map((entity) => {
    const mark = byId.get(entity.id) ?? 'held-here';
    return mark === 'held-here' ? entity : { ...entity, label: `${SIGNS[mark]} ${entity.label}` };
  });
  const held = marks.filter(({ mark }) => mark === 'held-here').map(({ id }) => id);
  return { entities: signed, links, held };
}
