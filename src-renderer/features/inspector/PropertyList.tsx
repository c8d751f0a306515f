import { ActionIcon } from '@mantine/core';
import { IconAlertTriangle, IconPencil } from '@tabler/icons-react';
import type { AgencyId, RecordId } from '../../../src-shared/domain/ids.ts';
import type { StatedProperty, StatedValue } from './group-statements.ts';
import { DisputedValues } from './DisputedValues.tsx';
import { ValueSources } from './ValueSources.tsx';

interface Props {
  readonly properties: readonly StatedProperty[];
  readonly agency: AgencyId;
  readonly canWrite: boolean;
  readonly onEdit: (record: RecordId) => void;
}

/** Properties and their values, one row each; where statements disagree, all of them side by side. */
export function PropertyList({ properties, agency, canWrite, onEdit }: Props) {
  const editButton = (value: StatedValue, label: string) => {
    const ours = value.statements.find((statement) => statement.author === agency);
    if (!canWrite || ours === undefined) return null;
    return (
      <ActionIcon size={24} className="property-edit" aria-label={`Edit ${label}`} onClick={() => onEdit(ours.record)}>
        <IconPencil size={14} />
      </ActionIcon>
    );
  };
  return (
    <dl className="properties">
      {properties.map((property) => (
        <div key={property.property} className="property" data-wide={property.isDisputed || property.isLong}>
          <dt>
            {property.label}
            {property.isDisputed && (
              <span className="property-disputed">
                <IconAlertTriangle size={12} aria-hidden /> disagree
              </span>
            )}
          </dt>
          <dd>
            {property.isDisputed ? (
              <DisputedValues values={property.values} editButton={(value) => editButton(value, property.label)} />
            ) : (
              property.values.map((value) => (
                <div key={value.display} className="property-value">
                  <bdi>{value.display}</bdi>
                  {editButton(value, property.label)}
                  <ValueSources statements={value.statements} agency={agency} />
                </div>
              ))
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
