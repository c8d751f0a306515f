import type { Output } from '../../../src-shared/contract/methods.ts';
import { countOf } from '../../strings/format.ts';
import { Notice } from '../../ui/Notice.tsx';

interface Props {
  readonly proof: Output<'audit.verify'>;
  /** The checkpoint that was asked about. */
  readonly asked?: string;
}

/** What a proof of the log found. */
export function LogProof({ proof: { ok, entries, firstBad, checkpoint, root }, asked }: Props) {
  return (
    <>
      {ok ? (
        <Notice tone="ok" title={`The log is whole: ok, ${countOf(entries, 'entry', 'entries')}.`}>
          {root !== undefined && (
            <code className="audit-checkpoint" dir="ltr">
              {entries}:{root}
            </code>
          )}
        </Notice>
      ) : (
        <Notice tone="crit" title={`The log was tampered with at entry ${firstBad ?? 'unknown'}.`}>
          Do not work on in this vault. Keep a copy of its folder as evidence and tell the person responsible for it.
        </Notice>
      )}
      {checkpoint === 'same' && <Notice tone="ok" title="It is the log that the partner witnessed." />}
      {(checkpoint === 'shorter' || checkpoint === 'other') && (
        <Notice tone="crit" title={NOT_THE_SAME[checkpoint]}>
          It was cut, put back or written anew since; or this vault was restored from a backup, which an entry then
          says. Keep a copy of the vault’s folder and of what the partner holds, and find out which.
          <code className="audit-checkpoint" dir="ltr">
            {asked}
          </code>
        </Notice>
      )}
    </>
  );
}

const NOT_THE_SAME = {
  shorter: 'The log has fewer entries than the partner witnessed.',
  other: 'It is another log than the partner witnessed.',
} as const;
