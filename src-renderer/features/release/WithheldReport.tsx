import type { ReleasePreview } from '../../../src-shared/contract/views.ts';
import { formatCount } from '../../strings/format.ts';
import { ruleText } from '../../strings/rules.ts';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { type WithheldItem, withheldByRule } from './release-report.ts';

interface Props {
  readonly preview: ReleasePreview;
}

type Row =
  | { readonly id: string; readonly rule: string; readonly count: number }
  | { readonly id: string; readonly item: WithheldItem };

/** Everything that stays home, by the rule that keeps it there. */
export function WithheldReport({ preview }: Props) {
  const rows: Row[] = withheldByRule(preview).flatMap(({ rule, items }) => [
    { id: rule, rule, count: items.length },
    ...items.map((item) => ({ id: `${rule} ${item.id}`, item })),
  ]);
  if (rows.length === 0) return <p className="muted">Nothing stays home: everything in the case leaves.</p>;
  return (
    <VirtualList label="What stays home" items={rows} keyOf={(row) => row.id} estimate={28}>
      {(row) =>
        'item' in row ? (
          <div className="withheld-item">
            <bdi>{row.item.subject}</bdi>
            {row.item.claim === undefined ? (
              <span className="muted">whole record</span>
            ) : (
              <span>
                <span className="muted">{row.item.claim.label}</span> <bdi>{row.item.claim.display}</bdi>
              </span>
            )}
          </div>
        ) : (
          <h3 className="withheld-rule">
            {ruleText(row.rule)}{' '}
            <span>
              <small dir="ltr">{row.rule}</small> · {formatCount(row.count)}
            </span>
          </h3>
        )
      }
    </VirtualList>
  );
}
