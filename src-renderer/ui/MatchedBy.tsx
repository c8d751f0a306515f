import type { Grade } from '../../src-shared/domain/grading.ts';
import { GradeBadge } from './GradeBadge.tsx';
import { Highlighted } from './Highlighted.tsx';
import './matched-by.css';

interface Props {
  /** The label of the hit. */
  readonly label: string;
  /** The property that matched, its value, and the parts of it that were typed. */
  readonly matched: {
    readonly label: string;
    readonly value: string;
    readonly ranges: readonly (readonly [number, number])[];
  };
  readonly sources: readonly {
    readonly author: string;
    readonly authorName: string;
    readonly grade?: Grade | undefined;
  }[];
}

const MOST_SOURCES = 3;

/** Why a hit is one: the property that matched unless the label says it all, and who states it with which grade. */
export function MatchedBy({ label, matched, sources }: Props) {
  const isSaid = matched.value === label || matched.value === '';
  const others = sources.length - MOST_SOURCES;
  return (
    <small className="matched-by">
      {!isSaid && (
        <span>
          {matched.label}: <Highlighted text={matched.value} ranges={matched.ranges} />
        </span>
      )}
      {sources.slice(0, MOST_SOURCES).map(({ author, authorName, grade }) => (
        <span key={`${author} ${JSON.stringify(grade)}`} className="matched-by-source">
          <GradeBadge grade={grade} /> <bdi>{authorName}</bdi>
        </span>
      ))}
      {others > 0 && <span>and {others} more</span>}
      {sources.length === 0 && <span>Named by this program: no name is disclosed</span>}
    </small>
  );
}
