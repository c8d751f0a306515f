import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ReleaseRequest } from '../../../src-shared/contract/methods.ts';
import type { PendingRelease } from '../../../src-shared/contract/keys.ts';
import { useAction } from '../../api/hooks.ts';
import { useJob } from '../../api/job.ts';
import { useLongMethod } from '../../api/long-method.ts';
import { explain } from '../../strings/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { RequestFacts } from './RequestFacts.tsx';
import { ReviewTabs } from './ReviewTabs.tsx';

interface Props {
  readonly pending: PendingRelease;
  readonly onClose: () => void;
}

/** What was asked for, as it would leave now: worked out anew for whoever looks. */
export function ApproveRelease({ pending, onClose }: Props) {
  const request = ReleaseRequest.parse(pending.request);
  const [tab, setTab] = useState<string | null>('all');
  const [reason, setReason] = useState('');
  const { query: preview, working } = useLongMethod('release.preview', request);
  const approve = useAction('release.approve');
  const decline = useAction('release.decline');
  const withdraw = useAction('release.withdraw');
  const seal = useAction('release.seal');
  const job = useJob();
  const isSame = preview.data?.digest === pending.digest;
  const error = approve.error ?? decline.error ?? withdraw.error ?? seal.error ?? preview.error;
  const { id, digest } = pending;
  const sealAndSave = () =>
    seal.mutate(
      { ...request, digest, job: job.begin() },
      {
        onSuccess: ({ fileName, bytes }) => {
          saveFile(fileName, bytes);
          onClose();
        },
      },
    );
  return (
    <Modal opened fullScreen className="release" title="Approve a release" lockScroll={false} onClose={onClose}>
      <div className="approve">
        <RequestFacts pending={pending} request={request} />
        {error !== null && <ErrorNotice {...explain(error)} />}
        {working !== undefined && <JobProgress label="Working out what would leave" {...working} onCancel={onClose} />}
        {preview.data !== undefined && !isSame && (
          <Notice tone="crit" title="This is not what was asked for any more.">
            The case, the partners or the day have changed since. It cannot be approved; it has to be asked for again.
          </Notice>
        )}
        {preview.data !== undefined && isSame && (
          <ReviewTabs
            preview={preview.data}
            request={request}
            tab={tab}
            keep={undefined}
            isKeptHome={() => false}
            onTab={setTab}
            onLetGo={() => undefined}
          />
        )}
        {(seal.isPending || approve.isPending) && (
          <JobProgress
            label={seal.isPending ? 'Signing and sealing' : 'Signing'}
            progress={job.progress}
            onCancel={job.cancel}
          />
        )}
        <Group justify="flex-end" gap={8} className="release-actions">
          {pending.canApprove && (
            <>
              <TextInput
                aria-label="Reason for declining"
                placeholder="Reason for declining"
                maxLength={200}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
              <Button
                variant="default"
                disabled={reason.trim() === '' || decline.isPending}
                onClick={() => decline.mutate({ id, reason }, { onSuccess: onClose })}
              >
                Decline
              </Button>
            </>
          )}
          {pending.isYours && (
            <Button variant="default" onClick={() => withdraw.mutate({ id }, { onSuccess: onClose })}>
              Take it back
            </Button>
          )}
          {pending.canApprove && (
            <Button
              disabled={!isSame || approve.isPending}
              onClick={() => approve.mutate({ id, digest, job: job.begin() })}
            >
              Approve with my key
            </Button>
          )}
          {pending.isComplete && (
            <Button disabled={!isSame || seal.isPending} onClick={sealAndSave}>
              Seal and save
            </Button>
          )}
        </Group>
      </div>
    </Modal>
  );
}
