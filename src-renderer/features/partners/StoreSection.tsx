import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { StoreState, VaultStatus } from '../../../src-shared/contract/views.ts';
import { useAction, useMethod } from '../../api/hooks.ts';
import { useJob } from '../../api/job.ts';
import { mayWrite } from '../../api/may.ts';
import { explain } from '../../strings/errors.ts';
import { countOf, formatInstant } from '../../strings/format.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { SalvageVault } from './SalvageVault.tsx';

interface Props {
  readonly status: VaultStatus;
}

const WHAT: { readonly [W in StoreState['findings'][number]['what']]: string } = {
  page: 'Bytes that cannot be read in',
  content: 'Rows that are not the ones that were written, in',
  audit: 'A broken chain of entries in',
  index: 'An index that differs from its table:',
  texts: 'A full text that differs from what it indexes:',
  projection: 'Rows that are not what the records say, in',
};

/** Whether the store is what was written, and what can be done when it is not. */
export function StoreSection({ status }: Props) {
  const { data } = useMethod('store.state', {});
  const check = useAction('store.check');
  const rebuild = useAction('store.rebuild');
  const job = useJob();
  const [isSalvaging, setIsSalvaging] = useState(false);
  const [doing, setDoing] = useState('');
  const failed = check.error ?? rebuild.error;
  const isBusy = check.isPending || rebuild.isPending;
  const begin = (label: string, run: (job: string) => void) => {
    setDoing(label);
    run(job.begin());
  };
  return (
    <section className="store-section">
      <SectionHead title="The store" level={2} />
      {data !== undefined && <StateNotice state={data} isReadOnly={status.isReadOnly} />}
      {isBusy && <JobProgress label={doing} progress={job.progress} onCancel={job.cancel} />}
      {failed !== null && <ErrorNotice {...explain(failed)} />}
      <Group gap={8} mt={12}>
        <Button
          variant="default"
          disabled={isBusy}
          onClick={() => begin('Checking the store', (name) => check.mutate({ wait: true, job: name }))}
        >
          Check now
        </Button>
        {mayWrite(status) && (
          <Button
            {...(data?.advice !== 'rebuild' && { variant: 'default' })}
            disabled={isBusy}
            onClick={() => begin('Computing again', (name) => rebuild.mutate({ job: name }))}
          >
            Rebuild
          </Button>
        )}
        {status.role === 'officer' && (
          <Button
            {...(data?.advice !== 'salvage' && { variant: 'default' })}
            disabled={isBusy}
            onClick={() => setIsSalvaging(true)}
          >
            Salvage…
          </Button>
        )}
      </Group>
      <p className="store-hint">
        {mayWrite(status) && 'Rebuild computes search, links and drawings again from the records. '}
        {status.role === 'officer' && 'Salvage saves every record that can be read, when part of the store is damaged.'}
      </p>
      {isSalvaging && <SalvageVault onClose={() => setIsSalvaging(false)} />}
    </section>
  );
}

function StateNotice({ state, isReadOnly }: { readonly state: StoreState; readonly isReadOnly: boolean }) {
  return (
    <>
      {isReadOnly && (
        <Notice tone="warn" title="Open for reading only">
          Something is wrong with this vault; every unlock says what. Nothing can be changed. What cannot be read is
          missing without a gap to see: do not take an empty answer for a “no”. Save what there is with Salvage and
          restore the newest backup; an officer can also lock, unlock again and accept the vault as it is.
        </Notice>
      )}
      {state.phase === 'damaged' ? (
        <Notice tone="crit" title="The store is not what was written">
          <ul className="store-findings">
            {state.findings.map(({ what, where, count }) => (
              <li key={`${what} ${where}`}>
                {WHAT[what]} <code dir="ltr">{where}</code> ({countOf(count, 'place')})
              </li>
            ))}
          </ul>
          {state.advice === 'rebuild'
            ? 'Every record is there and right; what is computed from records is wrong. Rebuild computes it again.'
            : 'Do not go on working. Save what can be read with Salvage, then restore the newest backup, and have the disk checked.'}
        </Notice>
      ) : (
        <p className="store-state">{isReadOnly ? readingText(state) : stateText(state)}</p>
      )}
    </>
  );
}

/** What there is can be whole and still not be all there was. */
function readingText(state: StoreState): string {
  return state.phase === 'whole'
    ? `What is there is whole, up to change ${state.sequence ?? 0}. Later changes may be missing.`
    : stateText(state);
}

function stateText({ phase, done, total, provedAt, sequence }: StoreState): string {
  if (phase === 'proving') return `Being checked while you work: ${Math.floor((100 * done) / Math.max(1, total))} %.`;
  if (phase === 'unproved' || provedAt === undefined) return 'Not checked since it was opened.';
  return `Proved whole on ${formatInstant(provedAt)}, at change ${sequence ?? 0}: every row, index and entry of the audit log is what was written.`;
}
