import type { PlanItem } from '../../../src-shared/contract/views.ts';
import { countOf, listOf } from '../../strings/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { TlpBadge } from '../../ui/TlpBadge.tsx';
import { StatementTable } from './StatementTable.tsx';
import { STATE_LABELS, STATE_TONES, kindOf, titleOf } from './plan-words.ts';

interface Props {
  readonly item: PlanItem;
  readonly items: readonly PlanItem[];
  readonly isAccepted: boolean;
}

const MEANINGS = {
  new: 'We hold nothing about this yet.',
  changed: 'We know this; they say something more about it.',
  conflicting: 'They say something else than we do. If you accept, both stand side by side; ours is not overwritten.',
  known: 'We hold all of this already. There is nothing to decide.',
  refused: 'This is refused by rule.',
} as const;

/** One item in full: theirs beside ours, with source and grade. */
export function ReviewDetail({ item, items, isAccepted }: Props) {
  const needed = items.filter((other) => item.needs.includes(other.item)).map(titleOf);
  return (
    <article className="review-detail" aria-label="The item in full">
      <header>
        <h2>
          <bdi>{titleOf(item)}</bdi>
        </h2>
        <div className="review-tags">
          <span className="muted">{kindOf(item)}</span>
          <Tag tone={STATE_TONES[item.state]}>{STATE_LABELS[item.state]}</Tag>
          {item.isProtected && <Tag tone="warning">Protected person</Tag>}
          {item.handling !== undefined && <TlpBadge tlp={item.handling.tlp} />}
          {item.handling?.codes.map((code) => (
            <Tag key={code}>{code}</Tag>
          ))}
          {isAccepted && <Tag tone="good">Accepted</Tag>}
        </div>
      </header>
      <p className="receive-hint">{MEANINGS[item.state]}</p>
      {item.handling?.caveat !== undefined && (
        <Notice tone="warn" title="Condition of the originator">
          <bdi>{item.handling.caveat}</bdi>
        </Notice>
      )}
      {needed.length > 0 && (
        <Notice tone="info" title="It needs what it joins">
          Accepting it also accepts <bdi>{listOf(needed)}</bdi>, which we do not hold yet.
        </Notice>
      )}
      {item.statements.length > 0 && <StatementTable statements={item.statements} />}
      {item.withheld > 0 && (
        <p className="receive-hint">The sender withheld {countOf(item.withheld, 'value')} of it.</p>
      )}
    </article>
  );
}
