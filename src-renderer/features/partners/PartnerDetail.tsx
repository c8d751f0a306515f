import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import type { PartnerView } from '../../../src-shared/contract/views.ts';
import { Notice } from '../../ui/Notice.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { WordGrid } from '../../ui/WordGrid.tsx';
import { ConfirmPartner } from './ConfirmPartner.tsx';
import { ForkedCards } from './ForkedCards.tsx';
import { LooksLike } from './LooksLike.tsx';
import { PartnerKeys } from './PartnerKeys.tsx';
import { PartnerFacts } from './PartnerFacts.tsx';
import { PartnerKind } from './PartnerKind.tsx';
import { RevokePartner } from './RevokePartner.tsx';
import { STATES, explainState } from './partner-state.ts';

interface Props {
  readonly partner: z.infer<typeof PartnerView>;
  readonly isOfficer: boolean;
}

const TONES = { unverified: 'warn', confirmed: 'ok', changed: 'crit', revoked: 'info' } as const;

/** One partner: what the state of its keys means, the words to compare, and what went to and fro. */
export function PartnerDetail({ partner, isOfficer }: Props) {
  const [dialog, setDialog] = useState<'confirm' | 'revoke'>();
  const canConfirm = partner.state === 'unverified' || partner.state === 'changed';
  return (
    <article className="partner-detail" aria-label={partner.name}>
      <header>
        <h2>
          <bdi>{partner.name}</bdi>
        </h2>
        <span className="muted">{partner.country}</span>
        <Tag tone={STATES[partner.state].tone}>{STATES[partner.state].label}</Tag>
        {partner.isSample && <Tag tone="warning">Sample agency</Tag>}
      </header>
      <ForkedCards partner={partner} />
      <LooksLike partner={partner} />
      <Notice tone={TONES[partner.state]}>{explainState(partner)}</Notice>
      {partner.state !== 'revoked' && (
        <section>
          <SectionHead title="Twelve words of the two cards" level={3} />
          <p className="partner-hint">
            They are the same on both screens if, and only if, both agencies hold each other’s true card.
          </p>
          <WordGrid words={partner.words} label="Twelve words" />
        </section>
      )}
      {isOfficer && (
        <Group gap={8}>
          {canConfirm && <Button onClick={() => setDialog('confirm')}>Confirm…</Button>}
          {partner.state !== 'revoked' && (
            <Button variant="default" onClick={() => setDialog('revoke')}>
              Revoke…
            </Button>
          )}
        </Group>
      )}
      <PartnerKind partner={partner} isReadOnly={!isOfficer} />
      <PartnerKeys partner={partner} isOfficer={isOfficer} />
      <PartnerFacts partner={partner} />
      {dialog === 'confirm' && (
        <ConfirmPartner partner={partner} onClose={() => setDialog(undefined)} onRevoke={() => setDialog('revoke')} />
      )}
      {dialog === 'revoke' && <RevokePartner partner={partner} onClose={() => setDialog(undefined)} />}
    </article>
  );
}
