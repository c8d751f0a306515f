import { Button, Checkbox, Group, Modal, MultiSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { processingPurposes } from '../../../src-shared/catalogue/lists/processing-purposes.ts';
import type { AgencyId, SubjectId } from '../../../src-shared/domain/ids.ts';
import { useAction, useMethod } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { countOf } from '../../strings/format.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { PermissionScope } from './PermissionScope.tsx';
import './permissions.css';

interface Props {
  readonly subject: SubjectId;
  /** Everything of ours in this case, not only what is about it. */
  readonly isCase: boolean;
  readonly onClose: () => void;
}

const PURPOSES = processingPurposes.codes.map(({ code, label }) => ({ value: code, label }));
const MOST_PURPOSES = 16;

/** Lets partners pass on what we said: to whom, for what, until when. It goes along with what it is about, signed like everything else. */
export function PermissionDialog({ subject, isCase, onClose }: Props) {
  const covered = isCase ? { case: subject } : { subjects: [subject] };
  const scope = useMethod('permission.scope', covered);
  const partners = useMethod('partner.list', {}).data?.partners ?? [];
  const [to, setTo] = useState<readonly AgencyId[]>([]);
  const [purposes, setPurposes] = useState<readonly string[]>(['investigation']);
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const create = useAction('permission.create');
  const isComplete = to.length > 0 && purposes.length > 0 && until !== '' && (scope.data?.records ?? 0) > 0;
  const submit = () => {
    if (!isComplete) return;
    const said = reason.trim() === '' ? {} : { reason };
    create.mutate(
      { ...covered, to: [...to], purposes: [...purposes], until, ...said },
      {
        onSuccess: ({ records }) => {
          const message = 'Whoever gets them from us gets the permission with the next bundle.';
          notifications.show({ title: `${countOf(records, 'record')} may be passed on until ${until}`, message });
          onClose();
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title="Let partners pass this on" size={540}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap={12}>
          {scope.error !== null && <ErrorNotice {...explain(scope.error)} />}
          {scope.data !== undefined && <PermissionScope scope={scope.data} />}
          <Checkbox.Group
            label="May be passed on to"
            withAsterisk
            value={[...to]}
            onChange={(ids) => setTo(partners.map(({ agency }) => agency).filter((agency) => ids.includes(agency)))}
          >
            {partners.length === 0 && (
              <p className="muted">Only an agency whose card is under Partners can be named. There is none yet.</p>
            )}
            <Stack gap={4}>
              {partners.map(({ agency, name, country }) => (
                <Checkbox
                  key={agency}
                  size="xs"
                  value={agency}
                  label={
                    <>
                      <bdi>{name}</bdi> ({country})
                    </>
                  }
                />
              ))}
            </Stack>
          </Checkbox.Group>
          <MultiSelect
            label="For"
            withAsterisk
            data={PURPOSES}
            value={[...purposes]}
            searchable
            hidePickedOptions
            maxValues={MOST_PURPOSES}
            onChange={setPurposes}
          />
          <TextInput
            label="Until the end of"
            type="date"
            withAsterisk
            dir="ltr"
            value={until}
            onChange={(event) => setUntil(event.currentTarget.value)}
          />
          <Textarea
            label="Reason"
            description="Those who get the permission can read it."
            autosize
            minRows={2}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {create.error !== null && <ErrorNotice {...explain(create.error)} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending} disabled={!isComplete}>
              Give permission
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
