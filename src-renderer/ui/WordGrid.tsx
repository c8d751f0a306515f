import './word-grid.css';

interface Props {
  readonly words: string;
  readonly label: string;
}

/** Words to be read aloud, numbered, in rows of three: row 1 is said before row 2 is looked at. */
export function WordGrid({ words, label }: Props) {
  return (
    <ol className="word-grid" aria-label={label} dir="ltr">
      {words
        .split(/\s+/)
        .filter((word) => word !== '')
        .map((word, index) => (
          <li key={`${index}-${word}`}>{word}</li>
        ))}
    </ol>
  );
}
