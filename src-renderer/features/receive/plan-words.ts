import { entityKind, linkKind } from '../../../src-shared/catalogue/kinds.ts';
import type { ReviewTally } from '../../../src-shared/contract/review.ts';
import type { PlanItem, PlanState, ReceivePlan } from '../../../src-shared/contract/views.ts';
import { countOf, formatCount, listOf } from '../../strings/format.ts';
import { sumOf } from './review.ts';
import type { Tally } from './review.ts';

export const STATE_LABELS: { readonly [S in PlanState]: string } = {
  new: 'New',
  changed: 'Changed',
  conflicting: 'Conflicting',
  known: 'Known',
  refused: 'Refused',
};

export const STATE_TONES = {
  new: 'good',
  changed: 'accent',
  conflicting: 'warning',
  known: 'neutral',
  refused: 'critical',
} as const;

const KINDS: Readonly<Record<string, string>> = {
  'case': 'Case',
  'chart': 'Drawing of a case',
  'same': 'Same as another',
  'not-same': 'Not the same as another',
  'retract': 'Recall',
  'attachment': 'Evidence file',
  'permission': 'Permission to pass on',
  'record': 'Record',
};

export function kindOf({ kind, type }: Pick<PlanItem, 'kind' | 'type'>): string {
  if (kind === 'entity') return entityKind(type).label;
  return kind === 'link' ? `Link: ${linkKind(type).label}` : (KINDS[kind] ?? kind);
}

/** A link by what it joins, anything else by its label. */
export function titleOf(item: PlanItem): string {
  return item.kind === 'link' && item.ends !== undefined
    ? `${item.ends.from} – ${linkKind(item.type).label} – ${item.ends.to}`
    : item.label;
}

/** Where the file stands among those of its sender, and whether that is as it should be. */
export function streamWords(plan: ReceivePlan): { readonly isFine: boolean; readonly text: string } {
  return { isFine: FINE.has(plan.stream), text: `Number ${plan.sequence}${STREAM[plan.stream](plan)}` };
}

const FINE: ReadonlySet<ReceivePlan['stream']> = new Set(['first', 'next', 'late']);

/** docs/formats/bundle.md Q3. */
const STREAM: { readonly [F in ReceivePlan['stream']]: (plan: ReceivePlan) => string } = {
  'first': () => ': the first file from this sender.',
  'next': () => ': the next after the last one received.',
  'gap': ({ missing, missingCount }) =>
    `, but ${listOf(missing.slice(0, SHOWN).map(String))}${missingCount > SHOWN ? ` and ${missingCount - SHOWN} more` : ''} did not arrive. You can go on; ask the sender for what is missing.`,
  'late': () => ': it comes late and fills a gap. It adds what is not yet known and takes nothing back.',
  'replay': () => ': this very file was received before.',
  'fork': () => ': another file has this place in the sender’s stream.',
  'rollback': () =>
    ', but the sender forgets in it what it confirmed before: its store was put back to an older state, or somebody works with an old copy of it. Ask the sender before you accept anything.',
  'fast-forward': () => ': far beyond anything that this sender can have reached.',
  'new-epoch': ({ epoch }) =>
    ` of epoch ${epoch}, which is new: the sender’s store was restored. Ask the sender, by a channel you trust, whether that is so.`,
};
const SHOWN = 10;

/** docs/formats/bundle.md K22. A file with fewer than we require is refused before this is asked. */
export function approvalWords({ approvals }: ReceivePlan): { readonly isFine: boolean; readonly text: string } {
  const { required, by } = approvals;
  const wish = required === 0 ? 'We require no approval of its files' : `We require ${countOf(required, 'approval')}`;
  const isFine = by.length >= required;
  if (by.length === 0) return { isFine, text: `No second officer approved it. ${wish}.` };
  return { isFine, text: `Approved, exactly as it is, by ${countOf(by.length, 'officer')} of the sender. ${wish}.` };
}

/** What a partner states that it did with a file of ours, in records. */
export function receiptWords({ receipt }: ReceivePlan): string {
  if (receipt === undefined) return '';
  const { accepted, known, held, refused } = receipt;
  if (accepted + known === 0) return `It took nothing of it: ${countOf(held, 'record')} left out, ${refused} refused.`;
  return `It took ${countOf(accepted, 'record')}, knew ${known}, left out ${held} and refused ${refused}.`;
}

/** `Adds 41 items, changes 12, …`: what Apply would do, in one sentence. */
export function applyWords(counts: Tally): string {
  const parts = [
    counts.new > 0 && `adds ${countOf(counts.new, 'item')}`,
    counts.changed > 0 && `adds to ${countOf(counts.changed, 'item')} that we hold`,
    counts.conflicting > 0 && `puts ${countOf(counts.conflicting, 'other view')} beside ours`,
    counts.leftOut > 0 && `leaves ${countOf(counts.leftOut, 'item')} out`,
  ].filter((part) => part !== false);
  const sentence = listOf(parts);
  return sentence === '' ? 'Nothing is accepted.' : `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

/** What is not accepted, why, and what is refused: nothing is skipped in silence. */
export function leftWords(tally: ReviewTally, refused: number): string {
  const held = sumOf(tally.held);
  const undecided = sumOf(tally.undecided);
  const parts = [
    held > 0 && `${formatCount(held)} held`,
    tally.alsoHeld > 0 && `${formatCount(tally.alsoHeld)} of them because an end is held`,
    undecided > 0 && `${formatCount(undecided)} undecided`,
    tally.alsoAccepted > 0 && `${formatCount(tally.alsoAccepted)} accepted because a link or a file needs them`,
    refused > 0 && `${formatCount(refused)} refused by rule`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? '' : `${parts.join(', ')}.`;
}

export const FILE_TITLES: { readonly [S in FileState]: string } = {
  comes: 'The file came along',
  held: 'We hold this file already',
  absent: 'The file is not here',
};

export const FILE_MEANINGS: { readonly [S in FileState]: string } = {
  comes:
    'If you accept it, the file is put into the vault, encrypted, in the same step. It can be exported from there.',
  held: 'It is not stored a second time.',
  absent: 'It did not come with its record. Ask the sender for it.',
};

type FileState = NonNullable<PlanItem['file']>['state'];

export const DECISION_WORDS = { accept: 'Accepted', hold: 'Held', undecided: 'Undecided' } as const;

/** Why an item stands as nobody chose for it. */
export const BECAUSE: Readonly<Record<string, string>> = {
  'needed': 'A link or a file that is accepted needs it.',
  'end-held': 'Something that it joins or supports is held, so it is held too. Accept that to have it.',
};
