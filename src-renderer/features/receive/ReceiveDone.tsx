import { Button, Group } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { Output } from '../../../src-shared/contract/methods.ts';
import { countOf } from '../../strings/format.ts';
import { Notice } from '../../ui/Notice.tsx';
import { ScreenHead } from '../../ui/ScreenHead.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { TakeBackDialog } from './TakeBackDialog.tsx';
import { applyWords } from './plan-words.ts';

interface Props {
  readonly result: Output<'receive.apply'>;
  readonly sender: string;
  readonly onClose: () => void;
  readonly onOpenCase?: () => void;
}

/** What was accepted, the receipt for the sender, and the way back: the whole of it, as if it had never come (docs/formats/vault.md, V34). */
export function ReceiveDone({ result, sender, onClose, onOpenCase }: Props) {
  const { batch, bytes, fileName } = result;
  const [isTakingBack, setTakingBack] = useState(false);
  const refused = result.refused.reduce((sum, { count }) => sum + count, 0);
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
          {result.undecided > 0 && ` Nobody decided on ${countOf(result.undecided, 'of these', 'of these')}.`}
          {result.alsoAccepted > 0 && ` ${countOf(result.alsoAccepted, 'end')} came with a link that needs them.`}
          {refused > 0 && ` ${countOf(refused, 'record')} refused by rule.`}
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
          {batch !== undefined && (
            <Button variant="default" onClick={() => setTakingBack(true)}>
              Take it back…
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          {onOpenCase !== undefined && <Button onClick={onOpenCase}>Open case</Button>}
        </Group>
      </div>
      {isTakingBack && batch !== undefined && (
        <TakeBackDialog batch={batch} sender={sender} onClose={() => setTakingBack(false)} onDone={onClose} />
      )}
    </section>
  );
}
