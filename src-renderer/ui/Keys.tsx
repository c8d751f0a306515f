import './keys.css';

const ARROWS: Readonly<Record<string, string>> = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓' };

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
          {ARROWS[part] ?? part}
        </kbd>
      ))}
    </span>
  );
}
