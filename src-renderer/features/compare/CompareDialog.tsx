import { Modal, Select, Stack } from '@mantine/core';
import { type ComponentProps, useState } from 'react';
import type { AgencyId, SubjectId } from '../../../src-shared/domain/ids.ts';
import { useMethod } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { CompareFiles } from './CompareFiles.tsx';
import { ComparedWords } from './ComparedWords.tsx';
import './compare.css';

interface Props {
  readonly caseId: SubjectId;
  /** Files are made and opened by exchange officers; words are for everybody. */
  readonly canExchange: boolean;
  readonly onRelease: () => void;
  readonly elsewhere: ComponentProps<typeof CompareFiles>['elsewhere'];
  readonly onClose: () => void;
}

/** Whether a partner and we look at the same network, and if not, where it differs. */
export function CompareDialog({ caseId, canExchange, onRelease, elsewhere, onClose }: Props) {
  const partners = useMethod('partner.list', {});
  const [chosen, setChosen] = useState<AgencyId>();
  const confirmed = (partners.data?.partners ?? []).filter(({ state }) => state === 'confirmed');
  const partner =
    confirmed.find(({ agency }) => agency === chosen) ?? (confirmed.length === 1 ? confirmed[0] : undefined);
  return (
    <Modal opened onClose={onClose} title="Compare with a partner" lockScroll={false} size={780}>
      <Stack gap={16}>
        {partners.error !== null && <ErrorNotice {...explain(partners.error)} />}
        {partners.data !== undefined && confirmed.length === 0 ? (
          <p className="muted">
            Nobody to compare with yet: add a partner under Partners and compare the twelve words of its card.
          </p>
        ) : (
          <Select
            label="Partner"
            placeholder="Choose a partner"
            data={confirmed.map(({ agency, name }) => ({ value: agency as string, label: name }))}
            value={partner?.agency ?? null}
            allowDeselect={false}
            onChange={(id) => setChosen(confirmed.find(({ agency }) => agency === id)?.agency)}
          />
        )}
        {partner !== undefined && <ComparedWords caseId={caseId} partner={partner.agency} name={partner.name} />}
        {partner !== undefined && canExchange && (
          <CompareFiles
            key={partner.agency}
            caseId={caseId}
            partner={partner.agency}
            onRelease={onRelease}
            elsewhere={elsewhere}
          />
        )}
        {partner !== undefined && !canExchange && (
          <p className="muted">If the words differ, an exchange officer can find out in which records.</p>
        )}
      </Stack>
    </Modal>
  );
}
