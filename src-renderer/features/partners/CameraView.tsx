import { Button } from '@mantine/core';
import { IconCamera } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { type Camera, type CameraRefusal, openCamera } from './camera.ts';
import type { CodeReader } from './code-reader.ts';

interface Props {
  readonly reader: CodeReader;
  readonly onCodes: (codes: readonly string[]) => void;
  readonly onRefused: (why: CameraRefusal) => void;
  readonly onStop: () => void;
}

/**
 * The picture of the camera, which is on for as long as this is shown: it ends with the dialog, with the lock, and when nobody sees
 * the page any more. One frame after another goes to the worker, and nowhere else.
 */
export function CameraView({ reader, onCodes, onRefused, onStop }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  const [isOn, setIsOn] = useState(false);
  const hear = useEffectEvent(onCodes);
  const refuse = useEffectEvent(onRefused);
  const stop = useEffectEvent(onStop);
  useEffect(() => {
    const leave = new AbortController();
    const { signal } = leave;
    let camera: Camera | undefined;
    const begin = async () => {
      const opened = await openCamera();
      if (typeof opened === 'string') return signal.aborted ? undefined : refuse(opened);
      if (signal.aborted || video.current === null) return opened.stop();
      camera = opened;
      opened.stream.getVideoTracks()[0]?.addEventListener('ended', () => refuse('none'), { signal });
      video.current.srcObject = opened.stream;
      setIsOn(true);
      look(video.current, reader, signal, hear);
    };
    void begin();
    document.addEventListener('visibilitychange', () => document.hidden && stop(), { signal });
    return () => {
      leave.abort();
      camera?.stop();
    };
  }, [reader]);
  return (
    <div className="camera-view">
      <video ref={video} muted autoPlay playsInline aria-label="What the camera sees" />
      <output>
        <IconCamera size={14} aria-hidden />
        {isOn ? 'The camera is on. Hold the code in front of it.' : 'Asking for the camera…'}
      </output>
      <Button variant="default" onClick={onStop}>
        Stop the camera
      </Button>
    </div>
  );
}

/** Frame after frame, each when the one before has been read. */
function look(
  video: HTMLVideoElement,
  reader: CodeReader,
  signal: AbortSignal,
  hear: (codes: readonly string[]) => void,
): void {
  const next = () => {
    if (!signal.aborted) video.requestVideoFrameCallback(() => void read());
  };
  const read = async () => {
    const frame = frameOf(video);
    if (frame === undefined || signal.aborted) return next();
    const reply = await reader.read({ frame });
    if (signal.aborted) return;
    if (reply !== undefined && 'codes' in reply && reply.codes.length > 0) hear(reply.codes);
    next();
  };
  next();
}

/** Through a canvas: `createImageBitmap` takes no frame of a video on machines that draw without a graphics card. */
function frameOf(video: HTMLVideoElement): ImageBitmap | undefined {
  if (video.videoWidth === 0) return undefined;
  const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  return canvas.transferToImageBitmap();
}
