import { countOf, formatCount } from '../../strings/format.ts';

interface Props {
  /** What passes the filter; undefined until it is known. */
  readonly shown: number | undefined;
  readonly all: number;
}

/** How much is shown, and the letters of the review. */
export function ReviewKeys({ shown, all }: Props) {
  return (
    <p className="receive-hint">
      {shown !== undefined && (
        <b>
          Shown: {formatCount(shown)} of {countOf(all, 'item')}.
        </b>
      )}{' '}
      In the list: <kbd>J</kbd> <kbd>K</kbd> next and previous, <kbd>Space</kbd> accept or hold, <kbd>T</kbd> take
      theirs, <kbd>B</kbd> keep both, <kbd>O</kbd> only ours: hold, <kbd>S</kbd> later; each goes on to the next.{' '}
      <kbd>Ctrl</kbd>+<kbd>Z</kbd> takes back a choice.
    </p>
  );
}
