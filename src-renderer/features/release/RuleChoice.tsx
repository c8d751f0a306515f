import type { ReleasePreview } from '../../../src-shared/contract/views.ts';
import { formatCount } from '../../strings/format.ts';
import { ruleText } from '../../strings/rules.ts';

interface Props {
  readonly rows: ReleasePreview['totals']['byRule'];
  readonly chosen: string | undefined;
  readonly onChoose: (rule: string | undefined) => void;
}

/** The rules that keep something home, each with how much: one of them can be looked at alone. */
export function RuleChoice({ rows, chosen, onChoose }: Props) {
  if (rows.length < 2) return null;
  return (
    <fieldset className="release-rule-choice" aria-label="By rule">
      <button
        type="button"
        aria-pressed={chosen === undefined}
        aria-label="All rules"
        onClick={() => onChoose(undefined)}
      >
        All
      </button>
      {rows.map((row) => (
        <RuleButton key={row.rule} row={row} isChosen={chosen === row.rule} onChoose={() => onChoose(row.rule)} />
      ))}
    </fieldset>
  );
}

/** What is read out begins with what is seen, so that a person who speaks to the program can say it (WCAG 2.5.3). */
function RuleButton({ row, isChosen, onChoose }: { row: Props['rows'][number]; isChosen: boolean; onChoose(): void }) {
  const seen = `${row.rule} · ${formatCount(row.records + row.claims)}`;
  const text = ruleText(row.rule);
  return (
    <button type="button" aria-pressed={isChosen} title={text} aria-label={`${seen}: ${text}`} onClick={onChoose}>
      {seen}
    </button>
  );
}
