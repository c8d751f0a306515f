import { Select } from '@mantine/core';
import type { z } from 'zod';
import { AGENCY_KINDS, agencyKinds } from '../../../src-shared/catalogue/lists/agency-kinds.ts';
import type { PartnerView } from '../../../src-shared/contract/views.ts';
import { useAction } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';

interface Props {
  readonly partner: z.infer<typeof PartnerView>;
  readonly isReadOnly: boolean;
}

/** What kind of agency a partner is: its card does not say, and some legal bases open a gateway to certain kinds only. */
export function PartnerKind({ partner, isReadOnly }: Props) {
  const describe = useAction('partner.describe');
  const choose = (value: string | null) => {
    const kind = AGENCY_KINDS.find((each) => each === value);
    if (kind !== undefined && kind !== partner.kind) describe.mutate({ agency: partner.agency, kind });
  };
  return (
    <>
      {describe.error !== null && <ErrorNotice {...explain(describe.error)} />}
      <Select
        label="Kind of agency"
        description="Its card does not say. Some legal bases allow sharing with certain kinds only."
        allowDeselect={false}
        disabled={isReadOnly || describe.isPending}
        data={agencyKinds.codes.map(({ code, label }) => ({ value: code, label }))}
        value={partner.kind}
        onChange={choose}
      />
    </>
  );
}
