import { ActionIcon, TextInput } from '@mantine/core';
import { IconCalendarTime, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { PropertyKind } from '../../../src-shared/catalogue/property.ts';
import type { ClaimRow } from './claim-row.ts';
import { ValueInput } from './ValueInput.tsx';

interface Props {
  /** Undefined for a property that the catalogue does not have. */
  readonly kind: PropertyKind | undefined;
  readonly row: ClaimRow;
  readonly hasFocus: boolean;
  readonly error: string | undefined;
  readonly warning: string | undefined;
  readonly onChange: (row: ClaimRow) => void;
  readonly onRemove: () => void;
}

/** One value with what is wrong or doubtful about it, and from when to when it held. */
export function ClaimField({ kind, row, hasFocus, error, warning, onChange, onRemove }: Props) {
  const [showsDates, setShowsDates] = useState(row.validFrom !== '' || row.validTo !== '');
  const label = kind?.label ?? row.property;
  return (
    <div className="claim-field">
      <ValueInput
        kind={kind}
        label={label}
        text={row.text}
        hasFocus={hasFocus}
        error={error}
        onChange={(text) => onChange({ ...omitStored(row), text })}
      />
      <ActionIcon
        size={24}
        className="claim-field-action"
        aria-label={`When ${label} held`}
        aria-pressed={showsDates}
        onClick={() => setShowsDates(!showsDates)}
      >
        <IconCalendarTime size={15} />
      </ActionIcon>
      <ActionIcon size={24} className="claim-field-action" aria-label={`Remove ${label}`} onClick={onRemove}>
        <IconX size={15} />
      </ActionIcon>
      {warning !== undefined && <p className="claim-field-warning">{warning}</p>}
      {showsDates && (
        <div className="claim-field-dates">
          <TextInput
            label="Held from"
            placeholder="2024-03"
            value={row.validFrom}
            onChange={(event) => onChange({ ...row, validFrom: event.currentTarget.value })}
          />
          <TextInput
            label="Held until"
            placeholder="2025"
            value={row.validTo}
            onChange={(event) => onChange({ ...row, validTo: event.currentTarget.value })}
          />
        </div>
      )}
    </div>
  );
}

/** A touched text no longer stands for the stored value. */
function omitStored({ key, property, text, validFrom, validTo }: ClaimRow): ClaimRow {
  return { key, property, text, validFrom, validTo };
}
