import { Button, Group, MultiSelect, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import { legalBases } from '../../../src-shared/catalogue/lists/legal-bases.ts';
import { processingPurposes } from '../../../src-shared/catalogue/lists/processing-purposes.ts';
import type { PartnerView } from '../../../src-shared/contract/views.ts';
import { Notice } from '../../ui/Notice.tsx';
import { BasisNotes } from './BasisNotes.tsx';
import { RecipientChoice } from './RecipientChoice.tsx';
import { type ReleaseChoice, missingIn } from './release-request.ts';

interface Props {
  readonly partners: readonly z.infer<typeof PartnerView>[];
  readonly canSign: boolean;
  readonly choice: ReleaseChoice;
  readonly onChange: (choice: ReleaseChoice) => void;
  readonly onCancel: () => void;
  readonly onPreview: () => void;
}

const asOption = (entry: { readonly code: string; readonly label: string }) => ({
  value: entry.code,
  label: entry.label,
});
const GATEWAYS = legalBases.codes.filter((entry) => entry.kind === 'gateway').map(asOption);
const PURPOSES = processingPurposes.codes.map(asOption);
const DUTIES = legalBases.codes.filter((entry) => entry.kind === 'duty').map(asOption);
const CONTEXTS = legalBases.codes.filter((entry) => entry.kind === 'context').map(asOption);
const ADDITIONS = [
  { group: 'Duties that bind sender or recipient', items: DUTIES },
  { group: 'Context: defines crimes, opens nothing', items: CONTEXTS },
];

/** Recipients, purpose and legal basis. A basis that is not a gateway can be cited, but does not carry a release. */
export function AudienceStep({ partners, canSign, choice, onChange, onCancel, onPreview }: Props) {
  const [isTried, setIsTried] = useState(false);
  const missing = missingIn(choice);
  const shown = isTried ? missing : {};
  const go = () => {
    setIsTried(true);
    if (Object.keys(missing).length === 0) onPreview();
  };
  return (
    <div className="release-audience">
      {!canSign && (
        <Notice tone="warn" title="Only an exchange officer can release.">
          The agency’s signing key is not open in this session. Unlock as an exchange officer to go on.
        </Notice>
      )}
      <RecipientChoice
        partners={partners}
        chosen={choice.to}
        error={shown.to}
        onChange={(to) => onChange({ ...choice, to })}
      />
      <Select
        label="What for"
        description="Records that are limited to other purposes stay home."
        withAsterisk
        searchable
        allowDeselect={false}
        data={PURPOSES}
        value={choice.purposeCode}
        onChange={(code) => onChange({ ...choice, purposeCode: code ?? choice.purposeCode })}
      />
      <TextInput
        label="Purpose"
        description="What the partner may use it for. It travels in the file, so name no one who is protected."
        withAsterisk
        maxLength={200}
        value={choice.purpose}
        error={shown.purpose}
        onChange={(event) => onChange({ ...choice, purpose: event.currentTarget.value })}
      />
      <MultiSelect
        label="Legal basis"
        description="At least one gateway to each partner: a rule that allows sharing. National law still governs."
        withAsterisk
        searchable
        hidePickedOptions
        placeholder={choice.gateways.length === 0 ? 'Choose' : ''}
        data={GATEWAYS}
        value={[...choice.gateways]}
        error={shown.gateways}
        onChange={(gateways) => onChange({ ...choice, gateways })}
      />
      <MultiSelect
        label="Cite as well"
        description="Duties and context articles. They are additions and not sufficient alone."
        searchable
        hidePickedOptions
        placeholder={choice.additions.length === 0 ? 'None' : ''}
        data={ADDITIONS}
        value={[...choice.additions]}
        onChange={(additions) => onChange({ ...choice, additions })}
      />
      <BasisNotes codes={[...choice.gateways, ...choice.additions]} />
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button onClick={go} disabled={!canSign}>
          Preview
        </Button>
      </Group>
    </div>
  );
}
