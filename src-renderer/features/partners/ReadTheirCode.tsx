import { Button } from '@mantine/core';
import { IconQrcode } from '@tabler/icons-react';
import type { z } from 'zod';
import type { PartnerView } from '../../../src-shared/contract/views.ts';
import { useMethod } from '../../api/hooks.ts';
import { Notice } from '../../ui/Notice.tsx';
import { judgeCode } from './judge-code.ts';
import { ScanDialog } from './ScanDialog.tsx';
import { wrongCode } from './scan-words.ts';

interface Props {
  readonly partner: z.infer<typeof PartnerView>;
  /** What stands in the field for words: perhaps a code. */
  readonly typed: string;
  readonly isDisabled: boolean;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  readonly onRead: (code: string) => void;
}

/** The code of the partner's screen instead of the words: read by this machine, and said at once what it is (K21). */
export function ReadTheirCode({ partner, typed, isDisabled, isOpen, onOpen, onRead }: Props) {
  const partners = useMethod('partner.list', {}).data?.partners;
  const ours = useMethod('keys.show', {}).data?.code;
  if (partners === undefined || ours === undefined) return null;
  const judge = (text: string) => judgeCode(text, { partner, partners, ours });
  const verdict = judge(typed);
  const wrong = verdict.kind === 'no-code' ? undefined : wrongCode(verdict, partner.name);
  return (
    <>
      <div className="partner-code-read">
        <Button
          variant="default"
          leftSection={<IconQrcode size={14} aria-hidden />}
          disabled={isDisabled}
          onClick={() => onOpen(true)}
        >
          Read their QR code…
        </Button>
        <span className="muted">From a picture or by the camera</span>
      </div>
      {verdict.kind === 'same' && (
        <Notice tone="ok" title="The code is that of the card that we hold.">
          If you got it from the partner’s own screen, over a channel that you trust, the card is theirs.
        </Notice>
      )}
      {wrong !== undefined && (
        <Notice tone={wrong.tone} title={wrong.title}>
          {wrong.text}
        </Notice>
      )}
      {isOpen && (
        <ScanDialog
          title={`Read the code of ${partner.name}`}
          onClose={() => onOpen(false)}
          onRead={(text) => {
            const problem = wrongCode(judge(text), partner.name);
            if (problem !== undefined) return problem;
            onRead(text.trim());
            onOpen(false);
            return undefined;
          }}
        >
          Their screen shows it under “Keys of this agency”. It must come from there over a channel that you already
          trust, not with the card.
        </ScanDialog>
      )}
    </>
  );
}
