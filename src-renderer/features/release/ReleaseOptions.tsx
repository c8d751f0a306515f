import { Checkbox } from '@mantine/core';
import type { z } from 'zod';
import type { PartnerView, ReleasePreview } from '../../../src-shared/contract/views.ts';
import { countOf, filesWords, formatCount, listOf, withheldWords } from '../../strings/format.ts';
import { ruleText } from '../../strings/rules.ts';
import { Notice } from '../../ui/Notice.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { TlpBadge } from '../../ui/TlpBadge.tsx';
import { KeptHome } from './KeptHome.tsx';
import type { ProtectedClass, ReleaseChoice } from './release-request.ts';

interface Props {
  readonly preview: ReleasePreview;
  readonly partners: readonly z.infer<typeof PartnerView>[];
  readonly choice: ReleaseChoice;
  readonly canUndo: boolean;
  readonly onUndo: () => void;
  readonly onChange: (choice: ReleaseChoice) => void;
}

const CLASSES: readonly { readonly name: ProtectedClass; readonly label: string }[] = [
  { name: 'victims', label: 'Include who victims are' },
  { name: 'witnesses', label: 'Include who witnesses are' },
  { name: 'informants', label: 'Include informants' },
];

/** The sums of the preview, the rules that keep things home, and the officer's switches with what they mean. */
export function ReleaseOptions({ preview, partners, choice, canUndo, onUndo, onChange }: Props) {
  const { totals } = preview;
  const { people, identified } = preview.protectedPeople;
  const names = partners.filter((partner) => choice.to.includes(partner.agency)).map((partner) => partner.name);
  const toggle = (name: ProtectedClass, isOn: boolean) =>
    onChange({
      ...choice,
      include: isOn ? [...choice.include, name] : choice.include.filter((included) => included !== name),
    });
  return (
    <aside className="release-options" aria-label="Summary and options">
      <section>
        <SectionHead title="Leaves" level={2} />
        <p>
          To <bdi>{listOf(names)}</bdi>: {countOf(totals.records, 'record')} about {countOf(totals.subjects, 'subject')}
          , with {countOf(totals.claims, 'value')}
          {totals.files > 0 && ` and ${filesWords(totals.files, totals.fileBytes)}`}.
        </p>
        <TlpBadge tlp={preview.strictestTlp} />
      </section>
      <section>
        <SectionHead title="Stays home" level={2} />
        <p>In all: {withheldWords(totals.withheldRecords, totals.withheldClaims)}.</p>
        <ul className="release-rules">
          {totals.byRule
            .filter((row) => row.records + row.claims > 0)
            .map((row) => (
              <li key={row.rule}>
                <b>{formatCount(row.records + row.claims)}</b> {ruleText(row.rule)} <small dir="ltr">{row.rule}</small>
              </li>
            ))}
        </ul>
      </section>
      <KeptHome choice={choice} canUndo={canUndo} onUndo={onUndo} onChange={onChange} />
      <section className="release-classes">
        <SectionHead title="Protected people" level={2} />
        <p>
          {countOf(people, 'protected person', 'protected people')} in this case; the partner would learn identifying
          details of {formatCount(identified)} of them.
        </p>
        {CLASSES.map(({ name, label }) => (
          <Checkbox
            key={name}
            className="choice"
            label={label}
            checked={choice.include.includes(name)}
            onChange={(event) => toggle(name, event.currentTarget.checked)}
          />
        ))}
        {choice.include.length > 0 && (
          <Notice tone="warn" title={`Discloses ${listOf(choice.include)}.`}>
            {countOf(names.length, 'agency', 'agencies')} will learn identifying details of{' '}
            {countOf(identified, 'protected person', 'protected people')}. Evidence files about them go along whole:
            nothing can be withheld of a photograph. Only if it is strictly necessary. Your decision is written to the
            audit log and the ledger.
          </Notice>
        )}
      </section>
    </aside>
  );
}
