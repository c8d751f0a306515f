import type { ReactNode } from 'react';
import type { ReviewChart, ReviewFilter } from '../../../src-shared/contract/review.ts';
import { useMethod } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { countOf, formatCount } from '../../strings/format.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';

interface Props {
  readonly quarantine: string;
  readonly filter: ReviewFilter;
  readonly preview: (chart: ReviewChart) => ReactNode;
}

/** What passes the filter as it would be drawn. */
export function ReviewPreview({ quarantine, filter, preview }: Props) {
  const chart = useMethod('receive.chart', { quarantine, filter }, { keepsPrevious: true, keptForMs: 0 });
  if (chart.error !== null) return <ErrorNotice {...explain(chart.error)} />;
  if (chart.data === undefined) return <p className="receive-hint">Drawing…</p>;
  const { entities, links, isWhole, total } = chart.data;
  return (
    <section className="review-preview" aria-label="What it would add">
      {entities.length === 0 ? <p className="receive-hint">Nothing of this can be drawn.</p> : preview(chart.data)}
      {!isWhole && (
        <p className="receive-hint">
          Drawn: {formatCount(entities.length)} of {countOf(total.entities, 'entity', 'entities')} and{' '}
          {formatCount(links.length)} of {countOf(total.links, 'link')}; what contradicts or adds to what we hold first,
          then who has most links. Narrow the list to draw other parts of it.
        </p>
      )}
      {total.others > 0 && (
        <p className="receive-hint">
          In the list only: {countOf(total.others, 'item')} that {total.others === 1 ? 'has' : 'have'} no place in a
          drawing, such as a case, a recall, or what is refused.
        </p>
      )}
    </section>
  );
}
