import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMethod } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { QrCode } from './QrCode.tsx';

/** Our public card: a file to give away, and the same bytes as a QR code. */
export function OurCard() {
  const card = useMethod('partner.card', {});
  if (card.error !== null) return <ErrorNotice {...explain(card.error)} />;
  if (card.data === undefined) return null;
  const { fileName, bytes } = card.data;
  return (
    <div className="our-card">
      <QrCode bytes={bytes} label="Our card as a QR code" />
      <div>
        <p>Give this to a partner. It holds our name and public keys, and nothing secret.</p>
        <Button
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={() => saveFile(fileName, bytes)}
        >
          Save our card
        </Button>
      </div>
    </div>
  );
}
