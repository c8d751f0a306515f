import type { ReactNode } from 'react';
import type { ReviewChart, ReviewFilter } from '../../../src-shared/contract/review.ts';
import { useMethod } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { countOf } from '../../strings/format.ts';
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
          Drawn: {countOf(entities.length, 'entity', 'entities')} of {countOf(total.entities, 'entity', 'entities')} and{' '}
          {countOf(links.length, 'link')} of {countOf(total.links, 'link')}. Narrow the list to draw other parts of it.
        </p>
      )}
    </section>
  );
}
