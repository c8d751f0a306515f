import { Button } from '@mantine/core';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { lettingGo } from './release-request.ts';
import type { ReleaseChoice } from './release-request.ts';

interface Props {
  readonly choice: ReleaseChoice;
  readonly canUndo: boolean;
  readonly onUndo: () => void;
  readonly onChange: (choice: ReleaseChoice) => void;
}

/** What the officer keeps home beyond the rules, each with its way back. */
export function KeptHome({ choice, canUndo, onUndo, onChange }: Props) {
  const { subjects, claims, properties } = choice.kept;
  const all = [...properties, ...subjects, ...claims];
  return (
    <section>
      <SectionHead title="Kept home by you" level={2} />
      {all.length === 0 && <p className="muted">Nothing beyond the rules.</p>}
      <ul className="release-kept">
        {all.map((each) => (
          <li key={`${each.words} ${'claim' in each ? each.claim : 'subject' in each ? each.subject : each.property}`}>
            <bdi>{each.words}</bdi>
            <Button
              variant="subtle"
              aria-label={`Let leave again: ${each.words}`}
              onClick={() => onChange(lettingGo(choice, each))}
            >
              Let leave again
            </Button>
          </li>
        ))}
      </ul>
      <Button variant="default" disabled={!canUndo} onClick={onUndo}>
        Undo
      </Button>
    </section>
  );
}
