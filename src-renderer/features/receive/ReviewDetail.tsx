import { Button, Group } from '@mantine/core';
import type { PlanItem } from '../../../src-shared/contract/views.ts';
import { countOf, formatSize, listOf } from '../../strings/format.ts';
import { ruleText } from '../../strings/rules.ts';
import { Notice } from '../../ui/Notice.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { TlpBadge } from '../../ui/TlpBadge.tsx';
import { ConflictSides } from './ConflictSides.tsx';
import { StatementTable } from './StatementTable.tsx';
import {
  BECAUSE,
  DECISION_WORDS,
  FILE_MEANINGS,
  FILE_TITLES,
  STATE_LABELS,
  STATE_TONES,
  kindOf,
  titleOf,
} from './plan-words.ts';
import { type Decision, isOpen } from './review.ts';

interface Props {
  readonly item: PlanItem;
  readonly decision: Decision | undefined;
  readonly because: string | undefined;
  readonly isBusy: boolean;
  /** Of the item, or of one side of it alone. */
  readonly onDecide: (decision: Decision, side?: string) => void;
  readonly onDecideSubject: (decision: Decision) => void;
}

const MEANINGS = {
  new: 'We hold nothing about this yet.',
  changed: 'We know this; they say something more about it.',
  conflicting: 'They say something else than we do. If you accept, both stand side by side; ours is not overwritten.',
  known: 'We hold all of this already. There is nothing to decide.',
  refused: 'Nobody can accept this record.',
} as const;

function meaningOf({ state, sides }: PlanItem): string {
  return sides === undefined
    ? MEANINGS[state]
    : 'Agencies contradict one another in this file. If you accept, what they say stands side by side.';
}

const WITHDRAWN = {
  correct: 'If you accept it, it is kept in the history and counts for nothing.',
  suppress: 'If you accept it, it is kept and shown to nobody.',
} as const;

const TONES = { accept: 'good', hold: 'neutral', undecided: 'accent' } as const;

/** One item in full: theirs beside ours, with author, source and grade of each. */
export function ReviewDetail({ item, decision, because, isBusy, onDecide, onDecideSubject }: Props) {
  return (
    <article className="review-detail" aria-label="The item in full">
      <header>
        <h2>
          <bdi>{titleOf(item)}</bdi>
        </h2>
        <div className="review-tags">
          <span className="muted">{kindOf(item)}</span>
          {item.withdrawn === undefined ? (
            <Tag tone={STATE_TONES[item.state]}>{STATE_LABELS[item.state]}</Tag>
          ) : (
            <Tag tone="warning">Withdrawn</Tag>
          )}
          {item.isProtected && <Tag tone="warning">Protected person</Tag>}
          {item.handling !== undefined && <TlpBadge tlp={item.handling.tlp} />}
          {item.handling?.codes.map((code) => (
            <Tag key={code}>{code}</Tag>
          ))}
          {decision !== undefined && <Tag tone={TONES[decision]}>{DECISION_WORDS[decision]}</Tag>}
        </div>
      </header>
      {item.withdrawn === undefined ? (
        <p className="receive-hint">
          {item.rule === undefined ? meaningOf(item) : `${ruleText(item.rule)} (${item.rule})`}
        </p>
      ) : (
        <Notice tone="warn" title="Its author has withdrawn it already.">
          {WITHDRAWN[item.withdrawn]}
        </Notice>
      )}
      <p className="receive-hint">
        Said by <bdi>{item.authorName}</bdi>
        {item.isThirdParty && ', not by the sender'}
        {item.vouchedBy !== undefined && (
          <>
            ; that these are its keys only <bdi>{item.vouchedBy}</bdi> says
          </>
        )}
        .
      </p>
      {item.sides !== undefined && (
        <ConflictSides sides={item.sides} isBusy={isBusy} onDecide={(decision, side) => onDecide(decision, side)} />
      )}
      {because !== undefined && <Notice tone="info">{BECAUSE[because]}</Notice>}
      {item.handling?.caveat !== undefined && (
        <Notice tone="warn" title="Condition of the originator">
          <bdi>{item.handling.caveat}</bdi>
        </Notice>
      )}
      {item.needs.length > 0 && item.ends !== undefined && (
        <Notice tone="info" title="It needs what it joins">
          Accepting it also accepts those of <bdi>{item.ends.from}</bdi> and <bdi>{item.ends.to}</bdi> that we do not
          hold yet. If one of them is held, this is held too.
        </Notice>
      )}
      {item.file !== undefined && (
        <Notice tone={item.file.state === 'absent' ? 'warn' : 'info'} title={FILE_TITLES[item.file.state]}>
          <span dir="ltr">{formatSize(item.file.size)}</span>, <span dir="ltr">{item.file.type}</span>, about{' '}
          <bdi>{listOf(item.file.supports)}</bdi>. {FILE_MEANINGS[item.file.state]}
        </Notice>
      )}
      {item.statements.length > 0 && <StatementTable key={item.item} statements={item.statements} />}
      {item.withheld > 0 && (
        <p className="receive-hint">The sender withheld {countOf(item.withheld, 'value')} of it.</p>
      )}
      {isOpen(item) && (
        <Group gap={6}>
          <Button variant="default" disabled={isBusy} onClick={() => onDecide('accept')}>
            Accept
          </Button>
          <Button variant="default" disabled={isBusy} onClick={() => onDecide('hold')}>
            Hold
          </Button>
          <Button variant="default" disabled={isBusy} onClick={() => onDecide('undecided')}>
            Later
          </Button>
          <span className="review-gap" />
          <Button variant="default" disabled={isBusy} onClick={() => onDecideSubject('accept')}>
            Accept all about it
          </Button>
          <Button variant="default" disabled={isBusy} onClick={() => onDecideSubject('hold')}>
            Hold all about it
          </Button>
        </Group>
      )}
    </article>
  );
}
