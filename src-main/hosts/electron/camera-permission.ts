/** When the page may have the camera: docs/decisions/0034. */
export interface CameraPermission {
  /** A person pressed a key or a button of the pointer. */
  readonly press: (now: number) => void;
  /** The page says that the scanner opened, or ended. */
  readonly allow: (isAllowed: boolean, now: number) => void;
  readonly isAllowed: () => boolean;
}

/** What the page says counts only right after a press, as `navigator.userActivation` has it (HTML §6.4.1). */
const AFTER_A_PRESS = 5000;

export function cameraPermission(): CameraPermission {
  let pressedAt = Number.NEGATIVE_INFINITY;
  let isOpen = false;
  return {
    press: (now) => {
      pressedAt = now;
    },
    allow: (isAllowed, now) => {
      isOpen = isAllowed && now - pressedAt <= AFTER_A_PRESS;
    },
    isAllowed: () => isOpen,
  };
}

export interface MediaQuestion {
  readonly permission: string;
  readonly origin: string | undefined;
  readonly isMainFrame: boolean;
  readonly types: readonly string[];
}

/** The camera and nothing else, for the page itself and no frame in it. */
export function isCameraQuestion({ permission, origin, isMainFrame, types }: MediaQuestion, ours: string): boolean {
  const isVideo = types.length > 0 && types.every((type) => type === 'video');
  return permission === 'media' && isMainFrame && isVideo && origin?.replace(/\/$/, '') === ours;
}
