import { allowCamera } from '../../api/camera.ts';

/** Why there is no picture from a camera. */
export type CameraRefusal = 'none' | 'refused' | 'busy';

export interface Camera {
  readonly stream: MediaStream;
  /** Ends every track; the light of the camera goes out. */
  readonly stop: () => void;
}

/** Asks for a camera, never for a microphone. The one at the back, where a device has two. */
export async function openCamera(): Promise<Camera | CameraRefusal> {
  await allowCamera(true);
  try {
    const video = { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } };
    const stream = await navigator.mediaDevices.getUserMedia({ audio: false, video });
    const stop = () => {
      for (const track of stream.getTracks()) track.stop();
      void allowCamera(false);
    };
    return { stream, stop };
  } catch (error) {
    void allowCamera(false);
    return refusalFor(error);
  }
}

/** Media Capture and Streams §10.2: the names of what getUserMedia throws. */
function refusalFor(error: unknown): CameraRefusal {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'none';
}
