import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { PartnerStreams } from '../../../src-shared/contract/streams.ts';
import { Notice } from '../../ui/Notice.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { StreamAlarms } from './StreamAlarms.tsx';
import { StreamFacts } from './StreamFacts.tsx';
import { freezeWords, silenceWords, stateOf } from './alarm-words.ts';

interface Props {
  readonly partner: PartnerStreams;
  readonly isOfficer: boolean;
}

/** One partner: alarms first, then both directions. */
export function PartnerStream({ partner, isOfficer }: Props) {
  const { tone, label } = stateOf(partner);
  const Icon = tone === 'good' ? IconCircleCheck : IconAlertTriangle;
  return (
    <article className="stream" aria-label={partner.name}>
      <header>
        <h2>
          <bdi>{partner.name}</bdi>
        </h2>
        <Tag tone={tone} icon={<Icon size={12} aria-hidden />}>
          {label}
        </Tag>
        <span className="muted">{silenceWords(partner.silentDays)}</span>
      </header>
      {partner.alarms.length > 0 && <StreamAlarms partner={partner} isOfficer={isOfficer} />}
      {freezeWords(partner).map((words) => (
        <Notice key={words} tone="warn" title="Freeze">
          {words} Ask the partner by another channel which number it reached, and bring the files again.
        </Notice>
      ))}
      {partner.incoming.newEpoch !== undefined && (
        <Notice tone="warn" title={`Epoch ${partner.incoming.newEpoch} waits for your yes`}>
          The partner’s store was restored, or somebody else works with its key. Ask the partner by a channel you trust;
          then open the file under Receive and agree there.
        </Notice>
      )}
      <StreamFacts partner={partner} />
    </article>
  );
}
