import './keys.css';

interface Props {
  /** `Ctrl+Shift+K`: parts joined by plus signs; a lone `+` is the plus key. */
  readonly keys: string;
}

/** A shortcut as it is printed on the keys. */
export function Keys({ keys }: Props) {
  const parts = keys === '+' ? ['+'] : keys.split('+');
  return (
    <span className="keys" dir="ltr">
      {parts.map((part) => (
        <kbd key={part} className="key">
          {part}
        </kbd>
      ))}
    </span>
  );
}
