import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { KeysView } from '../../../src-shared/contract/keys.ts';
import { useAction } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { countOf, formatInstant } from '../../strings/format.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { KeyNames } from './KeyNames.tsx';

interface Props {
  readonly proposal: NonNullable<KeysView['proposal']>;
  readonly isOfficer: boolean;
}

/** The change that waits: what would be, who signed, who is missing. */
export function KeyProposal({ proposal, isOfficer }: Props) {
  const [reason, setReason] = useState('');
  const sign = useAction('keys.sign');
  const discard = useAction('keys.discard');
  const { keys, missing, awaited } = proposal;
  const news = [proposal.newSigning && 'a new signing key', proposal.newSealing && 'a new sealing key'].filter(Boolean);
  const error = sign.error ?? discard.error;
  return (
    <section className="key-proposal" aria-label="Change that waits">
      <SectionHead title={`Version ${keys.version} waits for signatures`} level={2} />
      <dl className="facts">
        <dt>Proposed by</dt>
        <dd>
          <bdi>{proposal.by}</bdi>, {formatInstant(proposal.at)}: <bdi>{proposal.reason}</bdi>
        </dd>
        <dt>Brings</dt>
        <dd>{news.length === 0 ? 'The same signing and sealing keys' : news.join(' and ')}</dd>
        <dt>Root keys</dt>
        <dd>
          <KeyNames keys={keys.root} agency={keys.kid} />
        </dd>
        <dt>To change keys then</dt>
        <dd>{countOf(keys.threshold, 'root key')} must sign</dd>
        <dt>May approve then</dt>
        <dd>
          <KeyNames keys={keys.approving} agency={keys.kid} />
        </dd>
        <dt>Our releases need then</dt>
        <dd>{proposal.releases === 0 ? 'No approval' : countOf(proposal.releases, 'approval')}</dd>
        <dt>What we receive needs then</dt>
        <dd>{proposal.requires === 0 ? 'No approval' : countOf(proposal.requires, 'approval')}</dd>
        <dt>Signed by</dt>
        <dd>
          <KeyNames keys={keys.signedBy} agency={keys.kid} />
        </dd>
        <dt>Missing</dt>
        <dd>
          {missing.old} of the keys before, {missing.new} of the keys after; can come from{' '}
          <KeyNames keys={awaited} agency={keys.kid} />
        </dd>
      </dl>
      {error !== null && <ErrorNotice {...explain(error)} />}
      {isOfficer && (
        <Group gap={8} mt={8} align="end">
          {proposal.canSign && (
            <Button loading={sign.isPending} onClick={() => sign.mutate({ proposal: proposal.id })}>
              Sign this change
            </Button>
          )}
          <TextInput
            aria-label="Reason for discarding"
            placeholder="Reason for discarding"
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button
            variant="default"
            disabled={reason.trim() === ''}
            loading={discard.isPending}
            onClick={() => discard.mutate({ proposal: proposal.id, reason })}
          >
            Discard
          </Button>
        </Group>
      )}
    </section>
  );
}
