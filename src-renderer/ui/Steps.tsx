import { IconCheck } from '@tabler/icons-react';
import './steps.css';

interface Props {
  readonly steps: readonly string[];
  /** Position of the step that is open. */
  readonly current: number;
}

/** Where one is in a sequence of steps. It only tells; the buttons below move. */
export function Steps({ steps, current }: Props) {
  return (
    <ol className="steps" aria-label="Steps">
      {steps.map((label, index) => (
        <li
          key={label}
          data-state={index < current ? 'done' : index === current ? 'open' : 'ahead'}
          {...(index === current && { 'aria-current': 'step' as const })}
        >
          <span className="steps-number" aria-hidden>
            {index < current ? <IconCheck size={13} stroke={2.5} /> : index + 1}
          </span>
          {label}
          {index < current && <span className="visually-hidden"> (done)</span>}
        </li>
      ))}
    </ol>
  );
}
