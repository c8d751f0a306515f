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
      {[undefined, ...rows].map((row) => (
        <button
          key={row?.rule ?? 'all'}
          type="button"
          aria-pressed={chosen === row?.rule}
          title={row === undefined ? undefined : ruleText(row.rule)}
          aria-label={row === undefined ? 'All rules' : `${row.rule}: ${ruleText(row.rule)}`}
          onClick={() => onChoose(row?.rule)}
        >
          {row === undefined ? 'All' : `${row.rule} · ${formatCount(row.records + row.claims)}`}
        </button>
      ))}
    </fieldset>
  );
}
