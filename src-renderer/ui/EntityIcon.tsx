import { lookOf } from './appearance.ts';
import { iconUri } from './icon-svg.ts';
import './entity-icon.css';
import { useScheme } from './scheme.tsx';

interface Props {
  readonly type: string;
  readonly subjectCategory?: string | undefined;
  readonly size?: number;
}

/** The icon of an entity's kind as the chart draws it. Decoration: the kind stands in words beside it. */
export function EntityIcon({ type, subjectCategory, size = 20 }: Props) {
  const scheme = useScheme();
  const { ink, fill, icon, shape, border } = lookOf(type, subjectCategory).appearance;
  return (
    <span
      className="entity-icon"
      data-shape={shape}
      aria-hidden
      style={{
        inlineSize: size,
        blockSize: size,
        borderColor: ink[scheme],
        borderStyle: border,
        backgroundColor: fill[scheme],
      }}
    >
      <img src={iconUri(icon, ink[scheme])} alt="" width={size * 0.66} height={size * 0.66} draggable={false} />
    </span>
  );
}
