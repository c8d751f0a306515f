import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { checkpointText, parseCheckpoint } from '../../../src-shared/contract/checkpoint.ts';
import { useAction } from '../../api/hooks.ts';
import { useJob } from '../../api/job.ts';
import { explain } from '../../strings/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { LogProof } from './LogProof.tsx';

/** Proves the log by its own chain and, with what a partner witnessed of it, that nobody wrote it anew. docs/formats/vault.md V60, V62. */
export function VerifyLog() {
  const [text, setText] = useState('');
  const verify = useAction('audit.verify');
  const job = useJob();
  const checkpoint = parseCheckpoint(text);
  const isUnreadable = text.trim() !== '' && checkpoint === undefined;
  return (
    <form
      className="screen-stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isUnreadable) verify.mutate({ ...(checkpoint !== undefined && { checkpoint }), job: job.begin() });
      }}
    >
      <div className="audit-verify">
        <TextInput
          label="Checkpoint that a partner holds"
          description="Optional. Every receipt of yours carries one; the partner finds it under Streams and reads it to you."
          placeholder="187:0f3a…"
          dir="ltr"
          value={text}
          error={isUnreadable && 'A number, a colon and 64 digits or letters from a to f'}
          onChange={(event) => {
            setText(event.currentTarget.value);
            verify.reset();
          }}
        />
        <Button type="submit" variant="default" loading={verify.isPending} disabled={isUnreadable}>
          Verify
        </Button>
      </div>
      <p className="audit-hint muted">
        Every entry is chained to the one before it. What partners witnessed shows also whether the whole log was
        written anew.
      </p>
      {verify.isPending && <JobProgress label="Proving the log" progress={job.progress} onCancel={job.cancel} />}
      {verify.data !== undefined && (
        <LogProof proof={verify.data} {...(checkpoint !== undefined && { asked: checkpointText(checkpoint) })} />
      )}
      {verify.error !== null && <ErrorNotice {...explain(verify.error)} />}
    </form>
  );
}
