import './highlighted.css';

interface Props {
  readonly text: string;
  /** Parts in order and apart, in UTF-16 code units: from, and up to but not including. */
  readonly ranges: readonly (readonly [number, number])[];
}

/** Text from a case with the parts marked that were typed. */
export function Highlighted({ text, ranges }: Props) {
  const pieces = ranges.flatMap(([from, to], i) => [
    { at: ranges[i - 1]?.[1] ?? 0, text: text.slice(ranges[i - 1]?.[1] ?? 0, from), isMarked: false },
    { at: from, text: text.slice(from, to), isMarked: true },
  ]);
  const rest = ranges.at(-1)?.[1] ?? 0;
  return (
    <bdi className="highlighted">
      {pieces.map((piece) => (piece.isMarked ? <mark key={piece.at}>{piece.text}</mark> : piece.text))}
      {text.slice(rest)}
    </bdi>
  );
}
