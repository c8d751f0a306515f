import { Button, Group, Modal } from '@mantine/core';
import { IconCamera } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { FileDrop } from '../../ui/FileDrop.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { CameraView } from './CameraView.tsx';
import { startReader } from './code-reader.ts';
import { CAMERA_PROBLEMS, PICTURE_PROBLEMS, type ScanProblem } from './scan-words.ts';

interface Props {
  readonly title: string;
  /** Whose code it should be, and where it is shown. */
  readonly children: string;
  /** Takes the text of a code; answers why not, when it is of no use. */
  readonly onRead: (text: string) => ScanProblem | undefined;
  readonly onClose: () => void;
}

/** Reads one QR code: from a picture that is chosen, dropped or pasted, or by the camera. Pasted text counts as read. */
export function ScanDialog({ title, children, onRead, onClose }: Props) {
  const [reader] = useState(startReader);
  const [isFilming, setIsFilming] = useState(false);
  const [isReading, setIsReading] = useState(false);
  const [problem, setProblem] = useState<ScanProblem>();
  useEffect(() => reader.end, [reader]);

  const take = (codes: readonly string[]) => {
    const [code, another] = codes;
    if (another !== undefined) return setProblem(PICTURE_PROBLEMS['several-codes']);
    setProblem(code === undefined ? PICTURE_PROBLEMS['no-code'] : onRead(code));
  };
  const readPicture = async (picture: Blob) => {
    setIsReading(true);
    setIsFilming(false);
    setProblem(undefined);
    const reply = await reader.read({ picture });
    setIsReading(false);
    if (reply === undefined) setProblem(PICTURE_PROBLEMS.failed);
    else if ('refused' in reply) setProblem(PICTURE_PROBLEMS[reply.refused]);
    else take(reply.codes);
  };
  const paste = useEffectEvent(({ clipboardData }: ClipboardEvent) => {
    const picture = clipboardData?.files[0];
    const text = clipboardData?.getData('text/plain') ?? '';
    if (isReading) return;
    if (picture !== undefined) void readPicture(picture);
    else if (text.trim() !== '') take([text]);
  });
  useEffect(() => {
    const leave = new AbortController();
    document.addEventListener('paste', (event) => paste(event), { signal: leave.signal });
    return () => leave.abort();
  }, []);

  return (
    <Modal opened onClose={onClose} title={title} size={480} lockScroll={false} closeOnClickOutside={false}>
      <div className="screen-stack">
        <p className="partner-hint">{children}</p>
        <FileDrop
          label="Choose a picture of the code"
          hint="PNG, JPEG or WebP. A picture, or the code as text, can also be pasted here."
          accept=".png,.jpg,.jpeg,.webp"
          isDisabled={isReading}
          onFile={(file) => void readPicture(file)}
        />
        <div aria-live="polite">
          {isReading && 'Reading the picture…'}
          {problem !== undefined && (
            <Notice tone={problem.tone} title={problem.title}>
              {problem.text}
            </Notice>
          )}
        </div>
        {isFilming && (
          <CameraView
            reader={reader}
            onCodes={take}
            onRefused={(why) => {
              setIsFilming(false);
              setProblem(CAMERA_PROBLEMS[why]);
            }}
            onStop={() => setIsFilming(false)}
          />
        )}
        <Group justify="space-between" gap={8}>
          <Button
            variant="default"
            leftSection={<IconCamera size={14} aria-hidden />}
            disabled={isFilming}
            onClick={() => {
              setProblem(undefined);
              setIsFilming(true);
            }}
          >
            Use the camera
          </Button>
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
