import type { PartnerStreams, StreamAlarm } from '../../../src-shared/contract/streams.ts';
import { countOf, listOf } from '../../strings/format.ts';

/** What streams tell, in words. docs/formats/bundle.md §11 */

export const ALARM_LABELS: { readonly [K in StreamAlarm['kind']]: string } = {
  'fork': 'Fork',
  'rollback': 'Rollback',
  'ours-older': 'Unknown files of ours',
  'log-rewritten': 'Rewritten audit log',
};

export const ALARM_WORDS: { readonly [K in StreamAlarm['kind']]: (alarm: StreamAlarm) => string } = {
  'fork': ({ sequence }) =>
    `Two different files have the place ${sequence} in this partner’s stream, both signed with its key. One of them was not meant for you, was made by somebody else with the key, or the partner’s store was copied. The two signed manifests prove it to anybody.`,
  'rollback': ({ sequence }) =>
    `In file ${sequence} the partner forgets what it had confirmed before: its store was put back to an older state, or somebody works with an old copy of it. What you sent in between may be gone there, withdrawals too.`,
  'ours-older': () =>
    'The partner confirms a file of yours that this vault never sent. Either this vault is older than what the partner has seen and must be restored properly, or somebody else signs in your name.',
  'log-rewritten': ({ entries: [earlier, later] = [0, 0] }) =>
    earlier === later
      ? `Two receipts of this partner tell of two different audit logs of ${countOf(earlier, 'entry', 'entries')}. An audit log only grows: it was written anew, or two copies of the store are at work. The two signed receipts prove it to anybody.`
      : `This partner’s audit log had ${countOf(earlier, 'entry', 'entries')}, and has ${later} in a later receipt. An audit log only grows: it was cut, or the partner’s store was put back to an older state. The two signed receipts prove it to anybody.`,
};

/** Where the streams of a partner stand, worst first. */
export function stateOf({ incoming, outgoing, alarms }: PartnerStreams): {
  readonly tone: 'critical' | 'warning' | 'good';
  readonly label: string;
} {
  if (alarms.some(({ isNoted }) => !isNoted)) return { tone: 'critical', label: 'Alarm' };
  if (incoming.isFrozen || outgoing.isFrozen) return { tone: 'critical', label: 'Frozen' };
  if (incoming.newEpoch !== undefined) return { tone: 'warning', label: 'New epoch' };
  if (incoming.gaps.length > 0 || incoming.behind !== undefined) return { tone: 'warning', label: 'Files missing' };
  if (alarms.length > 0) return { tone: 'warning', label: 'Alarm noted' };
  return { tone: 'good', label: 'In order' };
}

/** `4 to 6 of epoch 1`. */
export function gapWords({ numbers, count }: PartnerStreams['incoming']['gaps'][number]): string {
  const shown = numbers.slice(0, 12).map(String);
  return `${listOf(shown)}${count > shown.length ? ` and ${count - shown.length} more` : ''}`;
}

/** Why what a partner sealed, or what we sealed, is called frozen. */
export function freezeWords({ name, incoming, outgoing }: PartnerStreams): string[] {
  const late = outgoing.unanswered.filter(({ isLate }) => isLate).length;
  return [
    ...(incoming.isFrozen
      ? [`Files that ${name} sealed for you have not come for more than seven days. Somebody may be keeping them back.`]
      : []),
    ...(outgoing.isFrozen
      ? [
          late === 1
            ? `1 file that you sealed for ${name} more than seven days ago is confirmed by nothing that came since. Somebody may be keeping it back, and withdrawals in it too.`
            : `${countOf(late, 'file')} that you sealed for ${name} more than seven days ago are confirmed by nothing that came since. Somebody may be keeping them back, and withdrawals in them too.`,
        ]
      : []),
  ];
}

/** `today`, `for 3 days`. */
export function silenceWords(days: number | undefined): string {
  if (days === undefined) return 'nothing was exchanged yet';
  return days === 0 ? 'heard today' : `silent for ${countOf(days, 'day')}`;
}
