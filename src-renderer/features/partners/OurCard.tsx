import { Button, Group, Modal } from '@mantine/core';
import { IconDownload, IconQrcode } from '@tabler/icons-react';
import { useState } from 'react';
import { useMethod } from '../../api/hooks.ts';
import { explain } from '../../strings/errors.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { QrCode } from './QrCode.tsx';

/** ISO/IEC 18004: bytes that the largest code holds at level L. */
const MOST_IN_A_CODE = 2953;

/** Our public card: a file to give away, and the same bytes as a QR code for a device without a shared drive. */
export function OurCard() {
  const [isShown, setIsShown] = useState(false);
  const card = useMethod('partner.card', {});
  if (card.error !== null) return <ErrorNotice {...explain(card.error)} />;
  if (card.data === undefined) return null;
  const { fileName, bytes } = card.data;
  return (
    <div className="our-card">
      <p>Give this to a partner. It holds our name and public keys, and nothing secret.</p>
      <Group gap={8}>
        <Button
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={() => saveFile(fileName, bytes)}
        >
          Save our card
        </Button>
        <Button variant="default" leftSection={<IconQrcode size={14} aria-hidden />} onClick={() => setIsShown(true)}>
          Show as QR code
        </Button>
      </Group>
      <Modal opened={isShown} onClose={() => setIsShown(false)} title="Our card" size={440} lockScroll={false}>
        {bytes.length <= MOST_IN_A_CODE ? (
          <QrCode bytes={bytes} label="Our card as a QR code" />
        ) : (
          <p>This card, with the history of our keys, is too long for a QR code. Give the file.</p>
        )}
        <p className="partner-hint">
          The code holds the card file byte for byte. Whoever scans it still has to compare the twelve words with you.
        </p>
      </Modal>
    </div>
  );
}
