import { Checkbox } from '@mantine/core';
import type { z } from 'zod';
import type { PartnerView } from '../../../src-shared/contract/views.ts';
import type { AgencyId } from '../../../src-shared/domain/ids.ts';

interface Props {
  readonly partners: readonly z.infer<typeof PartnerView>[];
  readonly chosen: readonly AgencyId[];
  readonly error: string | undefined;
  readonly onChange: (to: readonly AgencyId[]) => void;
}

const WHY_NOT = {
  unverified: 'Not confirmed: compare the twelve words under Partners first.',
  changed: 'Keys changed: compare the new words under Partners first.',
  revoked: 'Revoked: ask the agency for a new card.',
} as const;

/** Only partners whose keys a person confirmed can be chosen; the others say why not. */
export function RecipientChoice({ partners, chosen, error, onChange }: Props) {
  if (partners.length === 0) {
    return <p className="muted">There is no partner yet. Add a partner’s card under Partners and confirm it.</p>;
  }
  return (
    <Checkbox.Group
      label="To"
      withAsterisk
      value={[...chosen]}
      error={error}
      onChange={(ids) => onChange(partners.map(({ agency }) => agency).filter((agency) => ids.includes(agency)))}
    >
      {partners.map((partner) => (
        <Checkbox
          key={partner.agency}
          className="choice"
          value={partner.agency}
          disabled={partner.state !== 'confirmed'}
          label={
            <>
              <bdi>{partner.name}</bdi> ({partner.country})
            </>
          }
          description={partner.state === 'confirmed' ? undefined : WHY_NOT[partner.state]}
        />
      ))}
    </Checkbox.Group>
  );
}
