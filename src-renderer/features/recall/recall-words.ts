import type { RecallRow } from '../../../src-shared/contract/streams.ts';
import { ruleText } from '../../strings/rules.ts';

/** What became of a withdrawal, in words. docs/formats/bundle.md §12 */

export const ACTIONS: { readonly [A in RecallRow['action']]: string } = {
  correct: 'Correct',
  suppress: 'Suppress',
  erase: 'Erase',
};

export const ANSWERS: { readonly [A in RecallRow['answer']]: string } = {
  applied: 'Applied, they state',
  pending: 'Not applied by their officer',
  refused: 'Refused',
  unclear: 'Receipt does not say',
  none: 'No receipt',
};

export const TONES = {
  applied: 'good',
  pending: 'critical',
  refused: 'critical',
  unclear: 'warning',
  none: 'neutral',
} as const satisfies { readonly [A in RecallRow['answer']]: string };

export function answerWords({ answer, rule, sent, isRestoredSince }: RecallRow): string {
  if (isRestoredSince) return 'Their store was restored since: it may be back. Send it again.';
  if (answer === 'refused') return `Rule ${rule ?? '?'}: ${ruleText(rule ?? '')}`;
  if (answer === 'none') return sent === undefined ? 'They do not know yet.' : 'Sent, not confirmed.';
  return '';
}

/** `number 4`, with its epoch where that is not the first. */
export function placeWords({ epoch, sequence }: { readonly epoch: number; readonly sequence: number }): string {
  return epoch === 1 ? `Number ${sequence}` : `Number ${sequence} of epoch ${epoch}`;
}
