/** The letters of the review. */
export function ReviewKeys() {
  return (
    <p className="receive-hint">
      In the list: <kbd>J</kbd> <kbd>K</kbd> next and previous, <kbd>Space</kbd> accept or hold, <kbd>T</kbd> take
      theirs, <kbd>B</kbd> keep both, <kbd>O</kbd> only ours: hold, <kbd>S</kbd> later; each goes on to the next.{' '}
      <kbd>Ctrl</kbd>+<kbd>Z</kbd> takes back a choice.
    </p>
  );
}
