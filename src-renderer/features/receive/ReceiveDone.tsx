import { Button, Group } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { Output } from '../../../src-shared/contract/methods.ts';
import { useAction } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { countOf } from '../../strings/format.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ScreenHead } from '../../ui/ScreenHead.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { applyWords } from './plan-words.ts';

interface Props {
  readonly result: Output<'receive.apply'>;
  readonly sender: string;
  readonly onClose: () => void;
  readonly onOpenCase?: () => void;
}

/** What was accepted, the receipt for the sender, and one step to take it back. */
export function ReceiveDone({ result, sender, onClose, onOpenCase }: Props) {
  const undo = useAction('batch.undo');
  const { bytes, fileName, batch } = result;
  return (
    <section className="screen" aria-label="Received">
      <ScreenHead title="Received" />
      <div className="screen-stack receive-narrow">
        {undo.data === undefined ? (
          <Notice tone="ok" title={`Number ${result.sequence} from ${sender} was applied.`}>
            {applyWords({
              new: result.new,
              changed: result.changed,
              conflicting: result.conflicting,
              leftOut: result.held,
            })}
            {result.known > 0 && ` ${countOf(result.known, 'item')} we knew already.`}
            {result.refused.length > 0 && ` ${countOf(result.refused.length, 'record')} refused by rule.`}
          </Notice>
        ) : (
          <Notice tone="ok" title="It was undone.">
            {countOf(undo.data.removed, 'record')} removed; your cases are as they were before.
          </Notice>
        )}
        {undo.error !== null && <ErrorNotice {...explain(undo.error)} />}
        {bytes !== undefined && undo.data === undefined && (
          <Notice tone="info" title="Send the receipt back">
            It tells <bdi>{sender}</bdi> what was received, accepted and refused. It is sealed for them and holds no
            case data.
          </Notice>
        )}
        <Group justify="flex-end" gap={8}>
          {batch !== undefined && undo.data === undefined && (
            <Button variant="default" loading={undo.isPending} onClick={() => undo.mutate({ batch })}>
              Undo
            </Button>
          )}
          {bytes !== undefined && fileName !== undefined && (
            <Button
              variant="default"
              leftSection={<IconDownload size={14} aria-hidden />}
              onClick={() => saveFile(fileName, bytes)}
            >
              Save receipt
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          {onOpenCase !== undefined && undo.data === undefined && <Button onClick={onOpenCase}>Open case</Button>}
        </Group>
      </div>
    </section>
  );
}
