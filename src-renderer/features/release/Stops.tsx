import type { z } from 'zod';
import type { PartnerView, ReleasePreview } from '../../../src-shared/contract/views.ts';
import { ruleText } from '../../strings/rules.ts';
import { Notice } from '../../ui/Notice.tsx';

interface Props {
  readonly stops: ReleasePreview['stops'];
  readonly partners: readonly z.infer<typeof PartnerView>[];
}

/** Reasons for which nothing may leave as asked. */
export function Stops({ stops, partners }: Props) {
  if (stops.length === 0) return null;
  return (
    <Notice tone="crit" title="Nothing can be released like this.">
      <ul className="release-stops">
        {stops.map((stop) => (
          <li key={`${stop.rule} ${stop.agency ?? ''}`}>
            {ruleText(stop.rule)} {stop.agency !== undefined && <bdi>({nameOf(partners, stop.agency)})</bdi>}{' '}
            <small dir="ltr">{stop.rule}</small>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function nameOf(partners: Props['partners'], agency: string): string {
  return partners.find((partner) => partner.agency === agency)?.name ?? agency.slice(0, 8);
}
