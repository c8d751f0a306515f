import type { LinkEnds } from './table-rows.ts';

interface Props {
  readonly ends: LinkEnds;
}

/** From and to of a link, each with its share of the width. The verb stands in the next column; whoever hears the row hears it in between. */
export function GridEnds({ ends }: Props) {
  return (
    <>
      <bdi title={ends.from}>{ends.from}</bdi>
      <span aria-hidden>{ends.isDirected ? '→' : '–'}</span>
      <span className="visually-hidden">{` ${ends.verb} `}</span>
      <bdi title={ends.to}>{ends.to}</bdi>
    </>
  );
}
