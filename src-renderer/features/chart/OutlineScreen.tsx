import { useMemo } from 'react';
import type { CaseChart } from '../../../src-shared/contract/views.ts';
import type { Attention } from '../../ui/attention.ts';
import { lookOf } from '../../ui/appearance.ts';
import { EntityIcon } from '../../ui/EntityIcon.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import './outline.css';
import { OutlineItem } from './OutlineItem.tsx';
import { hubs, neighbourhood } from './outline.ts';

interface Props {
  readonly chart: CaseChart;
  readonly attention: Attention;
  readonly onSelect: (ids: readonly string[]) => void;
}

const MOST = 200;

/** The chart without a picture: the selected entity with everything linked to it, or where to begin. */
export function OutlineScreen({ chart, attention, onSelect }: Props) {
  const centre = chart.entities.find((entity) => entity.id === attention.selection.at(-1));
  const groups = useMemo(
    () => (centre === undefined ? [] : neighbourhood(chart, attention, centre.id)),
    [chart, attention, centre],
  );
  const starts = useMemo(() => hubs(chart, attention), [chart, attention]);
  if (centre === undefined) {
    return (
      <div className="outline">
        <SectionHead level={2} title="Entities with most links first" aside={starts.length} />
        <ul>
          {starts.slice(0, MOST).map(({ entity, degree }) => (
            <OutlineItem
              key={entity.id}
              entity={entity}
              note={degree === 1 ? '1 link' : `${degree} links`}
              onGo={() => onSelect([entity.id])}
            />
          ))}
        </ul>
        {starts.length > MOST && (
          <p>
            The table holds all {starts.length}; this list stops at {MOST}.
          </p>
        )}
      </div>
    );
  }
  return (
    <div className="outline">
      <h2 className="outline-centre">
        <EntityIcon type={centre.type} subjectCategory={centre.subjectCategory} size={26} />
        <bdi>{centre.label}</bdi>
        <small>{lookOf(centre.type, centre.subjectCategory).label}</small>
      </h2>
      {groups.length === 0 && <p>{noLinks(chart, centre.id)}</p>}
      {groups.map((group) => (
        <section key={group.title}>
          <SectionHead title={group.title} aside={group.neighbours.length} />
          <ul>
            {group.neighbours.map(({ link, entity }) => (
              <OutlineItem key={link.id} entity={entity} note={link.confidence} onGo={() => onSelect([entity.id])} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** Nothing to list is not always the filters' doing. */
function noLinks({ links, isWhole }: CaseChart, id: string): string {
  if (links.some(({ from, to }) => from === id || to === id)) return 'No links pass the filters.';
  return isWhole ? 'It has no links in this case yet.' : 'None of its links is drawn. Expand it to draw them.';
}
