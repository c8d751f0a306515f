import { Button, Group, Modal, Select } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import type { PartnerView } from '../../../src-shared/contract/views.ts';
import { useAction } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { countOf } from '../../strings/format.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { AffectedList } from './AffectedList.tsx';

interface Props {
  readonly partner: z.infer<typeof PartnerView>;
  readonly isOfficer: boolean;
}

const APPROVALS = ['0', '1', '2', '3', '4'];

/** How a partner's keys came to be, what we require of it, and what rests on it. */
export function PartnerKeys({ partner, isOfficer }: Props) {
  const [isAffectedShown, setIsAffectedShown] = useState(false);
  const require = useAction('partner.require');
  const { keyVersion, approvers, asksApprovals, requiredApprovals } = partner;
  return (
    <section>
      <SectionHead title="Keys" level={3} />
      <dl className="facts">
        <dt>Key version</dt>
        <dd>{keyVersion === 1 ? '1, never changed' : `${keyVersion}, each change signed by old and new keys`}</dd>
        <dt>Officers who may approve</dt>
        <dd>{approvers === 0 ? 'None on its card' : countOf(approvers, 'key')}</dd>
        <dt>It asks of us</dt>
        <dd>{asksApprovals === 0 ? 'No approval' : countOf(asksApprovals, 'approval')}</dd>
        <dt>We require of it</dt>
        <dd>
          {isOfficer ? (
            <Select
              aria-label="Approvals that we require of it"
              data={APPROVALS}
              value={String(requiredApprovals)}
              allowDeselect={false}
              size="xs"
              w={80}
              onChange={(value) => require.mutate({ agency: partner.agency, approvals: Number(value ?? 0) })}
            />
          ) : (
            requiredApprovals
          )}
        </dd>
      </dl>
      {require.error !== null && <ErrorNotice {...explain(require.error)} />}
      <Group gap={8} mt={8}>
        <Button variant="default" onClick={() => setIsAffectedShown(true)}>
          What rests on it…
        </Button>
      </Group>
      {isAffectedShown && (
        <Modal
          opened
          size={760}
          lockScroll={false}
          title={`What rests on ${partner.name}`}
          onClose={() => setIsAffectedShown(false)}
        >
          <AffectedList agency={partner.agency} name={partner.name} />
        </Modal>
      )}
    </section>
  );
}
