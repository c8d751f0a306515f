import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useAction, useMethod } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { countOf, formatInstant } from '../../strings/format.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { ChangeKeys } from './ChangeKeys.tsx';
import { CardCode } from './CardCode.tsx';
import { KeyNames } from './KeyNames.tsx';
import { KeyProposal } from './KeyProposal.tsx';

interface Props {
  readonly isOfficer: boolean;
}

/** The keys of this agency: whose they are, how they came to be, what waits for whom. */
export function KeysTab({ isOfficer }: Props) {
  const keys = useMethod('keys.show', {});
  const make = useAction('keys.make');
  const [isChanging, setIsChanging] = useState(false);
  if (keys.error !== null) return <ErrorNotice {...explain(keys.error)} onRetry={() => void keys.refetch()} />;
  if (keys.data === undefined) return null;
  const { versions, officers, proposal, earlierOpenUntil, requires, releases } = keys.data;
  const current = versions.at(-1);
  return (
    <div className="keys-tab">
      <div className="screen-stack">
        {proposal !== undefined && <KeyProposal proposal={proposal} isOfficer={isOfficer} />}
        <section>
          <SectionHead title={`Keys of this agency, version ${current?.version ?? 1}`} level={2} />
          <dl className="facts">
            <dt>Signing key</dt>
            <dd dir="ltr">{current?.kid}</dd>
            <dt>Root keys</dt>
            <dd>
              <KeyNames keys={current?.root ?? []} agency={current?.kid} />
            </dd>
            <dt>To change keys</dt>
            <dd>{countOf(current?.threshold ?? 1, 'root key')} must sign</dd>
            <dt>May approve</dt>
            <dd>
              <KeyNames keys={current?.approving ?? []} agency={current?.kid} />
            </dd>
            <dt>Our releases need</dt>
            <dd>{releases === 0 ? 'No approval' : countOf(releases, 'approval')}</dd>
            <dt>What we receive needs</dt>
            <dd>{requires === 0 ? 'No approval' : `${countOf(requires, 'approval')}; our card says so`}</dd>
            {earlierOpenUntil.map((until) => (
              <div key={until} className="facts-pair">
                <dt>Sealed to an earlier card</dt>
                <dd>opens until {formatInstant(until)}</dd>
              </div>
            ))}
          </dl>
        </section>
        <section>
          <SectionHead title="Officers’ own keys" aside={officers.length} level={2} />
          <p className="partner-hint">
            Only its officer’s passphrase opens such a key: not this agency’s keys, not another officer, not the
            recovery key. Whoever forgets the passphrase makes a new one, and the keys have to be changed.
          </p>
          {officers.length > 0 && (
            <ul className="key-list" aria-label="Officers’ own keys">
              {officers.map(({ user, kid, isYours }) => (
                <li key={kid}>
                  <bdi>{user}</bdi>
                  {isYours && ' (you)'} <small dir="ltr">{kid}</small>
                </li>
              ))}
            </ul>
          )}
          {make.error !== null && <ErrorNotice {...explain(make.error)} />}
          {isOfficer && (
            <Group gap={8} mt={8}>
              {keys.data.canMakeOwn && (
                <Button variant="default" loading={make.isPending} onClick={() => make.mutate({})}>
                  Make my own key
                </Button>
              )}
              {proposal === undefined && <Button onClick={() => setIsChanging(true)}>Change the keys…</Button>}
            </Group>
          )}
        </section>
        <section>
          <SectionHead title="History" level={2} />
          <ol className="key-history" aria-label="History of our keys">
            {versions.toReversed().map((version) => (
              <li key={version.version}>
                <b>Version {version.version}</b>{' '}
                {version.at === undefined ? 'since the vault was made' : `since ${formatInstant(version.at)}`}
                {version.signedBy.length > 0 && (
                  <>
                    , signed by <KeyNames keys={version.signedBy} agency={version.kid} />
                  </>
                )}
                {version.revoked.length > 0 && (
                  <>
                    , revoked <span dir="ltr">{version.revoked.join(', ')}</span>
                  </>
                )}
              </li>
            ))}
          </ol>
        </section>
      </div>
      <section>
        <SectionHead title="For comparing" level={2} />
        <CardCode code={keys.data.code} />
      </section>
      {isChanging && <ChangeKeys keys={keys.data} onClose={() => setIsChanging(false)} />}
    </div>
  );
}
