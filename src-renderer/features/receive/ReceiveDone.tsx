import { Button, Group } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { Output } from '../../../src-shared/contract/methods.ts';
import { countOf } from '../../strings/format.ts';
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

/** What was accepted, and the receipt for the sender. What others said is not taken back here (docs/formats/vault.md, V33). */
export function ReceiveDone({ result, sender, onClose, onOpenCase }: Props) {
  const { bytes, fileName } = result;
  return (
    <section className="screen" aria-label="Received">
      <ScreenHead title="Received" />
      <div className="screen-stack receive-narrow">
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
        {bytes !== undefined && (
          <Notice tone="info" title="Send the receipt back">
            It tells <bdi>{sender}</bdi> what was received, accepted and refused. It is sealed for them and holds no
            case data.
          </Notice>
        )}
        <Group justify="flex-end" gap={8}>
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
          {onOpenCase !== undefined && <Button onClick={onOpenCase}>Open case</Button>}
        </Group>
      </div>
    </section>
  );
}
